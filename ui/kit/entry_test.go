package kit_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// TestAFieldTellsTheInputMethod whether somebody writes into it, and where.
func TestAFieldTellsTheInputMethod(t *testing.T) {
	desk := kittest.Desk(t)
	var writes []bool
	desk.Writes = func(yes bool) { writes = append(writes, yes) }
	var in fyne.CanvasObject
	var at fyne.Position
	desk.Caret = func(field fyne.CanvasObject, foot fyne.Position) { in, at = field, foot }

	line, long := kit.NewEntry(desk), kit.NewLong(desk, 3)
	c := kittest.Window(t, container.NewVBox(line, long), 200, 200).Canvas()
	c.Focus(line)
	var before fyne.Position
	for _, words := range []string{"台", "帳の題"} {
		test.Type(line, words)
		if in != line || at.X <= before.X || at.X >= 200 || at.Y <= line.Size().Height/2 || at.Y > line.Size().Height {
			t.Errorf("after %s the caret is at %v, after %v, in a field of %v", words, at, before, line.Size())
		}
		before = at
	}
	test.Type(line, strings.Repeat("長", 40))
	if at.X != line.Size().Width {
		t.Errorf("a caret out of sight is at %v of %v", at, line.Size())
	}
	c.Focus(long)
	test.Type(long, "一")
	first := at
	long.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if in != long || at.Y <= first.Y || at.X >= first.X {
		t.Errorf("in the second line the caret is at %v, in the first at %v", at, first)
	}
	c.Unfocus()
	if !slices.Equal(slices.Compact(writes), []bool{true, false, true, false}) {
		t.Errorf("somebody writes: %v", writes)
	}
}
