package pdf

import (
	"strings"

	"daicho/app/report/wrap"
)

// cell is one cell of a ruled row.
type cell struct {
	width  float64
	lines  []string
	font   font
	shift  float64 // 0 left, 0.5 centred, 1 right
	middle bool    // centred from top to bottom too, as labels are
	shaded bool
}

// Padding of cells in mm.
const (
	padX = 1.2
	padY = 0.9
)

// newCell breaks a text to the width of a cell.
func newCell(s string, width float64, f font) cell {
	return cell{width: width, lines: wrap.Lines(s, width-2*padX, f.measure), font: f}
}

// band is a row of cells with rules around them.
type band []cell

// lineHeight returns the height of its lines, that of the largest font.
func (b band) lineHeight() float64 {
	h := 0.0
	for _, c := range b {
		h = max(h, lineHeight(c.font.size))
	}
	return h
}

// rows returns the number of lines of the fullest cell, at least one.
func (b band) rows() int {
	n := 1
	for _, c := range b {
		n = max(n, len(c.lines))
	}
	return n
}

func (b band) height() float64 { return float64(b.rows())*b.lineHeight() + 2*padY }

// cut parts a band behind its n-th line.
func (b band) cut(n int) (top, rest band) {
	top, rest = make(band, len(b)), make(band, len(b))
	for i, c := range b {
		top[i], rest[i] = c, c
		k := min(n, len(c.lines))
		top[i].lines, rest[i].lines = c.lines[:k], c.lines[k:]
	}
	return top, rest
}

// keptLines is the least that stays of a row on either side of a page's end.
const keptLines = 3

// band puts a row on the page. Where it does not fit it goes to the next page,
// below the head; a row too high for that is cut between lines.
func (l *layout) band(b band, head band) {
	for {
		room := l.floor() - l.y
		if b.height() <= room {
			l.rule(b)
			return
		}
		page := l.floor() - l.sheet.top - head.space()
		fits := int((room - 2*padY) / b.lineHeight())
		fresh := l.y <= l.sheet.top+head.space()
		switch {
		case !fresh && (b.height() <= page/2 || fits < keptLines):
			l.newPage()
			l.head(head)
		default:
			top, rest := b.cut(max(fits, 1))
			l.rule(top)
			b = rest
			l.newPage()
			l.head(head)
		}
	}
}

// space returns the height of a head, none for none.
func (b band) space() float64 {
	if len(b) == 0 {
		return 0
	}
	return b.height()
}

func (l *layout) head(head band) {
	if len(head) > 0 {
		l.rule(head)
	}
}

// rule draws a band at the present height and moves below it.
func (l *layout) rule(b band) {
	x, h := l.sheet.left, b.height()
	for _, c := range b {
		if c.shaded {
			l.put(ground{x, l.y, c.width, h})
		}
		l.cellText(c, x, h, b.lineHeight())
		x += c.width
	}
	l.frameBand(b, h)
	l.y += h
}

func (l *layout) cellText(c cell, x, h, lineH float64) {
	y := l.y + padY
	if c.middle {
		y = l.y + (h-float64(len(c.lines))*lineH)/2
	}
	for _, line := range c.lines {
		shown := strings.TrimRight(line, " 　")
		if line != "" {
			over := max(c.width-2*padX-c.font.width(shown), 0)
			l.put(text{x + padX + over*c.shift, baseline(y, lineH, c.font.size), line, c.font, black})
		}
		y += lineH
	}
}

// frameBand draws thin rules between the cells and thick ones at the ends.
func (l *layout) frameBand(b band, h float64) {
	x := l.sheet.left
	l.put(rule{x, l.y, x, l.y + h, thick, black})
	for i, c := range b {
		x += c.width
		width := thin
		if i == len(b)-1 {
			width = thick
		}
		l.put(rule{x, l.y, x, l.y + h, width, black})
	}
	l.put(rule{l.sheet.left, l.y, x, l.y, thin, black}, rule{l.sheet.left, l.y + h, x, l.y + h, thin, black})
}
