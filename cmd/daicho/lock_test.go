package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/emergency"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/server"
	"daicho/ui"
)

const passphrase = "correct horse battery"

// cheap is a cost of tries that tests can pay.
var cheap = keys.Cost{Passes: 1, KiB: 8, Threads: 1}

// newTestDoor is a door to nothing yet.
func newTestDoor(t *testing.T) *door {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	d, err := newDoor(filepath.Join(dir, "replica"), time.Now)
	ok(t, err)
	d.options.Cost = cheap
	t.Cleanup(func() {
		if r := d.opened(); r != nil {
			r.Close()
		}
	})
	return d
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func saveTicket(t *testing.T, r *records, title string) app.Ref {
	t.Helper()
	rec, err := r.New(ticket.Kind)
	ok(t, err)
	k := rec.(*ticket.Ticket)
	k.Title, k.Channel = title, ticket.Phone
	ok(t, r.Save(t.Context(), k))
	return k.Ref
}

// TestMinuteAfterErasure: the minute that was posted before the replica was erased
// finds no shell, and draws nothing.
func TestMinuteAfterErasure(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	d := &desktopApp{leave: leave, scanner: &scanner{}, intake: &intake{}, copies: newCopies(io.Discard)}
	d.door = newTestDoor(t)
	d.leaveErased(d.door)
	d.tick(ctx)
}

// TestLockedReplicaIsClosed: what is under way comes to its end, what comes
// after is refused with a sentence, and the screens hear of changes again
// when the door is open again.
func TestLockedReplicaIsClosed(t *testing.T) {
	d := newTestDoor(t)
	ok(t, d.Create(t.Context(), "葉月 花子", []byte(passphrase)))
	r := &records{door: d}
	heard := 0
	r.Watch(func([]app.Ref) { heard++ })
	d.opened().Watch(r.hear)
	first := saveTicket(t, r, "before the lock")

	shut := d.lock(ui.ByIdleness, time.Minute, ui.Status{Person: "葉月 花子"})
	underWay := func() { saveTicket(t, r, "under way") }
	ok(t, shut(underWay))
	if _, err := r.Get(t.Context(), first); !errors.Is(err, errShut) {
		t.Errorf("a locked replica answers: %v", err)
	}
	if s := d.State(); s.Shut != ui.ByIdleness || s.After != time.Minute || s.Person != "葉月 花子" || !s.Exists || s.Tries != 5 {
		t.Errorf("the door says %+v", s)
	}
	if err := d.Unlock(t.Context(), []byte("wrong")); !errors.Is(err, keys.ErrWrongPassphrase) || d.State().Tries != 4 {
		t.Errorf("%v, %+v", err, d.State())
	}
	ok(t, d.Unlock(t.Context(), []byte(passphrase)))
	d.opened().Watch(r.hear)
	saveTicket(t, r, "after the lock")
	ids, err := r.IDs(t.Context(), ticket.Kind, app.Query{})
	ok(t, err)
	if len(ids) != 3 || heard != 3 {
		t.Errorf("%d inquiries, heard of %d", len(ids), heard)
	}
}

// TestUnlockBeforeTheReplicaIsClosed: nobody has to wait at the door for what
// is still under way behind it.
func TestUnlockBeforeTheReplicaIsClosed(t *testing.T) {
	d := newTestDoor(t)
	ok(t, d.Create(t.Context(), "葉月 花子", []byte(passphrase)))
	r := &records{door: d}
	shut := d.lock(ui.ByPerson, 0, ui.Status{})
	ok(t, shut(func() {
		ok(t, d.Unlock(t.Context(), []byte(passphrase)))
		saveTicket(t, r, "while the first opening ends")
	}))
	saveTicket(t, r, "after it")
	n, err := r.Count(t.Context(), ticket.Kind, nil)
	ok(t, err)
	if n != 2 {
		t.Errorf("%d inquiries, want 2", n)
	}
}

// TestAnotherReplicaIsNotPutUnderTheScreens: what waits behind the lock
// belongs to one replica.
func TestAnotherReplicaIsNotPutUnderTheScreens(t *testing.T) {
	d := newTestDoor(t)
	ok(t, d.Create(t.Context(), "葉月 花子", []byte(passphrase)))
	ok(t, d.lock(ui.ByPerson, 0, ui.Status{})(func() {}))
	d.options.Dir += "-other"
	if err := d.Create(t.Context(), "別人", []byte(passphrase)); !errors.Is(err, errOther) || d.opened() != nil {
		t.Errorf("opened: %v", err)
	}
}

// TestOtherWaysIn opens by the recovery key, sets a new passphrase, and opens
// by two sheets.
func TestOtherWaysIn(t *testing.T) {
	d := newTestDoor(t)
	ctx := t.Context()
	ok(t, d.Create(ctx, "葉月 花子", []byte(passphrase)))
	lock := func() { ok(t, d.lock(ui.ByPerson, 0, ui.Status{})(func() {})) }
	sheet, err := d.NewRecoveryKey(ctx)
	ok(t, err)
	shares, err := d.opened().NewShares()
	ok(t, err)
	if d.how() != firstRun || len(sheet.Groups) != 11 || len(sheet.Print) < 10_000 {
		t.Errorf("entry %d, %d groups, %d bytes to print", d.how(), len(sheet.Groups), len(sheet.Print))
	}
	lock()
	if s := d.State(); !s.Recovery || !s.Pair || s.Keyring {
		t.Errorf("the door offers %+v", s)
	}
	if err := d.UnlockByRecovery(ctx, []byte("R000"), "葉月 花子", "忘却"); !errors.Is(err, keys.ErrMistyped) {
		t.Error(err)
	}
	typed := ""
	for _, g := range sheet.Groups {
		typed += g + " "
	}
	ok(t, d.UnlockByRecovery(ctx, []byte(typed), "葉月 花子", "パスフレーズを忘れたため"))
	if d.how() != byRecovery {
		t.Error("nobody asks for a new passphrase")
	}
	ok(t, d.SetPassphrase(ctx, []byte("another long passphrase")))
	lock()
	if err := d.Unlock(ctx, []byte(passphrase)); !errors.Is(err, keys.ErrWrongPassphrase) {
		t.Errorf("the lost passphrase: %v", err)
	}
	ok(t, d.Unlock(ctx, []byte("another long passphrase")))
	if err := d.SetPassphrase(ctx, []byte("yet another passphrase")); err == nil {
		t.Error("who opened by the passphrase must say it to change it")
	}
	noted, _, err := store.List(ctx, d.opened(), emergency.Register, app.Query{})
	ok(t, err)
	if len(noted) != 1 || noted[0].Way != emergency.RecoveryKey || noted[0].Reason != "パスフレーズを忘れたため" || noted[0].Custodians != "葉月 花子" {
		t.Errorf("noted %+v", noted)
	}
	lock()
	ok(t, d.UnlockByPair(ctx, ui.Pair{Sheets: [2][]byte{[]byte(shares[0].Text()), []byte(shares[2].Text())}, People: [2]string{"中村", "小林"}, Reason: "急病"}))
	noted, _, err = store.List(ctx, d.opened(), emergency.Register, app.Query{})
	ok(t, err)
	if len(noted) != 2 {
		t.Errorf("noted %+v", noted)
	}
}

// TestLeaseIsExtendedByASync: a device that was without its server for too long
// opens when it has reached it, and not before.
func TestLeaseIsExtendedByASync(t *testing.T) {
	s, at := newServer(t)
	line := &valve{to: at, passed: make(chan struct{}, 1)}
	addUser(t, s, "中村 彩")
	code, err := s.EnrollCode(t.Context(), "中村 彩", []string{line.listen(t)})
	ok(t, err)
	d := newTestDoor(t)
	ok(t, d.Enrol(t.Context(), code, []byte(passphrase), ui.Proof{}))
	ok(t, d.lock(ui.ByPerson, 0, ui.Status{})(func() {}))
	d.options.Lease = time.Hour // and the server must find the device's clock right within two days
	d.options.Clock = func() time.Time { return time.Now().Add(2 * time.Hour) }
	if err := d.Unlock(t.Context(), []byte(passphrase)); !errors.Is(err, store.ErrLeaseOver) || !d.State().Leased || d.opened() != nil {
		t.Fatalf("after the lease: %v, %+v", err, d.State())
	}
	cut, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Extend(cut, ui.Proof{}); err == nil || !d.State().Leased || d.opened() != nil {
		t.Errorf("without a contact: %v, %+v", err, d.State())
	}
	ok(t, d.Extend(t.Context(), ui.Proof{}))
	if until, err := d.opened().Lease(t.Context()); err != nil || !until.After(d.options.Clock()) || d.State().Leased {
		t.Errorf("until %v, %v", until, err)
	}
}

// TestIdle counts from the last touch, and by whichever clock says more.
func TestIdle(t *testing.T) {
	now := time.Now()
	i := newIdle(time.Minute, func() time.Time { return now })
	now = now.Add(59 * time.Second)
	if left := i.left(); left != time.Second {
		t.Errorf("left %v", left)
	}
	i.touch()
	if left := i.left(); left != time.Minute {
		t.Errorf("left %v after a touch", left)
	}
	now = now.Round(0).Add(2 * time.Hour) // the machine has slept: only the wall clock went on
	if left := i.left(); left > 0 || !i.wait(t.Context()) {
		t.Errorf("left %v after two hours of sleep", left)
	}
	i.set(3 * time.Hour)
	if left := i.left(); left != time.Hour {
		t.Errorf("left %v of three hours", left)
	}
	never := newIdle(0, func() time.Time { return now })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if never.wait(ctx) || i.wait(ctx) {
		t.Error("a window that is left must not lock")
	}
}

// valve is a line to a server that can be held up.
type valve struct {
	to     string
	mu     sync.RWMutex // held for writing: nothing passes
	passed chan struct{}
}

// listen gives the address of the line.
func (v *valve) listen(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s, err := net.Dial("tcp", v.to)
			if err != nil {
				c.Close()
				return
			}
			go v.carry(s, c)
			go io.Copy(c, s)
		}
	}()
	return l.Addr().String()
}

// carry passes on what the device says, and tells that it has begun to speak.
func (v *valve) carry(to, from net.Conn) {
	defer to.Close()
	b := make([]byte, 4096)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		select {
		case v.passed <- struct{}{}:
		default:
		}
		v.mu.RLock()
		_, err = to.Write(b[:n])
		v.mu.RUnlock()
		if err != nil {
			return
		}
	}
}

// newServer serves a new contract and gives its address.
func newServer(t *testing.T) (*server.Server, string) {
	return newServerAt(t, time.Now, slog.New(slog.DiscardHandler))
}

// newServerAt serves by a clock, and writes a log.
func newServerAt(t *testing.T, clock app.Clock, log *slog.Logger) (*server.Server, string) {
	dir := t.TempDir()
	s, err := server.Create(t.Context(), server.Options{Dir: filepath.Join(dir, "server"), Passphrase: []byte(passphrase), Keys: keys.In(filepath.Join(dir, "keys")), Cost: cheap,
		Book: modules.Book(), Clock: clock, Random: rand.Reader, Log: log})
	ok(t, err)
	ctx, end := context.WithCancel(context.Background())
	at, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- s.Serve(ctx, "127.0.0.1:0", func(a net.Addr) { at <- a }) }()
	t.Cleanup(func() {
		end()
		ok(t, errors.Join(<-done, s.Close()))
	})
	return s, (<-at).String()
}

// addUser adds somebody who may do most things.
func addUser(t *testing.T, s *server.Server, name string) {
	t.Helper()
	hire(t, s, name, access.PM)
}

// hire adds somebody with one role.
func hire(t *testing.T, s *server.Server, name string, role access.Role) {
	t.Helper()
	ok(t, s.Act(t.Context(), func(a *server.Acting) error {
		p, err := a.AddPerson(name)
		ok(t, err)
		ok(t, people.Introduce(a, p.ID, name))
		_, err = people.Give(a, p.ID, func(g *people.Grant) error { g.Role = role; return nil })
		return err
	}))
}

// TestLockWhileASyncRuns: the sync is not cut, its end is heard, and the
// replica is closed after it.
func TestLockWhileASyncRuns(t *testing.T) {
	s, at := newServer(t)
	line := &valve{to: at, passed: make(chan struct{}, 1)}
	addUser(t, s, "中村 彩")
	code, err := s.EnrollCode(t.Context(), "中村 彩", []string{line.listen(t)})
	ok(t, err)
	d := newTestDoor(t)
	ok(t, d.Enrol(t.Context(), code, []byte(passphrase), ui.Proof{}))
	r, l := &records{door: d}, newLink(d, time.Now)
	saveTicket(t, r, "sent during the lock")

	line.mu.Lock()
	select {
	case <-line.passed: // of the enrolment
	default:
	}
	stop := l.start(t.Context(), d.opened())
	answered := make(chan error, 1)
	go func() { answered <- l.SyncNow(t.Context()) }()
	<-line.passed // the device speaks, and is not heard yet
	shut := d.lock(ui.ByPerson, 0, l.Status())
	closed := make(chan error, 1)
	go func() { closed <- shut(stop) }()
	select {
	case err := <-closed:
		line.mu.Unlock()
		t.Fatalf("the replica was closed during the sync: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	line.mu.Unlock()
	ok(t, <-closed)
	if err := <-answered; err != nil {
		t.Errorf("who asked for the sync hears: %v", err)
	}
	if err := l.SyncNow(t.Context()); !errors.Is(err, errShut) {
		t.Errorf("a sync while it is locked: %v", err)
	}
	ok(t, d.Unlock(t.Context(), []byte(passphrase)))
	counts, err := d.opened().Status(t.Context())
	ok(t, err)
	if counts.Pending != 0 {
		t.Errorf("%d changes wait, though the sync was not cut", counts.Pending)
	}
}
