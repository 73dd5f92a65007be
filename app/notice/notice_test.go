package notice_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/notice"
	"daicho/store"
	"daicho/store/storetest"
)

// desk is a replica with a clock.
type desk struct {
	*testing.T
	r     *store.Replica
	clock *storetest.Clock
}

func newDesk(t *testing.T) *desk {
	d := &desk{T: t, clock: &storetest.Clock{}}
	d.r = storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(d.clock))
	return d
}

func (d *desk) save(r app.Record) error {
	return d.r.Write(d.Context(), d.r.Actor(), func(tx *store.Tx) error { return tx.Save(r) })
}

func (d *desk) do(n *notice.Notice, command string, args ...string) error {
	d.Helper()
	d.clock.Advance(time.Second)
	doc, err := app.Args(notice.Register, command, args)
	if err != nil {
		d.Fatal(err)
	}
	return d.r.Write(d.Context(), d.r.Actor(), func(tx *store.Tx) error { return tx.Do(n, command, doc) })
}

func TestAddresses(t *testing.T) {
	d := newDesk(t)
	for i, c := range []struct {
		way  notice.Way
		to   string
		good bool
	}{
		{notice.Mail, "joho@city.example.jp", true}, {notice.Mail, "情報課 <joho@city.example.jp>", false}, {notice.Mail, "", false}, {notice.Mail, "joho", false},
		{notice.Hook, "https://hook.example.jp/x", true}, {notice.Hook, "http://10.0.0.1:8080/", true}, {notice.Hook, "ftp://example.jp", false},
		{notice.Hook, "https://", false}, {notice.Hook, "https://user:word@example.jp/", false}, {notice.Hook, "hook.example.jp", false},
		{notice.Phone, "055-237-1161", true}, {notice.Phone, "+81 (55) 237-1161", true}, {notice.Phone, "119", true}, {notice.Phone, "内線2231", false}, {notice.Phone, "--", false},
		{notice.Desktop, "", true},
	} {
		l := notice.Lines.Draft(app.ID{byte(i + 1)})
		l.Name, l.Way, l.To = "当番", c.way, c.to
		if err := d.save(l); (err == nil) != c.good || err != nil && !app.IsCode(err, app.Invalid) {
			t.Errorf("%s %q: %v", c.way, c.to, err)
		}
	}
}

func TestWhoIsTold(t *testing.T) {
	grave, light := app.Ref{Kind: "severity", ID: app.ID{1}}, app.Ref{Kind: "severity", ID: app.ID{2}}
	failure := notice.Concerns{Severity: grave, Systems: []string{"gyomu01", "住民記録"}}
	for _, c := range []struct {
		name string
		line notice.Line
		of   notice.Concerns
		want bool
	}{
		{"all", notice.Line{}, failure, true},
		{"not used", notice.Line{Off: true}, failure, false},
		{"its grade", notice.Line{Severity: grave}, failure, true},
		{"another grade", notice.Line{Severity: light}, failure, false},
		{"not graded yet", notice.Line{Severity: grave}, notice.Concerns{}, false},
		{"failures", notice.Line{Nature: notice.OnlyFailure}, failure, true},
		{"security alone", notice.Line{Nature: notice.OnlySecurity}, failure, false},
		{"security", notice.Line{Nature: notice.OnlySecurity}, notice.Concerns{Security: true}, true},
		{"its target", notice.Line{System: "gyomu01"}, failure, true},
		{"its system", notice.Line{System: "住民記録"}, failure, true},
		{"another system", notice.Line{System: "財務"}, failure, false},
		{"one of two", notice.Line{System: "住民記録", Severity: light}, failure, false},
	} {
		if got := c.line.Tells(c.of); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestTelephone: a call that nobody answers is made again, and each is kept.
func TestTelephone(t *testing.T) {
	d := newDesk(t)
	n := notice.Register.Draft(app.ID{1})
	n.Subject, n.Way, n.To = "障害通知", notice.Phone, "055-237-1161"
	if err := d.save(n); err != nil {
		t.Fatal(err)
	}
	if err := d.do(n, "ask"); err != nil || n.State != notice.Asked {
		t.Fatal(n.State, err)
	}
	if err := d.do(n, "begin"); !app.IsCode(err, app.Stale) {
		t.Errorf("the server telephones: %v", err)
	}
	if err := d.do(n, "call", "outcome=silent"); err != nil || n.State != notice.Asked || len(n.Attempts) != 1 || n.Attempts[0].Result != notice.Failed {
		t.Errorf("%v, %+v", err, n)
	}
	if err := d.do(n, "call", "who=当直"); err != nil || n.State != notice.Sent || n.Called != "当直" || len(n.Attempts) != 2 || n.Attempts[1].Ended == 0 {
		t.Errorf("%v, %+v", err, n)
	}
	if err := d.do(n, "call"); !app.IsCode(err, app.Stale) {
		t.Error(err)
	}
	m := notice.Register.Draft(app.ID{2})
	m.Subject, m.Way = "x", notice.Mail
	if err := d.save(m); !app.IsCode(err, app.Invalid) {
		t.Errorf("a mail to nobody: %v", err)
	}
	m.To = "a@example.jp"
	if err := d.save(m); err != nil {
		t.Fatal(err)
	}
	if err := d.do(m, "call"); !app.IsCode(err, app.Invalid) {
		t.Errorf("a mail by telephone: %v", err)
	}
}
