package pdf

import (
	"daicho/app/report"
)

// cellSize returns the size in points at which a table of n columns is set: what
// fits a 管理表 of many columns on its sheet and can still be read.
func cellSize(n int) float64 {
	switch {
	case n <= 8:
		return 9
	case n <= 12:
		return 8
	default:
		return 7
	}
}

func (l *layout) table(t report.Table, clean cleaner) {
	size := cellSize(len(t.Columns))
	widths := share(t.Columns, l.width())
	head := make(band, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = newCell(clean(c.Title, "列見出し"), widths[i], l.bold(size))
		head[i].shift, head[i].middle, head[i].shaded = 0.5, true, true
	}
	l.need(4*lineHeight(size) + head.height())
	l.tableTitle(t, clean)
	if head.height() > (l.floor()-l.sheet.top)/3 {
		l.band(head, nil) // too high to be repeated
		head = nil
	} else {
		l.rule(head)
	}
	if len(t.Rows) == 0 {
		none := newCell("該当なし", l.width(), l.regular(size))
		none.shift = 0.5
		l.band(band{none}, head)
	}
	for _, row := range t.Rows {
		l.band(l.row(t, row, widths, size, clean), head)
	}
	l.y += gap
}

// row returns the cells of a row; those it does not have are empty.
func (l *layout) row(t report.Table, row []string, widths []float64, size float64, clean cleaner) band {
	cells := make(band, len(t.Columns))
	key := ""
	for i, c := range t.Columns {
		s := ""
		if i < len(row) {
			s = clean(row[i], key+l.plain(c.Title))
		}
		if i == 0 && s != "" {
			key = s + " "
		}
		cells[i] = newCell(s, widths[i], l.regular(size))
		if c.Right {
			cells[i].shift = 1
		}
	}
	return cells
}

// tableTitle sets the title at the left and the note at the right of one line.
func (l *layout) tableTitle(t report.Table, clean cleaner) {
	title, note := clean(t.Title, "表題"), oneLine(clean(t.Note, "注記"))
	if title == "" && note == "" {
		return
	}
	f, small := l.bold(bodySize), l.regular(noteSize).within(note, l.width()/2)
	y := l.y
	if title != "" {
		l.lines(title, f, l.sheet.left, l.width()-small.width(note)-gap, 0)
	}
	if note != "" {
		h := lineHeight(f.size)
		l.y = max(l.y, y+h)
		l.put(text{l.sheet.left + l.width() - small.width(note), baseline(l.y-h, h, small.size), note, small, black})
	}
	l.y += 0.5
}

// share parts a width by the weights of the columns.
func share(columns []report.Column, width float64) []float64 {
	sum := 0.0
	for _, c := range columns {
		sum += weight(c)
	}
	widths := make([]float64, len(columns))
	for i, c := range columns {
		widths[i] = width * weight(c) / sum
	}
	return widths
}

func weight(c report.Column) float64 {
	if c.Weight > 0 {
		return c.Weight
	}
	return 1
}
