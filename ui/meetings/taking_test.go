package meetings_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/meeting"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/meetings"
	"daicho/ui/task"
)

// taker is a page with an open meeting, turned to the face on which minutes are taken.
func taker(t *testing.T) (*kittest.Replica, ui.Page, fyne.Window, *kit.Entry) {
	t.Helper()
	r := kittest.NewReplica(t, modules.Book())
	page, win, entry := take(t, kittest.Desk(t), r, held(t, r, "月次定例会"))
	return r, page, win, entry
}

// held is a meeting that is held today.
func held(t *testing.T, r *kittest.Replica, of string) app.Ref {
	t.Helper()
	body := r.Add(t, meeting.BodyKind, "name="+of, "host=city")
	return r.Add(t, meeting.Kind, "body="+body.String(), "begins=2026-11-20 10:00", "do:hold")
}

// take opens the page with a meeting, turned to the face on which minutes are taken.
func take(t *testing.T, d *ui.Desk, r *kittest.Replica, m app.Ref) (ui.Page, fyne.Window, *kit.Entry) {
	t.Helper()
	d.Words.Set(app.JA)
	page := meetings.Sections()[0].New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1280, 700)
	page.Shown()
	page.(ui.Opener).Open(m)
	for _, o := range test.LaidOutObjects(win.Content()) {
		if tabs, ok := o.(*kit.Tabs); ok {
			tabs.Choose(3)
		}
	}
	for _, o := range test.LaidOutObjects(win.Content()) {
		if e, ok := o.(*kit.Entry); ok && strings.HasPrefix(e.AccessibilityLabel(), "次の項目") {
			return page, win, e
		}
	}
	t.Fatal("there is no field for the next item")
	return nil, nil, nil
}

var enter = &fyne.KeyEvent{Name: fyne.KeyReturn}

// said is what was written down for a meeting, in order.
func said(t *testing.T, r *kittest.Replica, m app.Ref) string {
	t.Helper()
	all, err := app.Every(t.Context(), r, meeting.Items, app.Query{Where: []app.Cond{app.Where("meeting", "=", m.String())}, Sort: "at"})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, i := range all {
		texts = append(texts, i.Text)
	}
	return strings.Join(texts, "/")
}

// What was typed for one meeting is never written down for another, and is there again
// with its own: also after the program was closed.
func TestLineStaysWithItsMeeting(t *testing.T) {
	d, r := kittest.Desk(t), kittest.NewReplica(t, modules.Book())
	a, b := held(t, r, "月次定例会"), held(t, r, "臨時会")
	page, _, entry := take(t, d, r, a)
	test.Type(entry, "定例の途中")
	page.(ui.Opener).Open(b)
	if entry.Text != "" {
		t.Fatalf("%q stands in the field of another meeting", entry.Text)
	}
	test.Type(entry, "臨時の話")
	entry.TypedKey(enter)
	test.Type(entry, "臨時の途中")
	page.(ui.Opener).Open(a)
	if entry.Text != "定例の途中" {
		t.Errorf("there stands %q", entry.Text)
	}
	if got := said(t, r, a) + "|" + said(t, r, b); got != "|臨時の話" {
		t.Error("written down:", got)
	}
	page.(ui.Keeper).Keep()
	_, _, again := take(t, d, r, a)
	_, _, other := take(t, d, r, b)
	if again.Text != "定例の途中" || other.Text != "臨時の途中" {
		t.Errorf("in a new window there stand %q and %q", again.Text, other.Text)
	}
	test.Type(again, "です")
	again.TypedKey(enter)
	if _, _, last := take(t, d, r, a); last.Text != "" {
		t.Errorf("what was written down stands there again: %q", last.Text)
	}
}

// Who types faster than the disk writes loses no line, and mixes none.
func TestLinesWaitTheirTurn(t *testing.T) {
	d, r := kittest.Desk(t), kittest.NewReplica(t, modules.Book())
	m := held(t, r, "月次定例会")
	_, _, entry := take(t, d, r, m)
	run, step := task.Stepped()
	d.Tasks = run
	for _, line := range []string{"一", "二", "三"} {
		test.Type(entry, line)
		entry.TypedKey(enter)
		if entry.Text != "" {
			t.Fatalf("%q still stands there", entry.Text)
		}
	}
	test.Type(entry, "四")
	for step() {
	}
	if got := said(t, r, m); got != "一/二/三" || entry.Text != "四" {
		t.Errorf("written down: %s; in the field: %s", got, entry.Text)
	}
}

// A line that cannot be saved comes back; not into what is being typed.
func TestRefusedLineComesBack(t *testing.T) {
	d, r := kittest.Desk(t), kittest.NewReplica(t, modules.Book())
	m := held(t, r, "月次定例会")
	_, win, entry := take(t, d, r, m)
	run, step := task.Stepped()
	d.Tasks = run
	r.Fail, r.FailAt = app.Refuse(app.Failed, "", "ディスクに空きがありません。", "disk full"), "save"
	for _, line := range []string{"一", "二"} {
		test.Type(entry, line)
		entry.TypedKey(enter)
	}
	test.Type(entry, "三")
	for step() {
	}
	if words := kittest.Words(win); entry.Text != "三" || !strings.Contains(words, "ディスクに空きがありません") {
		t.Fatalf("in the field: %q, on the screen: %s", entry.Text, words)
	}
	r.Fail = nil
	for range 3 {
		entry.TypedKey(enter)
		for step() {
		}
	}
	if got := said(t, r, m); got != "三/一/二" || entry.Text != "" {
		t.Errorf("written down: %s; in the field: %q", got, entry.Text)
	}
}

// Minutes are taken with the keyboard alone: a line, Enter, the next line.
func TestMinutesAreTakenLineByLine(t *testing.T) {
	r, page, win, entry := taker(t)
	win.Canvas().Focus(entry)
	for _, line := range []string{"先月の説明があった。", "対応：当番表を作り直す ＠久米 渉 〆12/1"} {
		test.Type(entry, line)
		entry.TypedKey(enter)
		if entry.Text != "" || win.Canvas().Focused() != entry {
			t.Fatalf("after Enter there stands %q, and the keyboard is at %v", entry.Text, win.Canvas().Focused())
		}
	}
	test.Type(entry, "対応：x 〆あした")
	entry.TypedKey(enter)
	if entry.Text == "" {
		t.Error("what could not be read is gone")
	}
	all, err := app.Every(t.Context(), r, meeting.Items, app.Query{Sort: "at"})
	if err != nil || len(all) != 2 || all[1].Type != meeting.Action || all[1].Charge != "久米 渉" {
		t.Fatalf("%d items, %v", len(all), err)
	}
	page.(ui.Watcher).Changed([]app.Ref{all[1].Ref})
	kittest.Whole(t, win)
	kittest.Shot(t, win, "taking")
	words := kittest.Words(win)
	for _, word := range []string{"先月の説明があった。", "担当: 久米 渉", "12/1", "「あした」を日付として読めません"} {
		if !strings.Contains(words, word) {
			t.Errorf("no %s in\n%s", word, words)
		}
	}
}
