package kit_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

var facets = []kit.Facet{
	{Choices: []string{"未完了", "自分の担当", "全て"}},
	{Label: "状態", Choices: []string{"未着手", "対応中", "完了"}},
	{Label: "影響", Choices: []string{"業務停止", "業務に支障", "軽微"}},
	{Label: "区分", Choices: []string{"機器", "ネットワーク", "アカウント"}},
}

// card keeps what was asked to be opened.
type card struct{ content fyne.CanvasObject }

func (c *card) ask(content fyne.CanvasObject, _ fyne.Size) func() {
	c.content = content
	return func() { c.content = nil }
}

func newFilterRow(t testing.TB, w float32) (*kit.FilterRow, *card, fyne.Window, *int) {
	c, told := &card{}, 0
	r := kit.NewFilterRow(kittest.Desk(t), c.ask, facets, func() { told++ })
	return r, c, kittest.Window(t, r, w, 29), &told
}

// choose takes an option of the select that shows a text.
func choose(t *testing.T, in fyne.CanvasObject, shows, option string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		if s, ok := o.(*kit.Select); ok && s.Selected == shows {
			s.SetSelected(option)
			return
		}
	}
	t.Fatal("no choice shows", shows)
}

func TestFilterRow(t *testing.T) {
	r, _, win, told := newFilterRow(t, 1000)
	all := func() (out []int) {
		for i := range facets {
			out = append(out, r.Chosen(i))
		}
		return out
	}
	if got := all(); !slices.Equal(got, []int{0, -1, -1, -1}) || *told != 0 {
		t.Fatal(got, *told)
	}
	choose(t, win.Content(), "状態：全て", "状態：対応中")
	choose(t, win.Content(), "未完了", "自分の担当")
	if got := all(); !slices.Equal(got, []int{1, 1, -1, -1}) || *told != 2 {
		t.Error(got, *told)
	}
	r.Clear()
	if got := all(); !slices.Equal(got, []int{0, -1, -1, -1}) || *told != 3 {
		t.Error(got, *told)
	}
}

// A facet without room is on a card, and what it narrows is still said.
func TestFilterRowThatIsTooNarrow(t *testing.T) {
	r, c, win, told := newFilterRow(t, 330)
	kittest.Whole(t, win)
	if !strings.Contains(kittest.Words(win), "ほかの条件") || strings.Contains(kittest.Words(win), "区分") {
		t.Fatal(kittest.Words(win))
	}
	for _, o := range test.LaidOutObjects(win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == "ほかの条件" {
			b.Tapped(nil)
		}
	}
	if c.content == nil {
		t.Fatal("no card was opened")
	}
	over := kittest.Window(t, c.content, 340, 240)
	kittest.Whole(t, over)
	choose(t, over.Content(), "区分：全て", "区分：アカウント")
	if r.Chosen(3) != 2 || *told != 1 {
		t.Error(r.Chosen(3), *told)
	}
	if !strings.Contains(kittest.Words(win), "1件を適用中") {
		t.Error("a condition out of sight must be said:", kittest.Words(win))
	}
	kittest.Whole(t, win)
}

func TestFilterRowLook(t *testing.T) {
	kittest.Gallery(t, "filterrow", 700, 29, func(d *ui.Desk) fyne.CanvasObject {
		r := kit.NewFilterRow(d, (&card{}).ask, facets, nil)
		r.Choose(1, 1)
		return r
	})
}

// Other choices come while one is chosen: it stays, unless it is there no more.
func TestChoicesChange(t *testing.T) {
	r, _, win, told := newFilterRow(t, 1000)
	choose(t, win.Content(), "区分：全て", "区分：機器")
	for _, c := range []struct {
		choices []string
		chosen  int
		shows   string
		told    int
	}{
		{[]string{"書類", "機器"}, 1, "区分：機器", 1},
		{[]string{"書類", "機器"}, 1, "区分：機器", 1},
		{[]string{"書類"}, -1, "区分：全て", 2},
		{nil, -1, "区分：全て", 2},
	} {
		if r.SetChoices(3, c.choices); r.Chosen(3) != c.chosen || *told != c.told || !strings.Contains(kittest.Words(win), c.shows) {
			t.Errorf("%q: %d is chosen, told %d times: %s", c.choices, r.Chosen(3), *told, kittest.Words(win))
		}
	}
}
