package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/theme"
)

// ColumnKind decides what a cell is made of.
type ColumnKind uint8

// The kinds of columns.
const (
	TextColumn  ColumnKind = iota
	MonoColumn             // numbers and times that are read digit by digit
	NumColumn              // right-aligned
	BadgeColumn            // glyph and word on a soft ground
	ClockColumn            // words over a thin meter of the time used
)

// Column of a Table; lengths are design pixels. It is made no narrower than its
// Title asks for. A table narrower than Drop leaves
// the column out, and so does one in which the Flex column would get less than its
// Min: columns go before words shrink, the widest Drop first, 0 never. Where even
// then not all fit, the table scrolls sideways by whole columns; Fixed ones stay if
// they leave half of it.
type Column struct {
	Name     string // never changes: widths are remembered by it
	Title    string
	Kind     ColumnKind
	Width    float32
	Min      float32
	Drop     float32
	Flex     bool
	Fixed    bool
	Sortable bool
}

// Cell is what a Source says of one place.
type Cell struct {
	Text string
	Tone theme.Tone
	Bold bool
	Used float32 // of a ClockColumn: the part of the time that is gone, 0 to 1; negative: no time was agreed
}

// Source gives a table its rows. It answers from memory at once, never from a
// disk: it is asked while painting. A row that is not loaded yet answers with
// empty cells and calls Reload when it is.
type Source interface {
	Len() int
	Ref(row int) app.Ref
	Row(app.Ref) int // -1: not in the list
	Cell(row, col int) Cell
	Sort(col int, desc bool)
}

const (
	rowHeight  = 24
	headHeight = 26
	cellPad    = 8
)

// TableHeight is the height of a table of n rows, in design pixels: what rounding
// adds to each row is in it.
func TableHeight(look *theme.Look, n int) float32 {
	return (look.Px(headHeight) + float32(n)*look.Px(rowHeight)) / look.Factor()
}

// Table shows a window of whole rows of a Source. Scrolling moves by rows, so
// text stays on whole pixels; row r always lives in view r modulo the number of
// views, so a scroll by one row changes the texts of one row only.
//
// The cursor and the marks belong to records, not to places: they stay with
// them when the order changes.
type Table struct {
	widget.BaseWidget
	desk   *ui.Desk
	cols   []Column
	made   []float32 // least widths of the columns as they were made, design pixels
	src    Source
	top    int
	cursor app.Ref
	at     int // row of the cursor
	marks  map[app.Ref]bool
	anchor int

	sortCol  int
	desc     bool
	focused  bool
	calm     bool // its cursor is seen only while it has the keyboard
	shift    bool
	hover    int
	drag     int // visible column that is being resized; -1: none
	grabbed  int // that column
	wheel    float32
	emptySay [2]string

	onSelect, onOpen func(app.Ref)
	onMarks, onView  func()
	onResize         func()

	size        fyne.Size
	rowPx, hdPx float32
	xs, ws      []float32 // of visible columns, pixels
	vis         []int
	side        sideways
	rows        []*rowView
	head, empty *Surface
	thumb       *thumb
	sideThumb   *sideThumb
	ruleCount   int
	rules       *canvas.Image
	objs        []fyne.CanvasObject
	seenFirst   int
	seenLast    int
}

// NewTable makes a table; sorted is the column it is in order of, negative for
// none.
func NewTable(desk *ui.Desk, cols []Column, src Source, sorted int, desc bool) *Table {
	t := &Table{desk: desk, cols: slices.Clone(cols), src: src, marks: map[app.Ref]bool{}, sortCol: sorted, desc: desc, hover: -1, drag: -1}
	for i, c := range t.cols {
		if !c.Flex {
			t.cols[i].Width = max(c.Width, headWidth(desk.Look, c))
		}
		t.made = append(t.made, t.cols[i].least())
	}
	t.head = NewSurface(desk.Look, t.paintHead)
	t.empty = NewSurface(desk.Look, func(p *Pen, w, h float32) { p.Empty(0, 0, w, h, t.emptySay[0], t.emptySay[1]) })
	t.thumb, t.sideThumb = newThumb(t), newSideThumb(t)
	t.ExtendBaseWidget(t)
	return t
}

// OnSelect is called when the cursor comes to a record.
func (t *Table) OnSelect(f func(app.Ref)) { t.onSelect = f }

// OnOpen is called on Enter and on a click on the record of the cursor.
func (t *Table) OnOpen(f func(app.Ref)) { t.onOpen = f }

// OnMarks is called when marks change.
func (t *Table) OnMarks(f func()) { t.onMarks = f }

// OnView is called when other rows come into sight.
func (t *Table) OnView(f func()) { t.onView = f }

// Calm shows the cursor only while the table has the keyboard: for a page of
// several tables, none of which stands for what is open.
func (t *Table) Calm() { t.calm = true }

// SetEmpty says what stands in the place of rows when there are none: one
// sentence and the way on.
func (t *Table) SetEmpty(sentence, wayOn string) {
	t.emptySay = [2]string{sentence, wayOn}
	t.empty.Refresh()
}

// Cursor is the record of the cursor; zero if there is none.
func (t *Table) Cursor() app.Ref { return t.cursor }

// Marked are the marked records in the order of the list, or the one of the
// cursor if none is marked.
func (t *Table) Marked() (refs []app.Ref) {
	for row := range t.src.Len() {
		if ref := t.src.Ref(row); t.marks[ref] {
			refs = append(refs, ref)
		}
	}
	if len(refs) == 0 && !t.cursor.IsZero() {
		refs = append(refs, t.cursor)
	}
	return refs
}

// MarkCount is how many records are marked.
func (t *Table) MarkCount() int { return len(t.marks) }

// Range is the first and last row in sight, counted from 1.
func (t *Table) Range() (first, last int) {
	n := t.src.Len()
	return min(t.top+1, n), min(t.top+len(t.rows), n)
}

// Reload shows the source anew: rows may have come, gone or changed places.
// The cursor stays with its record if that is still there, else at its place,
// and stays in sight if it was.
func (t *Table) Reload() {
	inSight := t.at >= t.top && t.at < t.top+len(t.rows)
	row := t.src.Row(t.cursor)
	t.at = max(0, min(t.at, t.src.Len()-1))
	if row >= 0 {
		t.at = row
	} else if t.cursor = (app.Ref{}); t.src.Len() > 0 {
		t.cursor = t.src.Ref(t.at)
	}
	for ref := range t.marks {
		if t.src.Row(ref) < 0 {
			delete(t.marks, ref)
		}
	}
	t.update() // not Refresh: rows that say the same are left alone
	if inSight && t.src.Len() > 0 {
		t.moveTo(t.at)
	}
}

// Reveal puts the cursor on a record and scrolls it into sight without telling
// OnSelect; it reports whether the record is in the list.
func (t *Table) Reveal(ref app.Ref) bool {
	row := t.src.Row(ref)
	if row < 0 {
		return false
	}
	t.moveTo(row)
	return true
}

func (t *Table) moveTo(row int) {
	t.at = max(0, min(row, t.src.Len()-1))
	t.cursor = t.src.Ref(t.at)
	n := len(t.rows)
	if t.at < t.top {
		t.top = t.at
	}
	if n > 0 && t.at >= t.top+n {
		t.top = t.at - n + 1
	}
	t.update()
}

// Select moves the cursor to a row as a person does.
func (t *Table) Select(row int) {
	if t.src.Len() == 0 {
		return
	}
	was := t.cursor
	t.moveTo(row)
	if t.cursor != was && t.onSelect != nil {
		t.onSelect(t.cursor)
	}
}

// ScrollTo makes row the first in sight, as far as there are rows below.
func (t *Table) ScrollTo(row int) { t.top = row; t.update() }

// SortBy puts the list in order of a column; again turns it round.
func (t *Table) SortBy(col int) {
	t.desc = t.sortCol == col && !t.desc
	t.sortCol = col
	t.src.Sort(col, t.desc)
	t.head.Refresh()
}

// CreateRenderer is for Fyne.
func (t *Table) CreateRenderer() fyne.WidgetRenderer { return tableRenderer{t} }

type tableRenderer struct{ t *Table }

func (r tableRenderer) Destroy()                     {}
func (r tableRenderer) Objects() []fyne.CanvasObject { return r.t.objs }

func (r tableRenderer) MinSize() fyne.Size {
	l := r.t.desk.Look
	return fyne.NewSize(l.Px(200), l.Px(headHeight)+3*l.Px(rowHeight))
}

func (r tableRenderer) Layout(size fyne.Size) {
	if size != r.t.size {
		r.t.size = size
		r.t.build()
	}
}

func (r tableRenderer) Refresh() {
	r.t.build()
	canvas.Refresh(r.t)
}

// AccessibilityLabel is the row of the cursor, for a screen reader, or that
// there is none.
func (t *Table) AccessibilityLabel() string {
	if t.src.Len() == 0 {
		return t.emptySay[0]
	}
	return t.rowText(t.at, ", ")
}

// AccessibilityRole is for screen readers.
func (t *Table) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
