package app_test

import (
	"strings"
	"testing"

	"daicho/app"
)

// contested is a world with one open conflict between aya and ken.
func contested(t *testing.T) (*world, *app.Conflict) {
	t.Helper()
	w, seen := made(t, map[string]string{"title": "題"})
	first := edit(w, aya, 1, ref(1), seen, map[string]string{"title": "彩の題"})
	first.Clock.Err = 30
	second := edit(w, ken, 2, ref(1), seen, map[string]string{"title": "健の題"})
	second.Clock.Err = app.Unknown
	for _, c := range []*app.Change{first, second} {
		if _, err := w.judge(c); err != nil {
			t.Fatal(err)
		}
	}
	return w, open(t, w)[0]
}

// speak runs a command on a conflict by somebody.
func speak(w *world, c *app.Conflict, who app.ID, command string, args ...string) error {
	doc, err := app.Args(app.Conflicts, command, args)
	if err != nil {
		return err
	}
	w.next++
	_, err = w.judge(&app.Change{Device: who, Seq: uint64(w.next), Author: who, HLC: app.HLC(moment+9*60_000) << 16, Ref: c.Ref, Command: command, Args: doc})
	return err
}

func person(id app.ID) app.Ref { return app.Ref{Kind: app.PersonKind, ID: id} }

func TestConflictTellsDevicesAndClocks(t *testing.T) {
	_, c := contested(t)
	shown, other := c.ClockErrors()
	if c.ShownBy != person(ken) || shown != app.Unknown || c.ShownDev != ken.Short() || other != 30 || c.OtherDev != aya.Short() {
		t.Errorf("%+v", c)
	}
}

// TestAskKeepsItOpen hands a conflict to somebody, who answers; then either settles.
func TestAskKeepsItOpen(t *testing.T) {
	boss := app.ID{15: 9}
	w, c := contested(t)
	if err := speak(w, c, aya, "ask", "whom="+person(boss).String(), "text=どちらが正しいですか。"); err != nil {
		t.Fatal(err)
	}
	c = open(t, w)[0]
	if c.WaitsFor != person(boss) || len(c.Talk) != 1 || c.Talk[0].By != person(aya) || c.Talk[0].Text != "どちらが正しいですか。" {
		t.Fatalf("asked: %+v", c)
	}
	if err := speak(w, c, boss, "answer", "text=健の題です。"); err != nil {
		t.Fatal(err)
	}
	c = open(t, w)[0]
	if c.WaitsFor != person(aya) || len(c.Talk) != 2 || c.Talk[1].By != person(boss) || c.Talk[1].To != person(aya) {
		t.Fatalf("answered: %+v", c)
	}
	if err := speak(w, c, boss, "resolve", "take=shown"); err != nil || len(open(t, w)) != 0 {
		t.Fatal(err)
	}
	app.Conflicts.Load(c, c.Ref, 0, w.rows[c.Ref])
	if !c.WaitsFor.IsZero() || len(c.Talk) != 2 {
		t.Errorf("settled: %+v", c)
	}
	if err := speak(w, c, aya, "ask", "whom="+person(boss).String(), "text=もう一度"); !app.IsCode(err, app.Stale) {
		t.Errorf("asked about what is settled: %v", err)
	}
}

func TestAskIsRefused(t *testing.T) {
	for name, args := range map[string][]string{
		"nobody":    {"ask", "text=どちらですか。"},
		"no person": {"ask", "whom=" + ref(1).String(), "text=どちらですか。"},
		"nothing":   {"ask", "whom=" + person(ken).String()},
		"unasked":   {"answer", "text=こちらです。"},
	} {
		w, c := contested(t)
		if err := speak(w, c, aya, args[0], args[1:]...); err == nil || len(open(t, w)[0].Talk) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMergeMarked(t *testing.T) {
	m := app.Marks{A: "▼甲", B: "▼乙", End: "▲"}
	for _, c := range []struct{ base, a, b, want string }{
		{"一\n二\n三", "一\n二x\n三", "一\n二\n三y", "一\n▼甲\n二x\n三\n▼乙\n二\n三y\n▲"},
		{"一\n二\n三", "一x\n二\n三", "一\n二\n三y", "一x\n二\n三y"},
		{"", "甲の文", "乙の文", "▼甲\n甲の文\n▼乙\n乙の文\n▲"},
		{"一\n二\n三", "零\n一\n二甲\n三", "一\n二乙\n三\n四", "零\n一\n▼甲\n二甲\n▼乙\n二乙\n▲\n三\n四"},
	} {
		got := app.MergeMarked(c.base, c.a, c.b, m)
		if got != c.want || m.Left(got) != strings.Contains(c.want, "▲") {
			t.Errorf("%q %q %q: got %q, want %q", c.base, c.a, c.b, got, c.want)
		}
	}
	long := strings.Repeat("x\n", 3000)
	if got := app.MergeMarked(long, long+"a", long+"b", m); !m.Left(got) || !strings.Contains(got, long+"a\n▼乙\n"+long+"b") {
		t.Error("too long to compare, and a value is lost")
	}
}
