package conflicts_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/conflicts"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

type fixture struct {
	host   *kittest.Host
	page   ui.Page
	win    fyne.Window
	ticket app.Ref
}

// two lets 髙橋 and 中村 change the same ticket without knowing of each other.
func two(t testing.TB, r *kittest.Replica, mine, theirs []string) app.Ref {
	ctx := context.Background()
	r.At = kittest.Now.Add(-time.Hour)
	ref := r.Add(t, ticket.Kind, "title=マイナポータル連携の受付データが取り込めない", "channel=phone", "impact=minor", "body=受付データを取り込むとエラーになる。")
	a, _ := r.Get(ctx, ref)
	b, _ := r.Get(ctx, ref)
	r.At, r.Author, r.Device = kittest.Now.Add(-21*time.Minute), "中村 彩", 7
	r.Edit(t, a, mine...)
	r.At, r.Author, r.Device = kittest.Now.Add(-18*time.Minute), "髙橋 直", 3
	r.Edit(t, b, theirs...)
	r.At, r.Author, r.Device = kittest.Now, "中村 彩", 7
	return ref
}

var (
	mine   = []string{"assignee=佐々木 健", "impact=hindered", "body=通信は正常。受付データの項目数が仕様書（第3.2版）と合わない。市民課で再取得を依頼した。"}
	theirs = []string{"assignee=髙橋 直", "impact=stopped", "body=通信は正常。受付データの項目数が仕様書（第3.2版）と合わない。現地で取得し直したが同じ結果だった。"}
)

func open(t testing.TB, v kittest.Variant, fill func(r *kittest.Replica)) *fixture {
	d := kittest.Desk(t)
	v.Set(d)
	r := kittest.NewReplica(t, modules.Book())
	fill(r)
	f := &fixture{host: kittest.NewHost(t, d, r)}
	f.page = conflicts.Section().New(f.host)
	f.win = kittest.Window(t, f.page.View(), v.W, v.H)
	f.page.Shown()
	return f
}

var wide = kittest.Variant{W: 1103, H: 776, Lang: app.JA, Factor: 1}

func one(t testing.TB) *fixture {
	f := &fixture{}
	var ref app.Ref
	f = open(t, wide, func(r *kittest.Replica) { ref = two(t, r, mine, theirs) })
	f.ticket = ref
	return f
}

func (f *fixture) keys(names ...fyne.KeyName) {
	for _, n := range names {
		f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (f *fixture) act(t *testing.T, k ui.Key) {
	t.Helper()
	i := slices.IndexFunc(f.page.Actions(), func(a ui.Action) bool { return a.Key == k })
	if i < 0 {
		t.Fatal("no action for", k)
	}
	f.page.Actions()[i].Do()
}

func (f *fixture) shows(s string) bool {
	return strings.Contains(test.RenderToMarkup(f.win.Canvas()), s)
}

func (f *fixture) record(t *testing.T) *ticket.Ticket {
	r, err := f.host.Replica.Get(context.Background(), f.ticket)
	if err != nil {
		t.Fatal(err)
	}
	return r.(*ticket.Ticket)
}

func TestWholeInEveryVariant(t *testing.T) {
	for _, v := range kittest.Variants() {
		nav := float32(177)
		if v.W/v.Factor < 1200 {
			nav = 49
		}
		v.W, v.H = v.W-nav*v.Factor, v.H-24*v.Factor
		f := open(t, v, func(r *kittest.Replica) { two(t, r, mine, theirs); two(t, r, mine, theirs) })
		kittest.Whole(t, f.win)
		f.keys(fyne.Key2, fyne.KeyDown, fyne.KeyUp, fyne.KeyDown, fyne.Key3)
		kittest.Whole(t, f.win)
		kittest.Shot(t, f.win, "conflict-"+v.Name)
		empty := open(t, v, func(*kittest.Replica) {})
		kittest.Whole(t, empty.win)
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}

func TestNothingIsChosenBeforehand(t *testing.T) {
	f := one(t)
	if !f.shows("未選択 3項目") || !f.shows("中村 彩（あなた）") || !f.shows("髙橋 直") {
		t.Error("both people and all open fields must be named")
	}
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if !strings.HasPrefix(f.host.LastSaid(), "まだ選んでいない項目が 3件あります。") {
		t.Error(f.host.LastSaid())
	}
}

// I stand at the left, whoever's value the record shows meanwhile.
func TestDecideByKeys(t *testing.T) {
	f := one(t)
	f.keys(fyne.Key1, fyne.Key2, fyne.Key3) // impact, assignee and text, as the register has them
	kittest.Shot(t, f.win, "conflict-chosen")
	before := f.record(t)
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	got := f.record(t)
	if f.host.LastSaid() != before.Number+" の競合を解決しました。" || !f.shows("未解決の競合はありません。") {
		t.Error(f.host.LastSaid())
	}
	if n, _ := f.host.Replica.Count(context.Background(), app.ConflictKind, nil); n != 3 {
		t.Error("settled conflicts stay:", n)
	}
	both := strings.TrimPrefix(mine[2], "body=") + "\n" + strings.TrimPrefix(theirs[2], "body=")
	if got.Impact != ticket.Hindered || got.Assignee != "髙橋 直" || got.Body != both {
		t.Errorf("%q %q %q", got.Impact, got.Assignee, got.Body)
	}
}

func TestEachDecisionReachesTheRecord(t *testing.T) {
	for _, c := range []struct {
		key  fyne.KeyName
		want string
	}{{fyne.Key1, "佐々木 健"}, {fyne.Key2, "髙橋 直"}} {
		f := &fixture{}
		var ref app.Ref
		f = open(t, wide, func(r *kittest.Replica) { ref = two(t, r, mine[:1], theirs[:1]) })
		f.ticket = ref
		f.keys(c.key)
		f.act(t, ui.Ctrl(fyne.KeyReturn))
		if got := f.record(t).Assignee; got != c.want {
			t.Errorf("key %s gave %q, want %q", c.key, got, c.want)
		}
	}
}

func TestBothTextsOneBelowTheOther(t *testing.T) {
	var ref app.Ref
	f := open(t, wide, func(r *kittest.Replica) { ref = two(t, r, mine[2:], theirs[2:]) })
	f.ticket = ref
	f.keys(fyne.Key3)
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	want := strings.TrimPrefix(mine[2], "body=") + "\n" + strings.TrimPrefix(theirs[2], "body=")
	if got := f.record(t).Body; got != want {
		t.Errorf("%q", got)
	}
}

func TestWriteAnew(t *testing.T) {
	var ref app.Ref
	f := open(t, wide, func(r *kittest.Replica) { ref = two(t, r, mine[:1], theirs[:1]) })
	f.ticket = ref
	f.keys(fyne.KeyF2)
	if f.host.Asked == nil {
		t.Fatal("F2 must ask for a value")
	}
	win := kittest.Window(t, f.host.Asked, 520, 300)
	kittest.Whole(t, win)
	kittest.Shot(t, win, "conflict-write")
	win.Canvas().FocusNext()
	e := win.Canvas().Focused().(*kit.Entry)
	if e.Text != "佐々木 健" {
		t.Error("writing begins from the left value:", e.Text)
	}
	e.SetText("小林 誠")
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if got := f.record(t).Assignee; got != "小林 誠" {
		t.Error(got)
	}
}

// The record may change again while a person decides: then the reason stands
// beside the field, and nothing is lost.
func TestDecisionThatComesTooLate(t *testing.T) {
	f := one(t)
	f.keys(fyne.Key1, fyne.Key1, fyne.Key1)
	r := f.host.Replica
	rec, _ := r.Get(context.Background(), f.ticket)
	r.Edit(t, rec, "assignee=小林 誠")
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if f.host.Tone != kit.Late || !f.shows("その後も変更されています") {
		t.Error(f.host.LastSaid())
	}
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "conflict-late")
}

func TestTurnAndOpen(t *testing.T) {
	f := open(t, wide, func(r *kittest.Replica) { two(t, r, mine, theirs); two(t, r, mine[:1], theirs[:1]) })
	if !f.shows("競合 1件目 / 全2件") {
		t.Fatal("two records are contested")
	}
	f.act(t, ui.Ctrl(fyne.KeyPageDown))
	if !f.shows("競合 2件目 / 全2件") || !f.shows("未選択 1項目") {
		t.Error("the next one has one field")
	}
	ids, _ := f.host.Replica.IDs(context.Background(), app.ConflictKind, app.Query{})
	f.page.(ui.Opener).Open(app.Ref{Kind: app.ConflictKind, ID: ids[0]})
	if !f.shows("競合 1件目 / 全2件") {
		t.Error("opening a conflict shows its record")
	}
}

func TestGolden(t *testing.T) {
	f := one(t)
	f.keys(fyne.Key2)
	test.AssertRendersToMarkup(t, "conflict.xml", f.win.Canvas())
}

// say asks or answers about the field of the cursor, with the real sheet.
func (f *fixture) say(t *testing.T, words string) {
	t.Helper()
	f.act(t, ui.Ctrl(fyne.KeyI))
	if f.host.Asked == nil {
		t.Fatal("no sheet to write on")
	}
	win := kittest.Window(t, f.host.Asked, 520, 290)
	kittest.Whole(t, win)
	kittest.Shot(t, win, "conflict-say")
	win.Canvas().FocusNext()
	e := win.Canvas().Focused().(*kit.Entry)
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if f.host.Asked == nil {
		t.Error("nothing was said, and sent")
	}
	e.SetText(words)
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
}

func TestAskAndAnswer(t *testing.T) {
	f := one(t)
	f.keys(fyne.KeyDown) // the second field
	f.host.Pick = f.host.Replica.Person("髙橋 直")
	f.say(t, "担当はどちらですか。")
	if f.host.LastSaid() != "髙橋 直 に照会しました。" || !f.shows("担当はどちらですか。") || !f.shows("対応待ち先：髙橋 直") || !f.shows("自分への照会 0") {
		t.Error("not asked:", f.host.LastSaid())
	}
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "conflict-asked")

	r := f.host.Replica
	r.Author, f.host.State.Person = "髙橋 直", "髙橋 直"
	f.page.Shown()
	if !f.shows("自分への照会 1") {
		t.Error("the person asked does not see it")
	}
	f.keys(fyne.KeyUp, fyne.KeyUp, fyne.KeyDown)
	f.say(t, "佐々木さんです。")
	if f.host.LastSaid() != "回答しました。" || !f.shows("対応待ち先：中村 彩") || !f.shows("自分への照会 0") {
		t.Error("not answered:", f.host.LastSaid())
	}
}

func TestTabOfWhatIsAsked(t *testing.T) {
	f := open(t, wide, func(r *kittest.Replica) {
		two(t, r, mine[:1], theirs[:1])
		two(t, r, mine, theirs)
		ids, _ := r.IDs(context.Background(), app.ConflictKind, app.Query{})
		rec, _ := r.Get(context.Background(), app.Ref{Kind: app.ConflictKind, ID: ids[len(ids)-1]})
		r.Author = "髙橋 直"
		if err := r.Do(context.Background(), rec, "ask", []string{"whom=" + r.Person("中村 彩").String(), "text=確認をお願いします。"}); err != nil {
			t.Fatal(err)
		}
		r.Author = "中村 彩"
	})
	if !f.shows("確認をお願いします。") || !f.shows("競合 1件目 / 全2件") {
		t.Error("what waits for me does not come first")
	}
	tabs := f.page.(ui.Paner).Panes()[1].(*kit.Tabs)
	tabs.Choose(1)
	if !f.shows("競合 1件目 / 全1件") {
		t.Error("the tab shows others, too")
	}
	kittest.Whole(t, f.win)
}

// TestMergeByHand: both texts stand in one, what overlaps between marks; these
// must be gone before it is taken.
func TestMergeByHand(t *testing.T) {
	var ref app.Ref
	f := open(t, wide, func(r *kittest.Replica) { ref = two(t, r, mine[2:], theirs[2:]) })
	f.ticket = ref
	f.keys(fyne.KeyF2)
	win := kittest.Window(t, f.host.Asked, 520, 300)
	win.Canvas().FocusNext()
	e := win.Canvas().Focused().(*kit.Entry)
	want := "▼ 1　中村 彩（あなた）\n" + strings.TrimPrefix(mine[2], "body=") + "\n▼ 2　髙橋 直\n" + strings.TrimPrefix(theirs[2], "body=") + "\n▲ ここまで"
	if e.Text != want {
		t.Errorf("begins with %q", e.Text)
	}
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if f.host.Asked == nil {
		t.Error("taken with its marks")
	}
	kittest.Whole(t, win)
	e.SetText("まとめた文")
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if got := f.record(t).Body; got != "まとめた文" {
		t.Error(got)
	}
}

func TestCopyBothValues(t *testing.T) {
	f := one(t)
	f.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	want := "影響\n変わる前：C 軽微\n\n中村 彩（あなた）　13:41 ±1秒　端末 0W00\nB 業務に支障\n\n髙橋 直　13:44 ±1秒　端末 0C00\nA 業務停止\n"
	if got := f.host.Desk().Clipboard().Content(); got != want {
		t.Errorf("copied %q", got)
	}
}

// TestUnsureClockIsSaid: a time that nothing vouches for says so in words.
func TestUnsureClockIsSaid(t *testing.T) {
	for lang, want := range map[app.Lang]string{app.JA: "13:44　端末の時計（誤差不明）　端末 0C00", app.EN: "13:44  device clock, error unknown  device 0C00"} {
		v := wide
		v.Lang = lang
		f := open(t, v, func(r *kittest.Replica) { r.Err = app.Unknown; two(t, r, mine, theirs) })
		if !f.shows(want) {
			t.Errorf("%s: not said: %s", lang, want)
		}
		kittest.Whole(t, f.win)
	}
}
