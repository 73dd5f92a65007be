package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/app"
	"daicho/ui"
)

// TypedKey moves (↑ ↓ PgUp PgDn Home End, ← → where columns are out of sight),
// marks (Space, Shift with a move) and opens (Enter).
func (t *Table) TypedKey(e *fyne.KeyEvent) {
	t.desk.Touch()
	to, moves := t.target(e.Name)
	switch {
	case moves && t.src.Len() > 0:
		t.extend(to)
		t.Select(to)
	case moves:
	case e.Name == fyne.KeySpace:
		t.toggle()
	case e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter:
		t.open()
	case e.Name == fyne.KeyLeft && t.side.most > 0:
		t.SideTo(t.side.at - 1)
	case e.Name == fyne.KeyRight && t.side.most > 0:
		t.SideTo(t.side.at + 1)
	default:
		t.desk.Key(e)
	}
}

func (t *Table) target(key fyne.KeyName) (row int, moves bool) {
	page := max(1, len(t.rows)-1)
	switch key {
	case fyne.KeyUp:
		return t.at - 1, true
	case fyne.KeyDown:
		return t.at + 1, true
	case fyne.KeyPageUp:
		return t.at - page, true
	case fyne.KeyPageDown:
		return t.at + page, true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return t.src.Len() - 1, true
	}
	return 0, false
}

// extend marks from the anchor to a row while Shift is held.
func (t *Table) extend(to int) {
	last := t.src.Len() - 1
	to = max(0, min(to, last))
	if !t.shift {
		t.anchor = to
		return
	}
	clear(t.marks)
	for r := max(0, min(t.anchor, to)); r <= min(max(t.anchor, to), last); r++ {
		t.marks[t.src.Ref(r)] = true
	}
	t.marksChanged()
}

func (t *Table) toggle() {
	if t.cursor.IsZero() {
		return
	}
	if t.marks[t.cursor] {
		delete(t.marks, t.cursor)
	} else {
		t.marks[t.cursor] = true
	}
	t.update()
	t.marksChanged()
}

// Unmark takes all marks away.
func (t *Table) Unmark() { t.MarkOnly(nil) }

// MarkOnly marks some records, and no others.
func (t *Table) MarkOnly(refs []app.Ref) {
	clear(t.marks)
	for _, ref := range refs {
		t.marks[ref] = true
	}
	t.update()
	t.marksChanged()
}

func (t *Table) marksChanged() {
	if t.onMarks != nil {
		t.onMarks()
	}
}

func (t *Table) open() {
	if !t.cursor.IsZero() && t.onOpen != nil {
		t.onOpen(t.cursor)
	}
}

// TypedShortcut copies the marked rows with Ctrl+C as tab-separated lines,
// marks all with Ctrl+A and goes to a corner with Ctrl+Home and Ctrl+End.
func (t *Table) TypedShortcut(s fyne.Shortcut) {
	t.desk.Touch()
	k, _ := ui.KeyOf(s)
	switch {
	case s.ShortcutName() == (&fyne.ShortcutCopy{}).ShortcutName():
		t.desk.Clipboard().SetContent(t.TSV())
	case s.ShortcutName() == (&fyne.ShortcutSelectAll{}).ShortcutName():
		t.markAll()
	case k == ui.Ctrl(fyne.KeyHome):
		t.corner(0, 0)
	case k == ui.Ctrl(fyne.KeyEnd):
		t.corner(t.src.Len()-1, t.side.most)
	default:
		t.desk.Shortcut(s)
	}
}

func (t *Table) corner(row, column int) {
	t.SideTo(column)
	if t.src.Len() > 0 {
		t.extend(row)
		t.Select(row)
	}
}

func (t *Table) markAll() {
	for row := range t.src.Len() {
		t.marks[t.src.Ref(row)] = true
	}
	t.update()
	t.marksChanged()
}

// TSV is the marked rows, or that of the cursor, with every column, as a
// spreadsheet pastes them: tabs and line breaks inside a cell become spaces.
func (t *Table) TSV() string {
	var b strings.Builder
	for _, ref := range t.Marked() {
		b.WriteString(t.rowText(t.src.Row(ref), "\t"))
		b.WriteByte('\n')
	}
	return b.String()
}

var oneLine = strings.NewReplacer("\t", " ", "\n", " ", "\r", "")

func (t *Table) rowText(row int, sep string) string {
	if row < 0 || row >= t.src.Len() {
		return ""
	}
	cells := make([]string, len(t.cols))
	for i := range t.cols {
		cells[i] = oneLine.Replace(t.src.Cell(row, i).Text)
	}
	return strings.Join(cells, sep)
}

// TypedRune is for Fyne; letters alone are never commands.
func (t *Table) TypedRune(rune) { t.desk.Touch() }

// KeyDown remembers Shift.
func (t *Table) KeyDown(e *fyne.KeyEvent) {
	t.desk.Touch()
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		t.shift = true
	}
}

// KeyUp forgets Shift.
func (t *Table) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		t.shift = false
	}
}

// FocusGained is for Fyne.
func (t *Table) FocusGained() {
	t.focused = true
	if t.cursor.IsZero() && t.src.Len() > 0 {
		t.Select(t.at)
	}
	t.update()
}

// FocusLost is for Fyne.
func (t *Table) FocusLost() { t.focused, t.shift = false, false; t.update() }

// Scrolled turns the wheel into whole rows, and into whole columns when it is
// turned with Shift.
func (t *Table) Scrolled(e *fyne.ScrollEvent) {
	t.desk.Touch()
	if n := whole(&t.wheel, e.Scrolled.DY/10); n != 0 {
		t.ScrollTo(t.top + n)
	}
	if n := whole(&t.side.wheel, e.Scrolled.DX/25); n != 0 {
		t.SideTo(t.side.at + n)
	}
}

// whole adds a turn of the wheel and takes the whole steps out.
func whole(wheel *float32, turned float32) int {
	*wheel -= turned
	n := int(*wheel)
	*wheel -= float32(n)
	return n
}

// Tapped selects a row, opens the one of the cursor, or sorts by a head.
func (t *Table) Tapped(e *fyne.PointEvent) {
	t.desk.Touch()
	t.desk.Focus(t)
	if e.Position.Y < t.hdPx {
		if i := t.headAt(e.Position); i >= 0 && t.cols[t.vis[i]].Sortable {
			t.SortBy(t.vis[i])
		}
		return
	}
	row := t.rowAt(e.Position)
	if row < 0 {
		return
	}
	if t.src.Ref(row) == t.cursor && !t.shift {
		t.open()
		return
	}
	t.extend(row)
	t.Select(row)
}

func (t *Table) rowAt(p fyne.Position) int {
	row := t.top + int((p.Y-t.hdPx)/t.rowPx)
	if p.Y < t.hdPx || row >= t.src.Len() {
		return -1
	}
	return row
}

// MouseIn is for Fyne.
func (t *Table) MouseIn(*desktop.MouseEvent) {}

// MouseMoved shows which row a click would take.
func (t *Table) MouseMoved(e *desktop.MouseEvent) {
	if row := t.rowAt(e.Position); row != t.hover {
		t.hover = row
		t.update()
	}
}

// MouseOut is for Fyne.
func (t *Table) MouseOut() { t.hover = -1; t.update() }

// SetCursor puts the cursor on a record without scrolling or telling anyone.
func (t *Table) SetCursor(ref app.Ref) {
	t.cursor = ref
	if row := t.src.Row(ref); row >= 0 {
		t.at = row
	}
	t.update()
}
