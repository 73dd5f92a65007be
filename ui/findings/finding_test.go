package findings_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/findings"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// opened shows what was seen in the second finding of a city.
func opened(t *testing.T, d *ui.Desk, w *world, size fyne.Size) fyne.Window {
	page := findings.Sections()[1].New(kittest.NewHost(t, d, w.Replica))
	win := kittest.Window(t, page.View(), size.Width, size.Height)
	page.Shown()
	page.(ui.Opener).Open(app.Ref{Kind: finding.Kind, ID: app.ID{1, 2}})
	for _, o := range test.LaidOutObjects(win.Content()) {
		if tabs, is := o.(*kit.Tabs); is && tabs.Visible() {
			tabs.Choose(len([]string{"form", "history", "links"}))
		}
	}
	return win
}

func TestFindingLook(t *testing.T) {
	d := kittest.Desk(t)
	w := year(t)
	for _, v := range kittest.Variants() {
		v.Set(d)
		win := opened(t, d, w, fyne.NewSize(v.W-176*v.Factor, v.H-24*v.Factor))
		kittest.Whole(t, win)
		kittest.Spoken(t, win)
		kittest.Shot(t, win, "finding-"+v.Name)
	}
}

// Where a file lies is told to who may read it; everybody else is told why not.
func TestWhereItLies(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	w := year(t)
	const path = "/share/税務/滞納者名簿.zip"
	w.Author = w.agent
	place, err := w.New(finding.PlaceKind)
	if err != nil {
		t.Fatal(err)
	}
	place.Meta().Ref.ID = app.ID{1, 2}
	w.Edit(t, place, "path="+path, "job="+w.jobs[0].String())
	size := fyne.NewSize(1100, 776)
	says(t, opened(t, d, w, size), "同じ場所に、パスワードを書いた", "口座番号", "10～99", path)
	w.Reaches = map[app.Kind]ui.Reach{finding.PlaceKind: {None: true, Roles: []app.Label{{JA: "点検担当", EN: "Security"}}}}
	win := opened(t, d, w, size)
	says(t, win, "点検結果の場所」を閲覧する権限がありません")
	if strings.Contains(kittest.Words(win), path) {
		t.Error("the path is told")
	}
}

// What comes next depends on how far a finding and its exception have come.
func TestCommands(t *testing.T) {
	d := kittest.Desk(t)
	w := year(t)
	ref := app.Ref{Kind: finding.Kind, ID: app.ID{1, 2}}
	offered := func(want ...string) {
		t.Helper()
		var all []string
		page := findings.Sections()[1].New(kittest.NewHost(t, d, w.Replica))
		kittest.Window(t, page.View(), 1100, 776)
		page.Shown()
		page.(ui.Opener).Open(ref)
		for _, a := range page.Actions() {
			all = append(all, a.Label.JA)
		}
		for _, word := range want {
			if !strings.Contains(strings.Join(all, "|"), word) {
				t.Errorf("%s is not offered: %v", word, all)
			}
		}
	}
	offered("是正の問い合わせを起票する", "確認済にする", "例外を申請する")
	w.Author = "中村 彩"
	if err := w.Do(t.Context(), w.Load(ref), "ask", []string{"reason=電算室の閉じた棚にある", "until=2027-03-31"}); err != nil {
		t.Fatal(err)
	}
	offered("例外を承認する", "例外を却下する")
	w.Author = "髙橋 直"
	if err := w.Do(t.Context(), w.Load(ref), "approve", nil); err != nil {
		t.Fatal(err)
	}
	offered("例外を終了する")
}

// Marked findings are confirmed at once; those that cannot be are told, with why.
func TestMarkedAtOnce(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	w := year(t)
	h := kittest.NewHost(t, d, w.Replica)
	page := findings.Sections()[1].New(h)
	win := kittest.Window(t, page.View(), 1100, 776)
	page.Shown()
	if words := kittest.Words(win); strings.Contains(words, "まとめて処理") {
		t.Error("something is offered while nothing is marked")
	}
	confirm := func() {
		t.Helper()
		for _, o := range test.LaidOutObjects(win.Content()) {
			if table, is := o.(*kit.Table); is && table.MarkCount() == 0 {
				table.TypedShortcut(&fyne.ShortcutSelectAll{})
			}
		}
		says(t, win, "印を付けた3件をまとめて処理")
		kittest.Whole(t, win)
		kittest.Shot(t, win, "findings-marked")
		for _, a := range page.Actions() {
			if strings.Contains(a.Label.JA, "まとめて処理") {
				a.Do()
			}
		}
		for range 2 { // which command, and whether it is meant
			card := kittest.Window(t, h.Asked, h.Card.Width, h.Card.Height)
			kittest.Whole(t, card)
			for _, b := range kittest.Buttons(card) {
				if strings.HasPrefix(b.AccessibilityLabel(), "確認済にする") {
					b.Tapped(nil)
					break
				}
			}
		}
	}
	confirm()
	if h.LastSaid() != "「確認済にする」を3件で行いました。" {
		t.Error(h.Said)
	}
	for n := range 3 {
		if f := w.Load(app.Ref{Kind: finding.Kind, ID: app.ID{1, byte(n + 1)}}).(*finding.Finding); f.State != finding.Confirmed {
			t.Error(f.Number, f.State)
		}
	}
	confirm()
	if !strings.HasPrefix(h.LastSaid(), "「確認済にする」は、3件のうち3件で行えませんでした。今の状態からは行えません。") {
		t.Error(h.Said)
	}
}
