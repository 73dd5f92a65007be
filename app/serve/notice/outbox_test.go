package notice_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/extract/mail"
	"daicho/app/modules"
	register "daicho/app/notice"
	"daicho/app/serve/mailtest"
	"daicho/app/serve/notice"
	"daicho/store"
	"daicho/store/storetest"
)

// desk is an outbox over a replica, with a clock that a test moves.
type desk struct {
	*notice.Outbox
	t     *testing.T
	clock *storetest.Clock
}

func newDesk(t *testing.T, carry map[register.Way]notice.Carrier) *desk {
	t.Helper()
	d := &desk{t: t, clock: &storetest.Clock{}}
	r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(d.clock))
	d.Outbox = &notice.Outbox{Replica: r, Carry: carry, Now: d.clock.Now, Log: slog.New(slog.DiscardHandler)}
	return d
}

// put makes a receipt that is due now.
func (d *desk) put(way register.Way, to string) app.Ref {
	d.t.Helper()
	return d.step("", 0, way, to)
}

// step makes a step of a chain that is due later.
func (d *desk) step(chain string, after time.Duration, way register.Way, to string) (ref app.Ref) {
	d.t.Helper()
	err := d.Replica.Write(d.t.Context(), d.Replica.Actor(), func(tx *store.Tx) error {
		rec, err := tx.Draft(register.Kind)
		if err != nil {
			return err
		}
		n := rec.(*register.Notice)
		n.About, n.Way, n.To, n.Chain, n.Due = app.Ref{Kind: "ticket", ID: app.ID{9}}, way, to, chain, app.StampOf(d.Now().Add(after))
		n.MessageID = notice.MessageID(n.Ref.ID, "desk@example.jp")
		notice.Receipt(n, "2026-004129", "印刷できません①", "本文\n二行目", d.Now())
		ref = n.Ref
		return tx.Save(n)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return ref
}

func (d *desk) pass() {
	d.t.Helper()
	if err := d.Pass(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) state(ref app.Ref) *register.Notice {
	d.t.Helper()
	rec, err := d.Replica.Get(d.t.Context(), ref)
	if err != nil {
		d.t.Fatal(err)
	}
	return rec.(*register.Notice)
}

func smtpTo(d func() time.Time, address string) *notice.SMTP {
	return &notice.SMTP{Address: address, Security: notice.Plain, From: "desk@example.jp", Now: d}
}

// TestAReceiptGoesOut sends by a real mail server, and reads what came.
func TestAReceiptGoesOut(t *testing.T) {
	s := mailtest.NewSMTP(t, "")
	d := newDesk(t, map[register.Way]notice.Carrier{register.Mail: smtpTo(time.Now, s.Address)})
	ref := d.put(register.Mail, "mihon@example.jp")
	d.pass()
	n := d.state(ref)
	if n.State != register.Sent || len(n.Attempts) != 1 || n.Attempts[0].Result != register.OK {
		t.Fatalf("%+v", n)
	}
	mails := s.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	m, err := mail.Parse(strings.NewReader(mails[0]), mail.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "[受付 2026-004129] 印刷できません①" || m.ID != n.MessageID || !m.Auto || !m.Loop || !strings.Contains(m.Text, "受付番号　2026-004129") {
		t.Errorf("%+v", m)
	}
	d.pass()
	if got := len(s.Mails()); got != 1 {
		t.Errorf("%d mails after another pass", got)
	}
}

// TestAServerThatIsAway is tried again, later each time, and reached in the end.
func TestAServerThatIsAway(t *testing.T) {
	s := mailtest.NewSMTP(t, "")
	s.Kill()
	d := newDesk(t, map[register.Way]notice.Carrier{register.Mail: smtpTo(time.Now, s.Address)})
	ref := d.put(register.Mail, "mihon@example.jp")
	before := app.Stamp(0)
	for i := range 4 {
		d.pass()
		n := d.state(ref)
		pause := n.Due - n.Attempts[i].At
		if n.State != register.Waiting || len(n.Attempts) != i+1 || pause <= before {
			t.Fatalf("%d: %+v", i, n)
		}
		before = pause
		d.pass() // not due yet
		d.clock.Advance(n.Due.Time().Sub(d.Now()))
	}
	s.Start()
	d.pass()
	if n := d.state(ref); n.State != register.Sent || len(n.Attempts) != 5 || len(s.Mails()) != 1 {
		t.Errorf("%d mails, %+v", len(s.Mails()), n)
	}
}

func TestPatienceEnds(t *testing.T) {
	d := newDesk(t, map[register.Way]notice.Carrier{register.Mail: carrier(func() error { return errors.New("away") })})
	ref := d.put(register.Mail, "mihon@example.jp")
	for range 200 {
		d.pass()
		d.clock.Advance(30 * time.Minute)
	}
	if n := d.state(ref); n.State != register.Given || len(n.Attempts) > 60 {
		t.Errorf("%s after %d attempts", n.State, len(n.Attempts))
	}
}

// TestAgain: a person who has a notice sent again gets a whole day of tries for it.
func TestAgain(t *testing.T) {
	d := newDesk(t, map[register.Way]notice.Carrier{register.Mail: carrier(func() error { return errors.New("away") })})
	ref := d.put(register.Mail, "mihon@example.jp")
	for range 60 {
		d.pass()
		d.clock.Advance(30 * time.Minute)
	}
	n := d.state(ref)
	before := len(n.Attempts)
	if err := d.Replica.Write(t.Context(), d.Replica.Actor(), func(tx *store.Tx) error { return tx.Do(n, "again", nil) }); err != nil {
		t.Fatal(err)
	}
	d.pass()
	if n = d.state(ref); n.State != register.Waiting || len(n.Tries()) != 1 || len(n.Attempts) != before+1 || n.Due.Time().Sub(d.Now()) > time.Minute {
		t.Fatalf("%s, due %v", n.State, n.Due.Time())
	}
	d.Carry = nil // no settings
	d.clock.Advance(time.Minute)
	d.pass()
	if n = d.state(ref); n.State != register.Given || len(n.Tries()) != 0 {
		t.Errorf("%+v", n)
	}
}

type carrier func() error

func (c carrier) Carry(context.Context, *register.Notice) error { return c() }

// TestKilledWhileSending: the program ends behind the mail server's back. The mail
// goes out once more under the same Message-ID, and never a third time.
func TestKilledWhileSending(t *testing.T) {
	s := mailtest.NewSMTP(t, "")
	out := smtpTo(time.Now, s.Address)
	d := newDesk(t, nil)
	ref := d.put(register.Mail, "mihon@example.jp")
	for range 5 {
		ctx, cancel := context.WithCancel(t.Context())
		d.Carry = map[register.Way]notice.Carrier{register.Mail: carrier(func() error {
			err := out.Carry(t.Context(), d.state(ref))
			cancel() // the end, before anything is noted
			return errors.Join(err, ctx.Err())
		})}
		if err := d.Pass(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		cancel()
	}
	mails := s.Mails()
	if len(mails) != 2 || d.state(ref).State != register.Unsure {
		t.Fatalf("%d mails, %s", len(mails), d.state(ref).State)
	}
	for _, m := range mails {
		if !strings.Contains(m, "Message-ID: <"+d.state(ref).MessageID+">") {
			t.Error("another Message-ID")
		}
	}
}

// TestRefusals end at once, and say why without naming anybody.
func TestRefusals(t *testing.T) {
	answer := http.StatusGone
	posts := 0
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { posts++; w.WriteHeader(answer) }))
	defer web.Close()
	d := newDesk(t, map[register.Way]notice.Carrier{register.Hook: notice.NewHook("", time.Now)})
	gone := d.put(register.Hook, web.URL+"/secret")
	d.pass()
	if n := d.state(gone); n.State != register.Given || n.Attempts[0].Detail != "HTTP 410" {
		t.Errorf("%+v", n)
	}
	d = newDesk(t, map[register.Way]notice.Carrier{register.Hook: notice.NewHook("", time.Now)})
	answer = http.StatusServiceUnavailable
	busy := d.put(register.Hook, web.URL)
	d.pass()
	if n := d.state(busy); n.State != register.Waiting {
		t.Errorf("%+v", n)
	}
	answer = http.StatusOK
	d.clock.Advance(time.Hour)
	d.pass()
	if n := d.state(busy); n.State != register.Sent || posts != 3 {
		t.Errorf("%d posts, %+v", posts, n)
	}
	none := newDesk(t, nil)
	ref := none.put(register.Mail, "mihon@example.jp")
	none.pass()
	if n := none.state(ref); n.State != register.Given {
		t.Errorf("without settings: %+v", n)
	}
}

// TestEscalation tells the next person when nobody has acknowledged, and not otherwise.
func TestEscalation(t *testing.T) {
	for _, acknowledged := range []bool{false, true} {
		d := newDesk(t, map[register.Way]notice.Carrier{register.Mail: carrier(func() error { return nil })})
		refs := []app.Ref{d.step("x", 0, register.Mail, "a@example.jp"), d.step("x", 5*time.Minute, register.Mail, "b@example.jp")}
		d.pass()
		if d.state(refs[0]).State != register.Sent || d.state(refs[1]).State != register.Waiting {
			t.Fatal("not one by one")
		}
		want := register.Sent
		if acknowledged {
			want = register.Spared
			n := d.state(refs[0])
			err := d.Replica.Write(t.Context(), d.Replica.Actor(), func(tx *store.Tx) error { return tx.Do(n, "acknowledge", nil) })
			if err != nil {
				t.Fatal(err)
			}
		}
		d.clock.Advance(5 * time.Minute)
		d.pass()
		if got := d.state(refs[1]).State; got != want {
			t.Errorf("acknowledged %v: the second is %q", acknowledged, got)
		}
	}
}

// TestAwayKeepsNobodyWaiting: a mail server that is away is asked once in a pass, with the
// alarm before the receipts, and a web hook goes out meanwhile.
func TestAwayKeepsNobodyWaiting(t *testing.T) {
	asked, posted := "", 0
	d := newDesk(t, nil)
	d.Carry = map[register.Way]notice.Carrier{
		register.Mail: carrying(func(n *register.Notice) error { asked += n.To; return errors.New("away") }),
		register.Hook: carrying(func(*register.Notice) error { posted++; return nil }),
	}
	for range 3 {
		d.put(register.Mail, "r")
	}
	d.step("x", 0, register.Mail, "a")
	d.put(register.Hook, "http://127.0.0.1/")
	d.pass()
	if asked != "a" || posted != 1 {
		t.Errorf("%q was asked, %d posted", asked, posted)
	}
	d.pass()
	if asked != "ar" {
		t.Errorf("%q was asked in two passes", asked)
	}
}

// TestManyMailsHoldBackNoAlarm: behind more mails than a pass sends, what is due later
// goes out at once: a mail that is an alarm, a hook beside one that is away, the window
// and the telephone.
func TestManyMailsHoldBackNoAlarm(t *testing.T) {
	var mails []string
	d := newDesk(t, nil)
	d.Carry = map[register.Way]notice.Carrier{
		register.Mail: carrying(func(n *register.Notice) error { mails = append(mails, n.To); return nil }),
		register.Hook: carrying(func(n *register.Notice) error {
			if n.To == "http://127.0.0.1/away" {
				return errors.New("away")
			}
			return nil
		}),
	}
	const many = 120
	for range many {
		d.put(register.Mail, "r")
		d.put(register.Hook, "http://127.0.0.1/away")
	}
	d.clock.Advance(time.Second)
	d.step("x", 0, register.Mail, "a")
	hook, window, call := d.step("y", 0, register.Hook, "http://127.0.0.1/"), d.step("x", 0, register.Desktop, ""), d.step("x", 0, register.Phone, "055-237-1161")
	d.pass()
	if len(mails) == 0 || mails[0] != "a" || len(mails) > many {
		t.Errorf("%q were sent", mails)
	}
	for ref, want := range map[app.Ref]register.State{hook: register.Sent, window: register.Asked, call: register.Asked} {
		if n := d.state(ref); n.State != want {
			t.Errorf("%s is %q, want %q", n.Way, n.State, want)
		}
	}
	d.pass()
	if len(mails) != many+1 {
		t.Errorf("%d mails after two passes", len(mails))
	}
}

type carrying func(*register.Notice) error

func (c carrying) Carry(_ context.Context, n *register.Notice) error { return c(n) }

// TestSignature: who has the key can tell that a post is ours, and when it was made.
func TestSignature(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("合言葉\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Unix(1_790_000_000, 0)
	var got, body string
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		got, body = r.Header.Get(notice.Signature), string(raw)
	}))
	defer web.Close()
	n := &register.Notice{To: web.URL, Subject: "障害通知", MessageID: "1@example.jp"}
	h := notice.NewHook(key, func() time.Time { return at })
	if err := h.Carry(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	m := hmac.New(sha256.New, []byte("合言葉"))
	m.Write([]byte("1790000000." + body))
	if want := "t=1790000000,v1=" + hex.EncodeToString(m.Sum(nil)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	h.KeyFile += ".none"
	if err := h.Carry(t.Context(), n); err == nil || errors.As(err, new(*notice.Refusal)) || strings.Contains(err.Error(), key) {
		t.Errorf("without the key: %v", err)
	}
}

func TestAlarmWords(t *testing.T) {
	at := time.Date(2026, 11, 20, 0, 5, 0, 0, time.UTC)
	i := notice.Incident{Number: "2026-000012", Title: "基幹系が停止", System: "住民情報", Happened: at, Found: at, State: "調査中"}
	var n register.Notice
	i.Fill(&n)
	if n.Subject != "【障害通知】基幹系が停止（2026-000012）" || !strings.Contains(n.Body, "2026年11月20日 09時05分") {
		t.Errorf("%s\n%s", n.Subject, n.Body)
	}
}

// TestPasswordIsRead from its file each time; one that is gone is no refusal, and no
// path of this machine.
func TestPasswordIsRead(t *testing.T) {
	s := &notice.SMTP{Address: "127.0.0.1:1", From: "desk@example.jp", User: "desk", PasswordFile: filepath.Join(t.TempDir(), "none"), Now: time.Now}
	var refused *notice.Refusal
	if err := s.Carry(t.Context(), &register.Notice{To: "a@example.jp", Subject: "x"}); err == nil || errors.As(err, &refused) || strings.Contains(err.Error(), "none") {
		t.Error(err)
	}
}
