package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// Lines of a paragraph hold every rune, none is wider than asked for, and none
// begins with a mark that may not begin a line.
func TestWrapProperty(t *testing.T) {
	d := kittest.Desk(t)
	p := kit.NewPen(d.Look)
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringMatching(`[あ漢、。（）「」ーッA-Z0-9 .\n]{0,60}`).Draw(r, "text")
		w := float32(rapid.IntRange(60, 300).Draw(r, "width"))
		lines := p.Wrap(s, p.Body(), w)
		if strings.Join(lines, "") != strings.ReplaceAll(s, "\n", "") {
			r.Fatalf("runes were lost: %q → %q", s, lines)
		}
		for _, l := range lines {
			if n := p.Width(strings.TrimRight(l, " "), p.Body()); n > w+1 {
				r.Fatalf("%q is %v wide, want %v", l, n, w)
			}
		}
	})
}

func TestWrapKeepsMarksWithTheirWord(t *testing.T) {
	p := kit.NewPen(kittest.Desk(t).Look)
	for _, c := range []struct {
		text string
		w    float32
		want []string
	}{
		{"確認しました。次へ", p.Width("確認しました", p.Body()), []string{"確認しま", "した。次へ"}},
		{"リスク R-0027 の増加", p.Width("リスク R-00", p.Body()), []string{"リスク ", "R-0027 の", "増加"}},
		{"一行目\n二行目", 300, []string{"一行目", "二行目"}},
	} {
		got := p.Wrap(c.text, p.Body(), c.w)
		for _, l := range got {
			if strings.HasPrefix(l, "。") || strings.HasPrefix(l, " ") || strings.HasPrefix(l, "27") {
				t.Errorf("%q: %q", c.text, got)
			}
		}
		if strings.Join(got, "") != strings.Join(c.want, "") {
			t.Errorf("%q", got)
		}
	}
}

// A text that has no room ends in an ellipsis and stays within its box.
func TestTextNeverLeavesItsBox(t *testing.T) {
	d := kittest.Desk(t)
	for _, f := range []float32{1, 1.15, 1.3} {
		d.Look.Set(false, f)
		s := kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
			for i, st := range []kit.Style{p.Body(), p.Body().R(), p.Body().C(), p.Title(), p.Label().M().R()} {
				p.Text(10, float32(i)*40, w-20, 40, "窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）", st)
			}
			p.Balanced(10, 210, w-20, 22, strings.Repeat("窓口端末から印刷できない。", 9), p.Subject(), 3)
		})
		win := kittest.Window(t, s, 240, 400)
		kittest.Whole(t, win)
		if n := strings.Count(test.RenderToMarkup(win.Canvas()), "…"); n != 6 {
			t.Errorf("at %v: %d texts end in an ellipsis, want 6", f, n)
		}
	}
}

func TestBalancedLeavesNoLonelyRunes(t *testing.T) {
	d := kittest.Desk(t)
	var lines []string
	win := kittest.Window(t, kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
		p.Balanced(0, 0, w, 22, "窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）", p.Subject(), 3)
		lines = p.Wrap("窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）", p.Subject(), w)
	}), 380, 60)
	markup := test.RenderToMarkup(win.Canvas())
	if strings.Contains(markup, ">"+lines[len(lines)-1]+"<") {
		t.Error("the last line must be longer than the remainder:", lines)
	}
}

func TestButton(t *testing.T) {
	d := kittest.Desk(t)
	pressed := 0
	b := kit.NewButton(d, kit.Primary, "受け付ける", ui.Ctrl(fyne.KeyN), func() { pressed++ })
	win := kittest.Window(t, b, b.Need(), 28)
	kittest.Whole(t, win)
	test.AssertRendersToMarkup(t, "button.xml", win.Canvas())
	b.Tapped(nil)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) // and its rune
	b.TypedRune(' ')
	b.TypedRune(' ') // of a Space that brought the keyboard here
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.Enable(false)
	b.Tapped(nil)
	if pressed != 3 {
		t.Error("pressed", pressed, "times, want 3")
	}
	if b.AccessibilityLabel() != "受け付ける" || b.AccessibilityRole() != fyne.AccessibleRoleButton {
		t.Error("a screen reader hears the verb")
	}
	if strings.Contains(test.RenderToMarkup(win.Canvas()), "…") {
		t.Error("a button is as wide as its words")
	}
}

func TestUnknownKeysGoToTheWindow(t *testing.T) {
	d := kittest.Desk(t)
	var keys []fyne.KeyName
	var shortcuts int
	d.Key = func(e *fyne.KeyEvent) bool { keys = append(keys, e.Name); return true }
	d.Shortcut = func(fyne.Shortcut) bool { shortcuts++; return true }
	widgets := []interface {
		fyne.Focusable
		fyne.Shortcutable
	}{kit.NewEntry(d), kit.NewLong(d, 3), kit.NewSelect(d, nil, nil), kit.NewCheck(d, nil), kit.NewButton(d, kit.Secondary, "x", ui.Key{}, nil),
		kit.NewTabs(d, nil, kit.Tab{Word: "x"}), kit.NewTable(d, nil, newList(0), -1, false), kit.NewConflictPair(d, nil, nil)}
	for _, w := range widgets {
		w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF5})
		w.TypedShortcut(ui.Ctrl(fyne.KeyK).Shortcut())
	}
	if len(keys) != len(widgets) || shortcuts != len(widgets) {
		t.Errorf("%d keys and %d shortcuts of %d widgets reached the window", len(keys), shortcuts, len(widgets))
	}
}

func TestTabs(t *testing.T) {
	d := kittest.Desk(t)
	at := -1
	tabs := kit.NewTabs(d, func(n int) { at = n }, kit.Tab{Word: "内容", Count: -1}, kit.Tab{Word: "経過", Count: 5}, kit.Tab{Word: "関連", Count: 0})
	win := kittest.Window(t, tabs, 300, 29)
	test.AssertRendersToMarkup(t, "tabs.xml", win.Canvas())
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyRight, 1}, {fyne.KeyRight, 2}, {fyne.KeyRight, 2}, {fyne.KeyLeft, 1}} {
		tabs.TypedKey(&fyne.KeyEvent{Name: c.key})
		if tabs.At() != c.want || at != c.want {
			t.Error(c, tabs.At(), at)
		}
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(25, 10))
	if tabs.At() != 0 {
		t.Error("a click chooses:", tabs.At())
	}
}

func TestOverlayTakesClicksBesideIt(t *testing.T) {
	d := kittest.Desk(t)
	away := 0
	inside := kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
		p.Text(10, 10, w-20, 20, "本当に完了にしますか。", p.Body())
	})
	o := kit.NewOverlay(d, inside, fyne.NewSize(300, 200), func() { away++ })
	win := kittest.Window(t, o, 800, 600)
	kittest.Whole(t, win)
	test.TapCanvas(win.Canvas(), fyne.NewPos(400, 150))
	if away != 0 {
		t.Error("a click on the card is not beside it")
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, 300))
	if away != 1 {
		t.Error("a click beside the card closes it")
	}
	test.AssertRendersToMarkup(t, "overlay.xml", win.Canvas())
}

func TestMarksAndHints(t *testing.T) {
	d := kittest.Desk(t)
	win := kittest.Window(t, kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
		x := float32(8)
		for _, m := range []kit.Mark{{Glyph: "○", Word: "未着手"}, {Glyph: "◎", Word: "対応中", Tone: kit.Info}, {Glyph: "●", Word: "完了", Tone: kit.Good}, {Glyph: "▽", Word: "差戻し", Tone: kit.Warn}, {Glyph: "×", Word: "超過", Tone: kit.Late}, {Glyph: "？", Word: "判定不能", Tone: kit.Unsure}, {Glyph: "■", Word: "停止中", Tone: kit.Quiet}} {
			x += p.Badge(x, 8, m) + 8
		}
		p.Hints(8, 36, w-8, kit.KeyHint{Key: "↑↓", Does: "選ぶ"}, kit.KeyHint{Key: "Enter", Does: "開く"}, kit.KeyHint{Key: "Esc", Does: "閉じる"})
		p.Panel(8, 76, w-16, "経過", "新しい順")
		p.ProductSeal(8, 110, 20)
		p.Empty(0, 130, w, 100, "期限の近い問い合わせはありません。", "全て表示 →")
	}), 620, 240)
	kittest.Whole(t, win)
	kittest.Shot(t, win, "kit-marks")
	test.AssertRendersToMarkup(t, "marks.xml", win.Canvas())
}
