package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

var channels = []string{"選んでください", "電話", "来訪", "Web", "メール", "巡回", "監視", "Webフォーム"}

// newSelect is a choice at a height of a window, that has the keyboard.
func newSelect(t testing.TB, words []string, y float32) (*kit.Select, fyne.Window, *[]string) {
	d, got := kittest.Desk(t), &[]string{}
	s := kit.NewSelect(d, words, func(word string) { *got = append(*got, word) })
	s.Name("受付経路")
	win := kittest.Window(t, kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) { p.Add(s, 20, y, 120, 29) }), 400, 400)
	win.Canvas().Focus(s)
	return s, win, got
}

// What keys do in the closed choice, and in its open list.
func TestSelectByKeyboard(t *testing.T) {
	const open, take = fyne.KeySpace, fyne.KeyReturn
	for _, c := range []struct {
		what string
		keys []any // a key, or words that are typed
		want string
	}{
		{"↓ chooses", []any{fyne.KeyDown, fyne.KeyDown}, "来訪"},
		{"↑ chooses", []any{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp}, "電話"},
		{"the list", []any{open, fyne.KeyDown, fyne.KeyDown, take}, "来訪"},
		{"Space takes", []any{open, fyne.KeyEnd, fyne.KeyUp, fyne.KeySpace}, "監視"},
		{"Esc takes nothing", []any{open, fyne.KeyEnd, fyne.KeyEscape}, "選んでください"},
		{"the blank of Space", []any{open, " ", take}, "選んでください"},
		{"typed", []any{open, "w", take}, "Web"},
		{"typed again", []any{open, "ww", take}, "Webフォーム"},
		{"typed on", []any{open, "webフ", take}, "Webフォーム"},
		{"nothing begins so", []any{open, "x", take}, "選んでください"},
		{"typed after a move", []any{open, "w", fyne.KeyDown, "e", "w", take}, "Webフォーム"},
	} {
		s, win, _ := newSelect(t, channels, 20)
		s.SetSelectedIndex(0)
		for _, k := range c.keys {
			at := win.Canvas().Focused()
			if name, isKey := k.(fyne.KeyName); isKey {
				at.TypedKey(&fyne.KeyEvent{Name: name})
			} else {
				test.Type(at, k.(string))
			}
		}
		if s.Selected != c.want {
			t.Errorf("%s: %s, want %s", c.what, s.Selected, c.want)
		}
		if win.Canvas().Focused() != s || win.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: the keyboard is in %T", c.what, win.Canvas().Focused())
		}
	}
}

// Where nothing is chosen the list has no cursor: Enter takes nothing, ↓ goes to the
// first word.
func TestSelectOfNothing(t *testing.T) {
	s, win, got := newSelect(t, channels[1:], 20)
	for _, keys := range [][]fyne.KeyName{{fyne.KeySpace, fyne.KeyReturn}, {fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn}} {
		for _, k := range keys {
			win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
			kittest.Spoken(t, win)
		}
	}
	if s.Selected != "電話" || len(*got) != 1 {
		t.Error(s.Selected, *got)
	}
}

// A click opens the list, another takes a word, one beside it none; each is told
// once.
func TestSelectByMouse(t *testing.T) {
	s, win, got := newSelect(t, channels, 20)
	click := func(x, y float32) { test.TapCanvas(win.Canvas(), fyne.NewPos(x, y)) }
	click(30, 30)
	click(40, 55+28*2+10)
	click(30, 30)
	click(390, 390)
	if s.Selected != "来訪" || len(*got) != 1 {
		t.Error(s.Selected, *got)
	}
}

// Wherever the choice stands and however many words there are, the list is whole,
// and every word can be reached.
func TestSelectListIsWhole(t *testing.T) {
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprintf("区分%d", i+1))
	}
	for _, words := range [][]string{channels, many, {"本人の請求（個人情報の保護に関する法律第98条）による消去を決定した場合"}} {
		for _, y := range []float32{0, 180, 370} {
			s, win, _ := newSelect(t, words, y)
			test.Tap(s)
			for range words {
				kittest.Whole(t, win)
				kittest.Spoken(t, win)
				win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			}
			win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			if s.Selected != words[len(words)-1] {
				t.Errorf("%d words at %v: %s", len(words), y, s.Selected)
			}
		}
	}
}
