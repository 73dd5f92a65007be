package register_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
)

func config() register.Config {
	return register.Config{
		Register: ticket.Register, Title: "title", Sort: "received",
		Columns: []register.Column{{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 86}}, {Field: "number", Column: kit.Column{Width: 80}}, {Field: "title", Column: kit.Column{Flex: true, Min: 100}}},
		New:     app.Label{JA: "受け付ける", EN: "New"}, Empty: app.Label{JA: "問い合わせはありません。", EN: "There are none."},
		Mark: func(r app.Record, l app.Lang) kit.Mark {
			return kit.Mark{Glyph: "○", Word: ticket.Register.Show(r, "state", l)}
		},
	}
}

type fixture struct {
	*register.Page
	host *kittest.Host
	win  fyne.Window
	refs []app.Ref
}

func open(t testing.TB, w float32, subjects ...string) *fixture {
	t.Helper()
	return openAs(t, config(), w, subjects...)
}

func openAs(t testing.TB, cfg register.Config, w float32, subjects ...string) *fixture {
	t.Helper()
	d := kittest.Desk(t)
	r := kittest.NewReplica(t, modules.Book())
	f := &fixture{host: kittest.NewHost(t, d, r)}
	for i, s := range subjects {
		f.refs = append(f.refs, r.Add(t, ticket.Kind, "title="+s, "channel=phone", "received="+app.StampOf(kittest.Now).Time().AddDate(0, 0, i-9).Format("2006-01-02T15:04:05+09:00")))
	}
	f.Page = register.New(f.host, cfg)
	f.win = kittest.Window(t, f.View(), w, 700)
	f.Shown()
	return f
}

func (f *fixture) shows(s string) bool {
	return strings.Contains(test.RenderToMarkup(f.win.Canvas()), s)
}

func (f *fixture) act(t *testing.T, k ui.Key) {
	t.Helper()
	i := slices.IndexFunc(f.Actions(), func(a ui.Action) bool { return a.Key == k })
	if i < 0 {
		t.Fatal("no action for", k)
	}
	f.Actions()[i].Do()
}

// entry is the field that holds a text.
func (f *fixture) entry(t *testing.T, s string) *kit.Entry {
	t.Helper()
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.Text == s {
			return e
		}
	}
	t.Fatal("no field with", s)
	return nil
}

func (f *fixture) button(t *testing.T, word string) *kit.Button {
	t.Helper()
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == word {
			return b
		}
	}
	t.Fatal("no button", word)
	return nil
}

func (f *fixture) title(t *testing.T, i int) string {
	r, err := f.host.Replica.Get(context.Background(), f.refs[i])
	if err != nil {
		t.Fatal(err)
	}
	return r.(*ticket.Ticket).Title
}

// What was typed into one record is still there after another was looked at,
// and is recorded only when the person says so.
func TestWhatWasTypedIsKept(t *testing.T) {
	f := open(t, 1100, "一件目", "二件目")
	f.Open(f.refs[0])
	f.entry(t, "一件目").SetText("一件目の続き")
	if !f.shows("未記録の変更") {
		t.Error("the head must say that something is not recorded")
	}
	f.Open(f.refs[1])
	f.entry(t, "二件目")
	f.Open(f.refs[0])
	f.entry(t, "一件目の続き")
	if f.title(t, 0) != "一件目" {
		t.Error("nothing may be recorded by looking elsewhere")
	}
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if f.title(t, 0) != "一件目の続き" || f.shows("未記録の変更") {
		t.Error("Ctrl+Enter records")
	}
}

func TestDiscard(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	f.entry(t, "一件目").SetText("間違い")
	f.button(t, "入力を取り消す").Tapped(nil)
	f.entry(t, "一件目")
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if f.host.LastSaid() != "変更がないため、記録するものはありません。" {
		t.Error(f.host.LastSaid())
	}
}

// While a person edits, sync may bring another field: it must not be edited
// back, and what is being typed must stay.
func TestSyncWhileEditing(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	f.entry(t, "一件目").SetText("直した件名")
	other, _ := f.host.Replica.Get(context.Background(), f.refs[0])
	f.host.Replica.Author = "髙橋 直"
	f.host.Replica.Edit(t, other, "assignee=髙橋 直")
	f.Changed([]app.Ref{f.refs[0]})
	f.entry(t, "直した件名")
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	r, _ := f.host.Replica.Get(context.Background(), f.refs[0])
	if got := r.(*ticket.Ticket); got.Title != "直した件名" || got.Assignee != "髙橋 直" {
		t.Errorf("%q %q", got.Title, got.Assignee)
	}
}

func TestSyncShowsWhatOthersChanged(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	other, _ := f.host.Replica.Get(context.Background(), f.refs[0])
	f.host.Replica.Edit(t, other, "title=改めた件名")
	f.Changed([]app.Ref{f.refs[0]})
	f.entry(t, "改めた件名")
}

func TestSaveThatFails(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	f.entry(t, "一件目").SetText("直した件名")
	f.host.Replica.Fail = app.Refuse(app.Failed, "", "ディスクに空きがありません。空きを作ってから、もう一度記録してください。", "disk full")
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if f.host.Tone != kit.Late || !strings.HasPrefix(f.host.LastSaid(), "ディスクに空きがありません。") {
		t.Error(f.host.LastSaid())
	}
	f.entry(t, "直した件名") // still there
	f.host.Replica.Fail = nil
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if f.title(t, 0) != "直した件名" {
		t.Error("it can be recorded once there is room")
	}
}

// Under 900 pixels the record takes the place of the list, and Esc goes back.
func TestNarrow(t *testing.T) {
	f := open(t, 700, "一件目", "二件目")
	if f.Back() {
		t.Error("there is nothing to leave yet")
	}
	f.Open(f.refs[1])
	if f.shows("受け付ける") || !f.shows("記録する") {
		t.Error("the record takes the place of the list")
	}
	kittest.Whole(t, f.win)
	if !f.Back() || !f.shows("受け付ける") || f.shows("記録する") {
		t.Error("Esc goes back to the list")
	}
	kittest.Whole(t, f.win)
}

func TestFilterAndFind(t *testing.T) {
	f := open(t, 1100, "印刷できない", "音が出ない")
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if s, ok := o.(*kit.Select); ok && slices.Contains(s.Options, "完了") {
			s.SetSelected("完了")
		}
	}
	if !f.shows("完了 0件") || !f.shows("問い合わせはありません。") {
		t.Error("nothing is closed")
	}
	kittest.Whole(t, f.win)
	f = open(t, 1100, "印刷できない", "音が出ない")
	f.act(t, ui.Ctrl(fyne.KeyF))
	test.Type(f.win.Canvas().Focused(), "印刷")
	if !f.shows("未完了 1件") {
		t.Error("one record holds the word")
	}
	test.Type(f.win.Canvas().Focused(), "機")
	if !f.shows("「印刷機」に該当する記録はこの一覧にありません。") {
		t.Error("what was looked for must be named")
	}
}

// F2 and a new record that is left stay out of the list until recorded.
func TestNewRecordIsNothingUntilRecorded(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.act(t, ui.Ctrl(fyne.KeyN))
	if !f.shows("新しい問い合わせ") {
		t.Fatal("the form of a new record must be open")
	}
	f.Open(f.refs[0])
	if n, _ := f.host.Replica.Count(context.Background(), ticket.Kind, nil); n != 1 {
		t.Error("records:", n)
	}
}

func TestMoreCommandsThanRoom(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	f.button(t, "ほかの操作").Tapped(nil)
	if f.host.Asked == nil {
		t.Fatal("the rest must be a card")
	}
	card := kittest.Window(t, f.host.Asked, 300, 520)
	kittest.Whole(t, card)
	kittest.Shot(t, card, "register-more")
	n := 0
	for _, o := range test.LaidOutObjects(card.Content()) {
		if _, ok := o.(*kit.Button); ok {
			n++
		}
	}
	if n != len(ticket.Register.About().Commands)+1 { // and the one that closes it
		t.Error(n, "buttons")
	}
}

func TestFileOfARecord(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	f.host.File, f.host.Body = "給紙エラー.txt", "E-052"
	f.button(t, "ファイルを添付").Tapped(nil)
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	r, _ := f.host.Replica.Get(context.Background(), f.refs[0])
	if got := r.(*ticket.Ticket).Photos; len(got) != 1 || got[0].Name != "給紙エラー.txt" {
		t.Fatalf("%+v", got)
	}
	f.button(t, "保存").Tapped(nil)
	if f.host.Wrote != "E-052" || f.host.LastSaid() != "「給紙エラー.txt」を保存しました。" {
		t.Error(f.host.Wrote, f.host.LastSaid())
	}
}

func TestPanesAndMarks(t *testing.T) {
	f := open(t, 1100, "一件目", "二件目")
	if len(f.Panes()) != 2 {
		t.Error("F6 goes between list and record")
	}
	table := f.Panes()[0].(*kit.Table)
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !f.shows("印 1件") || !f.Back() || f.shows("印 1件") {
		t.Error("Space marks, Esc takes marks away")
	}
}

// TestEmptyBeforeTheFirstSyncIsOver: nobody is told that there is nothing while
// it has not come yet.
func TestEmptyBeforeTheFirstSyncIsOver(t *testing.T) {
	f := open(t, 1000)
	none := config().Empty.JA
	if !f.shows(none) {
		t.Error("an empty list says nothing")
	}
	f.host.State.First = true
	f.Changed(nil)
	if f.shows(none) || !f.shows("最初の同期が終わっていない") {
		t.Error("it says that there is nothing")
	}
	kittest.Whole(t, f.win)
	f.host.State.First = false
	f.Changed(nil)
	if !f.shows(none) {
		t.Error("it goes on saying that something comes")
	}
}

// TestHistoryOfARecordSaysWhatIsMissing at the foot of its page.
func TestHistoryOfARecordSaysWhatIsMissing(t *testing.T) {
	f := open(t, 1000, "a")
	f.host.Replica.Lacks = ui.Lacking{Some: true}
	f.Open(f.refs[0])
	f.Changed(nil)
	f.Panes()[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) // from what it holds to its history
	if !f.shows("これより前の履歴はまだ受信していません。") {
		t.Error("it says nothing")
	}
}
