package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/ui"
)

// heard is what a server writes into its log.
type heard struct {
	mu   sync.Mutex
	text strings.Builder
}

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(b)
}

func (h *heard) times(words string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return strings.Count(h.text.String(), words)
}

// office is a server with one person who has set a password and an authenticator.
type office struct {
	*server.Server
	at    string
	clock *past
	phone authenticator
	log   *heard
}

const serverPassword = "summer fireworks"

func newOffice(t *testing.T, before time.Duration) *office {
	o := &office{clock: &past{before}, log: &heard{}}
	o.Server, o.at = newServerAt(t, o.clock.now, slog.New(slog.NewTextHandler(o.log, nil)))
	addUser(t, o.Server, "中村 彩")
	ok(t, o.SetPassword(t.Context(), "中村 彩", serverPassword))
	o.phone = newAuthenticator(t, o.Server, "中村 彩")
	return o
}

func (o *office) code(t *testing.T) string {
	t.Helper()
	code, err := o.EnrollCode(t.Context(), "中村 彩", []string{o.at})
	ok(t, err)
	return code
}

// overdue makes the replica that the window opens: it was enrolled, had a contact
// that was too early for a new certificate, and then none until that was over.
func (s *screen) overdue(o *office) {
	t := s.t
	options := s.options()
	options.Clock, options.Book.Access = o.clock.now, nil
	made, err := store.Create(t.Context(), options, keys.Passphrase("correct horse battery"))
	ok(t, err)
	prove := showing(ui.Proof{Password: serverPassword, Code: o.phone.code(o.clock.now())})
	_, err = client.Enroll(t.Context(), client.Of(made), o.code(t), client.Options{Now: o.clock.now, Prove: prove})
	ok(t, err)
	o.clock.before -= 13 * day
	_, err = client.Sync(t.Context(), client.Of(made), client.Options{Now: o.clock.now})
	ok(t, err)
	rec, err := made.Draft(ticket.Kind)
	ok(t, err)
	rec.(*ticket.Ticket).Title, rec.(*ticket.Ticket).Channel = "written in the basement", ticket.Phone
	ok(t, made.Write(t.Context(), made.Actor(), func(tx *store.Tx) error { return tx.Save(rec) }))
	ok(t, made.Close())
	o.clock.before = 0
}

// TestAPersonRenewsTheCertificate: the window says what is wanted, and a wrong
// code, the wait and the right code are typed in it.
func TestAPersonRenewsTheCertificate(t *testing.T) {
	o := newOffice(t, 31*day)
	s := newScreen(t)
	s.overdue(o)
	s.start("--lock-after", "0")
	beside := s.replica()
	waiting := func() int {
		counts, err := beside.Status(t.Context())
		ok(t, err)
		return counts.Pending
	}
	s.until("the device is not let in", func() bool { return o.log.times("this person's password") >= 1 })
	s.still("wanted")
	s.keys("F5")
	s.still("question")
	s.write(serverPassword)
	s.keys("Return")
	s.write("12345a")
	s.keys("Return")
	s.until("a wrong code is told", func() bool { return o.log.times("a person's proof is wrong") == 1 })
	s.still("wrong")
	if waiting() != 1 {
		t.Error("it was sent without a proof")
	}
	s.keys("Escape")
	s.still("left")
	s.keys("F5")
	s.still("asked-again")
	s.write(serverPassword)
	s.keys("Return")
	s.write(o.phone.code(time.Now()))
	s.keys("Return")
	s.until("what waited is sent", func() bool { return waiting() == 0 })
	s.still("renewed")
	until, err := client.Certificate(t.Context(), client.Of(beside))
	ok(t, err)
	if len(until) == 0 {
		t.Error("no certificate")
	}
}

// TestAPersonEnrolsWithAProof: the first run in English, from the code to the
// list, after the wait that follows five wrong passwords.
func TestAPersonEnrolsWithAProof(t *testing.T) {
	o := newOffice(t, 0)
	s := newScreen(t)
	s.launch("--lang", "en", "--lock-after", "0")
	s.logged(1, "the window is open")
	s.still("first-run")
	s.write(o.code(t))
	s.keys("Tab")
	s.write("correct horse battery")
	s.keys("Tab")
	s.write("correct horse battery")
	s.keys("Return")
	s.until("the server asks", func() bool { return o.log.times("this person's password") == 1 })
	s.still("asked")
	for n := range 5 {
		s.keys("ctrl+a")
		s.write("winter")
		s.keys("Return", "Return")
		s.until("a wrong password is told", func() bool { return o.log.times("a person's proof is wrong") == n+1 })
		s.still("wrong-password")
	}
	s.photograph("locked-out")
	enrol := func() {
		s.keys("ctrl+a")
		s.write(serverPassword)
		s.keys("Return")
		s.write(o.phone.code(o.clock.now()))
		s.keys("Return")
	}
	enrol()
	s.until("the right one does not count yet", func() bool { return o.log.times("too many wrong tries") == 1 })
	s.still("still-locked-out")
	o.clock.before = -31 * time.Second // the server's wait is over
	enrol()
	s.logged(1, "the replica is open")
	s.still("enrolled")
	if list, _, err := s.replica().List(t.Context(), core.PersonKind, core.Query{}); err != nil {
		t.Error(list, err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "replica")); err != nil {
		t.Error(err)
	}
}
