package kit_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// wide is a register of thirty columns: its first one stays.
type wide struct{ *list }

func (w wide) Cell(row, col int) kit.Cell { return kit.Cell{Text: fmt.Sprintf("%d-%d", row, col)} }

func wideColumns(n int) (cols []kit.Column) {
	for i := range n {
		cols = append(cols, kit.Column{Name: fmt.Sprint("c", i), Title: fmt.Sprint("項目", i), Width: 100, Fixed: i == 0})
	}
	return cols
}

func newWide(t testing.TB, cols int, w float32) (*kit.Table, fyne.Window) {
	table := kit.NewTable(kittest.Desk(t), wideColumns(cols), wide{newList(20)}, -1, false)
	win := kittest.Window(t, table, w, 26+24*5+10)
	win.Canvas().Focus(table)
	return table, win
}

func TestTableScrollsSidewaysByWholeColumns(t *testing.T) {
	table, win := newWide(t, 30, 510) // five columns, and the bar at the right
	press := func(k fyne.KeyName) { table.TypedKey(&fyne.KeyEvent{Name: k}) }
	corner := func(k fyne.KeyName) { table.TypedShortcut(ui.Ctrl(k).Shortcut()) }
	for _, c := range []struct {
		what string
		do   func()
		want []int
	}{
		{"first", func() {}, []int{0, 1, 2, 3, 4}},
		{"→", func() { press(fyne.KeyRight) }, []int{0, 2, 3, 4, 5}},
		{"→→", func() { press(fyne.KeyRight) }, []int{0, 3, 4, 5, 6}},
		{"←", func() { press(fyne.KeyLeft) }, []int{0, 2, 3, 4, 5}},
		{"wheel with Shift", func() { test.Scroll(win.Canvas(), fyne.NewPos(200, 80), -50, 0) }, []int{0, 4, 5, 6, 7}},
		{"Ctrl+End", func() { corner(fyne.KeyEnd) }, []int{0, 26, 27, 28, 29}},
		{"→ at the end", func() { press(fyne.KeyRight) }, []int{0, 26, 27, 28, 29}},
		{"Ctrl+Home", func() { corner(fyne.KeyHome) }, []int{0, 1, 2, 3, 4}},
	} {
		c.do()
		if got := table.ColumnsInSight(); !slices.Equal(got, c.want) {
			t.Errorf("after %s: columns %v in sight, want %v", c.what, got, c.want)
		}
		kittest.Whole(t, win)
	}
	if first, _ := table.Range(); first != 1 {
		t.Error("Ctrl+Home goes to the first row:", first)
	}
}

func TestTableMarksAll(t *testing.T) {
	f := newFixture(t, 50, 700, 300)
	f.TypedShortcut(&fyne.ShortcutSelectAll{})
	if f.MarkCount() != 50 {
		t.Error(f.MarkCount(), "marked, want all 50")
	}
}

// Widths that a person dragged are there again, whatever columns a newer
// version has.
func TestTableRemembersWidths(t *testing.T) {
	table, _ := newWide(t, 3, 800)
	told := 0
	table.OnResize(func() { told++ })
	table.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(150, 10)}, Dragged: fyne.NewDelta(50, 0)})
	table.DragEnd()
	kept := table.Widths()
	if told != 1 || kept["c0"] != 150 {
		t.Fatalf("told %d times, widths %v", told, kept)
	}
	kept["gone"], kept["c1"] = 80, -3
	newer, win := newWide(t, 4, 800)
	newer.SetWidths(kept)
	if got := newer.Widths(); got["c0"] != 150 || got["c1"] != 36 || got["c3"] != 100 || len(got) != 4 {
		t.Error(got)
	}
	kittest.Whole(t, win)
}

// However wide the columns and the table are, and wherever it was scrolled to:
// columns stand side by side in their order, within the table, the fixed one
// among them while it leaves room, and every column can be reached.
func TestTableColumnsProperty(t *testing.T) {
	table, win := newWide(t, 12, 600)
	rapid.Check(t, func(r *rapid.T) {
		widths := map[string]float32{}
		for i := range 12 {
			widths[fmt.Sprint("c", i)] = float32(rapid.IntRange(36, 300).Draw(r, "width"))
		}
		table.SetWidths(widths)
		room := float32(rapid.IntRange(320, 1500).Draw(r, "table"))
		win.Resize(fyne.NewSize(room, 200))
		seen := map[int]bool{}
		for at := range 13 {
			table.SideTo(at)
			got := table.ColumnsInSight()
			if !slices.IsSorted(got) || len(got) == 0 || got[0] != 0 && widths["c0"] < room/2-10 {
				r.Fatalf("columns %v in sight", got)
			}
			for _, i := range got {
				seen[i] = true
			}
			if faults := kittest.Faults(win); len(faults) > 0 {
				r.Fatal(faults)
			}
		}
		if len(seen) != 12 {
			r.Fatalf("only %v can be reached", seen)
		}
		table.SideTo(0)
	})
}

// clocks are inquiries with the time that is left for each.
type clocks struct{ *list }

func (c clocks) Cell(row, col int) kit.Cell {
	if col > 0 {
		return c.list.Cell(row, col)
	}
	return []kit.Cell{
		{Text: "× 超過 0:18", Tone: kit.Late, Used: 1}, {Text: "△ 残り 0:12", Tone: kit.Warn, Used: .9}, {Text: "残り 0:41", Used: .3},
		{Text: "■ 停止中", Tone: kit.Quiet, Used: .4}, {Text: "？ 判定不能", Tone: kit.Unsure, Used: 1}, {},
	}[row%6]
}

func TestTableOfClocks(t *testing.T) {
	cols := slices.Clone(columns)
	cols[0] = kit.Column{Title: "期限まで", Kind: kit.ClockColumn, Width: 110}
	kittest.Gallery(t, "table-clocks", 520, 26+6*24, func(d *ui.Desk) fyne.CanvasObject {
		return kit.NewTable(d, cols, clocks{newList(6)}, 0, false)
	})
}

func TestTableSidewaysLook(t *testing.T) {
	kittest.Gallery(t, "table-sideways", 480, 26+24*5+10, func(d *ui.Desk) fyne.CanvasObject {
		table := kit.NewTable(d, wideColumns(9), wide{newList(20)}, -1, false)
		table.Resize(fyne.NewSize(480, 100))
		table.SideTo(3)
		return table
	})
}
