package rejects_test

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
	"daicho/ui/rejects"
)

type fixture struct {
	host   *kittest.Host
	page   ui.Page
	win    fyne.Window
	ticket app.Ref
}

var stale = app.Label{JA: "「状態」が先に変更されています。内容を確認の上、もう一度実行してください。", EN: "changed by someone else meanwhile; look at it and try again"}

// open shows the page over two refused changes of one ticket, which somebody
// else has changed since; or over none.
func open(t testing.TB, v kittest.Variant, some bool) *fixture {
	d := kittest.Desk(t)
	v.Set(d)
	r := kittest.NewReplica(t, modules.Book())
	f := &fixture{host: kittest.NewHost(t, d, r)}
	if some {
		f.ticket = r.Add(t, ticket.Kind, "title=マイナポータル連携の受付データが取り込めない", "channel=phone", "impact=minor", "body=受付データを取り込むとエラーになる。")
		rec, _ := r.Get(context.Background(), f.ticket)
		r.Refuse(rec, stale, "impact=stopped", "body=受付データの項目数が仕様書（第3.2版）と合わない。\n市民課で再取得を依頼した。")
		r.RefuseCommand(f.ticket, []app.Cell{{Field: "state"}, {Field: "assignee"}}, stale, "dispatch", "who=水野 健")
		now, _ := r.Get(context.Background(), f.ticket)
		r.Edit(t, now, "impact=hindered")
		now, _ = r.Get(context.Background(), f.ticket)
		if err := r.Do(context.Background(), now, "start", nil); err != nil {
			t.Fatal(err)
		}
	}
	f.page = rejects.Section().New(f.host)
	f.win = kittest.Window(t, f.page.View(), v.W, v.H)
	f.page.Shown()
	return f
}

var wide = kittest.Variant{W: 1103, H: 776, Lang: app.JA, Factor: 1}

func (f *fixture) act(t *testing.T, label string) {
	t.Helper()
	i := slices.IndexFunc(f.page.Actions(), func(a ui.Action) bool { return a.Label.JA == label })
	if i < 0 {
		t.Fatal("no action", label)
	}
	f.page.Actions()[i].Do()
}

func (f *fixture) shows(s string) bool { return strings.Contains(kittest.Words(f.win), s) }

func (f *fixture) down() { f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) }

func TestWholeInEveryVariant(t *testing.T) {
	for _, v := range kittest.Variants() {
		nav := float32(177)
		if v.W/v.Factor < 1200 {
			nav = 49
		}
		v.W, v.H = v.W-nav*v.Factor, v.H-24*v.Factor
		f := open(t, v, true)
		kittest.Whole(t, f.win)
		kittest.Shot(t, f.win, "reject-"+v.Name)
		f.down()
		kittest.Whole(t, f.win)
		kittest.Shot(t, f.win, "reject-command-"+v.Name)
		empty := open(t, v, false)
		kittest.Whole(t, empty.win)
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}

// TestSaysWhatWasWantedAndWhyNot: field by field, and where others have changed it since.
func TestSaysWhatWasWantedAndWhyNot(t *testing.T) {
	f := open(t, wide, true)
	for _, s := range []string{"差し戻しの理由：「状態」が先に変更されています。", "C 軽微", "A 業務停止", "△ B 業務に支障", "市民課で再取得を依頼した。", "差し戻し中 2"} {
		if !f.shows(s) {
			t.Error("does not show", s)
		}
	}
	f.down()
	for _, s := range []string{"技術者", "水野 健", "操作の前提", "未着手", "△ 対応中", "現地対応を手配する", "端末の時計（誤差不明）"} {
		if !f.shows(s) {
			t.Error("of the command: does not show", s)
		}
	}
	if f.shows("訪問希望") {
		t.Error("shows what has not changed")
	}
}

func TestRetry(t *testing.T) {
	f := open(t, wide, true)
	f.act(t, "やり直す")
	rec, err := f.host.Replica.Get(context.Background(), f.ticket)
	if err != nil || rec.(*ticket.Ticket).Impact != ticket.Stopped || !strings.HasPrefix(f.host.LastSaid(), "現在の記録に対してやり直しました。") || !f.shows("差し戻し中 1") {
		t.Errorf("%+v, %v, %s", rec, err, f.host.LastSaid())
	}
}

// TestRetryInVain: the reason is said, and the change stays.
func TestRetryInVain(t *testing.T) {
	f := open(t, wide, true)
	f.host.Replica.Fail = app.Refuse(app.Stale, "", stale.JA, stale.EN)
	f.page.Actions()[0].Do()
	f.host.Replica.Fail = nil
	f.page.Shown()
	if f.host.Tone != kit.Late || f.host.LastSaid() != stale.JA || !f.shows("差し戻し中 2") {
		t.Error(f.host.LastSaid())
	}
}

func TestCopy(t *testing.T) {
	f := open(t, wide, true)
	f.act(t, "入力した値をコピー")
	want := "影響：A 業務停止\n内容：\n受付データの項目数が仕様書（第3.2版）と合わない。\n市民課で再取得を依頼した。\n"
	if got := f.host.Desk().Clipboard().Content(); got != want {
		t.Errorf("copied %q", got)
	}
}

func TestOpenTheRecord(t *testing.T) {
	f := open(t, wide, true)
	f.act(t, "記録を開く")
	if len(f.host.Opened) != 1 || f.host.Opened[0] != f.ticket {
		t.Error(f.host.Opened)
	}
}

// TestDismissalIsARecord: it takes a second step, and stands behind the other tab.
func TestDismissalIsARecord(t *testing.T) {
	f := open(t, wide, true)
	f.act(t, "取り下げる")
	if f.host.Asked == nil || !f.shows("差し戻し中 2") {
		t.Fatal("dismissed at once")
	}
	win := kittest.Window(t, f.host.Asked, 520, 290)
	kittest.Whole(t, win)
	kittest.Shot(t, win, "reject-dismiss")
	win.Canvas().FocusNext()
	e := win.Canvas().Focused().(*kit.Entry)
	e.SetText("二重に入力したため")
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if f.host.LastSaid() != "取り下げました。取下げの記録に残ります。" || !f.shows("差し戻し中 1") {
		t.Error(f.host.LastSaid())
	}
	r := f.host.Replica
	ids, err := r.IDs(context.Background(), app.DismissalKind, app.Query{})
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	f.page.(ui.Opener).Open(app.Ref{Kind: app.DismissalKind, ID: ids[0]})
	if !f.shows("二重に入力したため") {
		t.Error("the record does not tell why")
	}
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "reject-done")
	if n, err := rejects.Section().Count(context.Background(), r); n != 1 || err != nil {
		t.Errorf("%d wait, %v", n, err)
	}
}

// What the server said is one field, named so in the window's language.
func TestDismissalInOneLanguage(t *testing.T) {
	for lang, c := range map[app.Lang]struct{ name, says, other string }{
		app.JA: {"\n差し戻しの理由\n", "「状態」が先に変更されています", "changed by"}, app.EN: {"\nWhy it was refused\n", "changed by someone else", "先に変更"},
	} {
		v := wide
		v.Lang = lang
		f := open(t, v, true)
		list, err := f.host.Replica.Rejected(t.Context())
		if err == nil {
			err = f.host.Replica.Dismiss(t.Context(), list[0].Seq, "二重に入力したため")
		}
		if err != nil {
			t.Fatal(err)
		}
		ids, err := f.host.Replica.IDs(t.Context(), app.DismissalKind, app.Query{})
		if err != nil || len(ids) != 1 {
			t.Fatal(ids, err)
		}
		f.page.(ui.Opener).Open(app.Ref{Kind: app.DismissalKind, ID: ids[0]})
		words := kittest.Words(f.win)
		if strings.Count(words, c.name) != 2 || !strings.Contains(words, c.says) || strings.Contains(words, c.other) || strings.Contains(words, "(English)") || strings.Contains(words, "（英語）") {
			t.Errorf("%s: in the list and on the record: %s", lang, words)
		}
		kittest.Shot(t, f.win, "reject-done-"+string(lang))
	}
}

func TestGolden(t *testing.T) {
	f := open(t, wide, true)
	test.AssertRendersToMarkup(t, "rejects.xml", f.win.Canvas())
}
