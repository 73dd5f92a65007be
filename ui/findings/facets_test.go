package findings_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui/findings"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// facet is the choice of the row of filters that shows a word.
func facet(t *testing.T, win fyne.Window, shows string) *kit.Select {
	t.Helper()
	for _, o := range test.LaidOutObjects(win.Content()) {
		if s, is := o.(*kit.Select); is && s.Selected == shows {
			return s
		}
	}
	t.Fatalf("no choice shows %s: %s", shows, kittest.Words(win))
	return nil
}

// The list of findings is narrowed by department, kind, state and protection, each
// with what there is, and by some of them at once.
func TestFacets(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	w := year(t)
	page := findings.Sections()[1].New(kittest.NewHost(t, d, w.Replica))
	win := kittest.Window(t, page.View(), 1800, 776)
	page.Shown()
	rows := func(want ...string) {
		t.Helper()
		for _, word := range []string{"個人番号、氏名", "口座番号", "電話番号"} {
			is, wanted := strings.Contains(kittest.Words(win), "\n"+word+"\n"), false
			for _, x := range want {
				wanted = wanted || x == word
			}
			if is != wanted {
				t.Errorf("%s is listed: %v: %s", word, is, kittest.Words(win))
			}
		}
	}
	rows("個人番号、氏名", "口座番号", "電話番号")
	facet(t, win, "所属：全て").SetSelected("所属：税務課")
	rows("個人番号、氏名", "口座番号")
	facet(t, win, "保護：全て").SetSelected("保護：パスワード")
	rows("口座番号")
	facet(t, win, "所属：税務課").SetSelected("所属：福祉総務課")
	rows()
	facet(t, win, "保護：パスワード").SetSelected("保護：全て")
	rows("電話番号")
	facet(t, win, "所属：福祉総務課").SetSelected("所属：全て")
	facet(t, win, "最も重い種別：全て").SetSelected("最も重い種別：個人番号")
	rows("個人番号、氏名")
	facet(t, win, "状態：全て").SetSelected("状態：是正中")
	rows()
}

func TestFindingsLook(t *testing.T) {
	d := kittest.Desk(t)
	w := year(t)
	for _, v := range kittest.Variants() {
		v.Set(d)
		page := findings.Sections()[1].New(kittest.NewHost(t, d, w.Replica))
		win := kittest.Window(t, page.View(), v.W-176*v.Factor, v.H-24*v.Factor)
		page.Shown()
		kittest.Whole(t, win)
		kittest.Shot(t, win, "findings-"+v.Name)
	}
}
