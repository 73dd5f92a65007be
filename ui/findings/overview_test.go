package findings_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/finding"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/kit/chart"
	"daicho/ui/kit/kittest"
)

func TestOverviewLook(t *testing.T) {
	d := kittest.Desk(t)
	w := year(t)
	for _, v := range kittest.Variants() {
		v.Set(d)
		page, _ := overviewOf(t, d, w)
		win := kittest.Window(t, page.View(), v.W-176*v.Factor, v.H-24*v.Factor)
		page.Shown()
		kittest.Whole(t, win)
		kittest.Spoken(t, win)
		kittest.Shot(t, win, "overview-"+v.Name)
		if v.Name == "1280-ja" {
			test.AssertRendersToMarkup(t, "overview.xml", win.Canvas())
		}
		into(t, win, "福祉総務課")
		kittest.Whole(t, win)
		kittest.Shot(t, win, "overview-drilled-"+v.Name)
	}
}

// tree is the map on a page.
func tree(t *testing.T, win fyne.Window) *chart.TreeMap {
	t.Helper()
	for _, o := range test.LaidOutObjects(win.Content()) {
		if m, is := o.(*chart.TreeMap); is {
			return m
		}
	}
	t.Fatal("no map")
	return nil
}

// into goes to a part of the map with the keyboard, and into it.
func into(t *testing.T, win fyne.Window, part string) {
	t.Helper()
	m := tree(t, win)
	win.Canvas().Focus(m)
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for range len(departments) {
		if strings.Contains(m.AccessibilityLabel(), part) {
			m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
		m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	t.Fatalf("%s is not on the map", part)
}

// shown is a page in a window.
func shown(t *testing.T, w *world) (ui.Page, *kittest.Host, fyne.Window) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	page, h := overviewOf(t, d, w)
	win := kittest.Window(t, page.View(), 1100, 776)
	page.Shown()
	return page, h, win
}

func says(t *testing.T, win fyne.Window, words ...string) {
	t.Helper()
	all := kittest.Words(win)
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("the page does not say %q: %s", w, all)
		}
	}
}

// The figures are the sums of the last runs: 957 files lie unprotected, 2,834 are
// protected, and there were 1,037 a month ago.
func TestFigures(t *testing.T) {
	_, _, win := shown(t, year(t))
	says(t, win, "25.24%", "957 / 3,791件", "957件", "前回比 ▲80", "減少", "税務課", "0.51%", "214 / 41,200件")
}

// The map shows people in the place of files: at least 100 in the one file of 税務課
// that nothing protects, and one in that of 福祉総務課.
func TestPeopleOnTheMap(t *testing.T) {
	_, _, win := shown(t, year(t))
	for _, b := range kittest.Buttons(win) {
		if b.AccessibilityLabel() == "面積：ファイル数" {
			b.Tapped(nil)
		}
	}
	says(t, win, "面積：推定人数", "推定 100人以上")
	m := tree(t, win)
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for !strings.Contains(m.AccessibilityLabel(), "福祉総務課") {
		m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	if !strings.Contains(m.AccessibilityLabel(), "推定 1人以上") {
		t.Error(m.AccessibilityLabel())
	}
}

// A part of the map leads to its files, and these to their records; Esc goes back.
func TestDrillDown(t *testing.T) {
	page, h, win := shown(t, year(t))
	into(t, win, "税務課")
	says(t, win, "個人番号、氏名", "100～999", "税務課　1件") // the one with a password is no unprotected one
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if want := (app.Ref{Kind: finding.Kind, ID: app.ID{1, 1}}); len(h.Opened) != 1 || h.Opened[0] != want {
		t.Error(h.Opened)
	}
	if back := page.(ui.Backer); !back.Back() || back.Back() {
		t.Error("Esc does not leave the part, or leaves more than that")
	}
	if strings.Contains(kittest.Words(win), "個人番号、氏名") {
		t.Error("its files are shown still")
	}
}

// Nobody has registered a scan, nobody has run one, and a person may not read them:
// each says what to do.
func TestNothingThere(t *testing.T) {
	empty := &world{Replica: kittest.NewReplica(t, modules.Book())}
	page, h, win := shown(t, empty)
	says(t, win, "点検がまだ登録されていません。", "点検を登録する")
	page.Actions()[0].Do()
	if len(h.Begun) != 1 || h.Begun[0] != finding.JobKind {
		t.Error(h.Begun)
	}
	_, _, win = shown(t, newWorld(t))
	says(t, win, "まだ一度も実行されていません。", "○ 未実施", "本庁舎の共有フォルダー")
	empty.Reaches = map[app.Kind]ui.Reach{finding.RunKind: {None: true, Roles: []app.Label{{JA: "点検担当", EN: "Security"}}}}
	page, _, win = shown(t, empty)
	says(t, win, "権限がありません", "点検担当")
	if page.Actions() != nil {
		t.Error("there is something to do")
	}
}

// The report is made of a period and saved where the person chose.
func TestReport(t *testing.T) {
	page, h, win := shown(t, year(t))
	for _, form := range []struct{ button, begins string }{{"PDF", "%PDF-"}, {"Excel", "PK"}} {
		h.Wrote = ""
		page.Actions()[1].Do()
		card := kittest.Window(t, h.Asked, h.Card.Width, h.Card.Height)
		kittest.Whole(t, card)
		says(t, card, "令和8年11月1日から令和8年11月20日まで")
		for _, b := range kittest.Buttons(card) {
			if b.AccessibilityLabel() == form.button {
				b.Tapped(nil)
			}
		}
		if !strings.HasPrefix(h.Wrote, form.begins) || !strings.Contains(h.LastSaid(), "個人情報ファイル点検報告書-20261120") {
			t.Errorf("%s: %d bytes, %s", form.button, len(h.Wrote), h.LastSaid())
		}
	}
	kittest.Whole(t, win)
}
