package kit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"daicho/app"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// list is a source of numbered inquiries.
type list struct {
	refs  []app.Ref
	order []int
}

func newList(n int) *list {
	l := &list{}
	for i := range n {
		ref := app.Ref{Kind: "ticket"}
		ref.ID[0], ref.ID[1], ref.ID[2] = byte(i>>16), byte(i>>8), byte(i)
		l.refs, l.order = append(l.refs, ref), append(l.order, i)
	}
	return l
}

func (l *list) Len() int            { return len(l.order) }
func (l *list) Ref(row int) app.Ref { return l.refs[l.order[row]] }
func (l *list) Row(ref app.Ref) int {
	return slices.IndexFunc(l.order, func(i int) bool { return l.refs[i] == ref })
}
func (l *list) Sort(col int, desc bool) { slices.Reverse(l.order) }

var states = []kit.Mark{{Glyph: "◎", Word: "対応中", Tone: kit.Info}, {Glyph: "○", Word: "未着手"}, {Glyph: "□", Word: "回答待ち", Tone: kit.Quiet}, {Glyph: "▽", Word: "差戻し", Tone: kit.Warn}}

func (l *list) Cell(row, col int) kit.Cell {
	i := l.order[row]
	switch col {
	case 0:
		m := states[i%4]
		return kit.Cell{Text: m.String(), Tone: m.Tone}
	case 1:
		return kit.Cell{Text: fmt.Sprintf("%06d", 4131-i), Tone: kit.Quiet}
	case 2:
		return kit.Cell{Text: []string{"議会中継用PCの音声が出ない", "窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）", "会議室の無線LANにつながらない"}[i%3], Bold: i%4 == 1}
	case 3:
		return kit.Cell{Text: "市民課", Tone: kit.Quiet}
	}
	return kit.Cell{Text: fmt.Sprint(i * 15)}
}

var columns = []kit.Column{
	{Title: "状態", Kind: kit.BadgeColumn, Width: 86, Sortable: true},
	{Title: "番号", Kind: kit.MonoColumn, Width: 60, Sortable: true},
	{Title: "件名", Flex: true, Min: 120, Sortable: true},
	{Title: "所属", Width: 88, Drop: 600},
	{Title: "工数（分）", Kind: kit.NumColumn, Width: 76, Drop: 460},
}

type fixture struct {
	*kit.Table
	src      *list
	win      fyne.Window
	selected []app.Ref
	opened   []app.Ref
}

func newFixture(t testing.TB, rows int, w, h float32) *fixture {
	d := kittest.Desk(t)
	f := &fixture{src: newList(rows)}
	f.Table = kit.NewTable(d, slices.Clone(columns), f.src, 1, false)
	f.OnSelect(func(r app.Ref) { f.selected = append(f.selected, r) })
	f.OnOpen(func(r app.Ref) { f.opened = append(f.opened, r) })
	f.win = kittest.Window(t, f.Table, w, h)
	return f
}

func (f *fixture) press(names ...fyne.KeyName) {
	for _, n := range names {
		f.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (f *fixture) shift(names ...fyne.KeyName) {
	f.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	f.press(names...)
	f.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func (f *fixture) row() int { return f.src.Row(f.Cursor()) }

func TestTableKeys(t *testing.T) {
	f := newFixture(t, 100, 700, 26+10*24) // ten rows in sight
	f.win.Canvas().Focus(f.Table)
	for _, c := range []struct {
		key   fyne.KeyName
		row   int
		first int
	}{
		{fyne.KeyDown, 1, 1}, {fyne.KeyUp, 0, 1}, {fyne.KeyUp, 0, 1}, {fyne.KeyPageDown, 9, 1}, {fyne.KeyDown, 10, 2},
		{fyne.KeyEnd, 99, 91}, {fyne.KeyDown, 99, 91}, {fyne.KeyPageUp, 90, 91}, {fyne.KeyUp, 89, 90}, {fyne.KeyHome, 0, 1},
	} {
		f.press(c.key)
		if first, _ := f.Range(); f.row() != c.row || first != c.first {
			t.Fatalf("after %s: row %d, first in sight %d, want %d and %d", c.key, f.row(), first, c.row, c.first)
		}
	}
	f.press(fyne.KeyReturn)
	if len(f.opened) != 1 || f.opened[0] != f.src.refs[0] {
		t.Error("Enter must open the record of the cursor:", f.opened)
	}
}

func TestTableMarksStayWithTheirRecords(t *testing.T) {
	f := newFixture(t, 30, 700, 400)
	f.win.Canvas().Focus(f.Table)
	f.press(fyne.KeyDown)
	f.shift(fyne.KeyDown, fyne.KeyDown)
	want := f.src.refs[1:4]
	if !slices.Equal(f.Marked(), want) {
		t.Fatal("Shift must mark the range:", f.Marked())
	}
	f.SortBy(2)
	f.Reload()
	if got := f.Marked(); len(got) != 3 || !slices.Contains(got, want[0]) || f.Cursor() != f.src.refs[3] {
		t.Error("marks and cursor must stay with their records when the order changes", got)
	}
	f.press(fyne.KeySpace)
	if f.MarkCount() != 2 {
		t.Error("Space takes the mark of the cursor away")
	}
	f.src.order = f.src.order[:5] // records 29 to 25: the marked ones are gone
	f.Reload()
	if f.MarkCount() != 0 {
		t.Error("marks of records that are gone must go")
	}
}

func TestTableCopiesRowsForSpreadsheets(t *testing.T) {
	f := newFixture(t, 5, 400, 300) // too narrow for two columns: they are copied all the same
	f.win.Canvas().Focus(f.Table)
	f.shift(fyne.KeyDown)
	f.TypedShortcut(&fyne.ShortcutCopy{})
	want := "◎ 対応中\t004131\t議会中継用PCの音声が出ない\t市民課\t0\n○ 未着手\t004130\t窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）\t市民課\t15\n"
	if got := f.TSV(); got != want {
		t.Errorf("%q", got)
	}
}

func TestTableMouse(t *testing.T) {
	f := newFixture(t, 100, 700, 26+10*24)
	at := func(x, y float32) { test.TapCanvas(f.win.Canvas(), fyne.NewPos(x, y)) }
	at(300, 26+24*3+5)
	if f.row() != 3 || len(f.opened) != 0 {
		t.Error("a click selects:", f.row())
	}
	at(300, 26+24*3+5)
	if len(f.opened) != 1 {
		t.Error("a click on the selected row opens it")
	}
	test.Scroll(f.win.Canvas(), fyne.NewPos(300, 100), 0, -25)
	if first, last := f.Range(); first != 3 || last != 12 {
		t.Error("the wheel scrolls by whole rows:", first, last)
	}
	first := f.src.Ref(0)
	at(300, 10)
	if f.src.Ref(0) == first {
		t.Error("a click on a head sorts")
	}
}

func TestTableDragOfAHeadResizes(t *testing.T) {
	f := newFixture(t, 10, 700, 300)
	f.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(124, 10)}, Dragged: fyne.NewDelta(40, 0)}) // begun at 84
	f.DragEnd()
	if !strings.Contains(test.RenderObjectToMarkup(f.Table), `pos="134,0"`) { // 86 + 40 + 8
		t.Error("the second column must begin 40 further right")
	}
}

func TestTableDropsColumnsBeforeWordsShrink(t *testing.T) {
	for w, want := range map[float32][]string{700: {"所属", "工数（分）"}, 560: {"工数（分）"}, 420: nil} {
		f := newFixture(t, 3, w, 300)
		markup := test.RenderObjectToMarkup(f.Table)
		for _, title := range []string{"所属", "工数（分）"} {
			if strings.Contains(markup, title) != slices.Contains(want, title) {
				t.Errorf("%v wide: %s", w, title)
			}
		}
		kittest.Whole(t, f.win)
	}
}

func TestTableEmpty(t *testing.T) {
	f := newFixture(t, 0, 500, 300)
	f.SetEmpty("期限の近い問い合わせはありません。", "全て表示 →")
	f.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnd)
	if first, last := f.Range(); first != 0 || last != 0 || len(f.opened) != 0 || f.TSV() != "" {
		t.Error("nothing must happen in an empty table")
	}
	kittest.Whole(t, f.win)
	test.AssertRendersToMarkup(t, "table-empty.xml", f.win.Canvas())
}

func TestTableGolden(t *testing.T) {
	f := newFixture(t, 8, 640, 160)
	f.win.Canvas().Focus(f.Table)
	f.press(fyne.KeyDown)
	kittest.Whole(t, f.win)
	test.AssertRendersToMarkup(t, "table.xml", f.win.Canvas())
	kittest.Shot(t, f.win, "kit-table")
}

// Whatever is done, the cursor is in the list and in sight, and every row in
// sight shows its own record.
func TestTableProperty(t *testing.T) {
	f := newFixture(t, 60, 700, 26+7*24+11)
	f.win.Canvas().Focus(f.Table)
	keys := []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeySpace}
	steps := func(r *rapid.T) {
		switch rapid.IntRange(0, 9).Draw(r, "what") {
		case 0:
			f.SortBy(rapid.IntRange(0, 4).Draw(r, "column"))
			f.Reload()
		case 1:
			n := rapid.IntRange(1, 60).Draw(r, "rows")
			f.src.order = newList(n).order
			f.Reload()
			f.press(fyne.KeyUp)
		case 2:
			f.ScrollTo(rapid.IntRange(-5, 80).Draw(r, "to"))
			f.press(fyne.KeyDown)
		default:
			f.press(rapid.SampledFrom(keys).Draw(r, "key"))
		}
		first, last := f.Range()
		if row := f.row() + 1; row < first || row > last {
			r.Fatalf("the cursor is at %d, in sight are %d to %d", row, first, last)
		}
		if last > f.src.Len() || last-first > 6 {
			r.Fatalf("in sight %d to %d of %d", first, last, f.src.Len())
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		f.src.order = newList(60).order
		f.Unmark()
		f.Reload()
		f.press(fyne.KeyHome)
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			steps(r)
		}
	})
}

func BenchmarkTableScroll(b *testing.B) {
	f := newFixture(b, 20_000, 900, 700)
	row := 0
	for b.Loop() {
		row = (row + 28) % 19_000
		f.ScrollTo(row)
	}
}
