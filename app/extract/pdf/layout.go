package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Cell separates cells in a line of a table.
const Cell = '\x1f'

// run is text without a gap, and where it stands: x from the left, y upwards, in
// points of the page as it is read.
type run struct {
	text                     string
	left, bottom, right, top float32
	glued                    bool // it followed the run before with a space between
	broken                   bool // or on a new line
}

func (r *run) height() float32 { return r.top - r.bottom }
func (r *run) middle() float32 { return (r.top + r.bottom) / 2 }

// em is what gaps are measured by: the size of the letters.
func (r *run) em() float32 { return max(r.height(), 1) }

// row is what stands side by side, from left to right.
type row []run

// arranged puts runs into lines by where they stand: programs draw a list in any
// order, some column by column. What is drawn as it is read stays in its order.
func arranged(runs []run) []Line {
	rows := rowsOf(runs)
	if upright(runs) || columnsOfProse(rows) {
		return drawn(runs)
	}
	cells := make([]entry, len(rows))
	for i, r := range rows {
		cells[i] = r.cells(rows[max(0, i-reach):min(len(rows), i+reach+1)])
	}
	return linesOf(cells)
}

// entry is a line with its cells, from left to right.
type entry []run

// linesOf writes lines. What goes on under a cell of a table stays a line of its own,
// in its column: whose it is, of the row above or the one below, the page need not
// tell.
func linesOf(entries []entry) []Line {
	lines := make([]Line, len(entries))
	var above entry // the last row of the table at hand
	for i, e := range entries {
		switch placed := e.under(above); {
		case placed != nil:
			e = placed
		case i+1 < len(entries) && len(e) > 1 && len(e) < len(entries[i+1]):
			if placed := e.into(entries[i+1]); placed != nil && placed[0].text == "" {
				e = placed
			}
			above = e
		default:
			above = e
		}
		texts := make([]string, len(e))
		for n := range e {
			texts[n] = e[n].text
		}
		lines[i] = Line{Text: strings.Join(texts, string(Cell)), Table: len(e) > 1}
	}
	return lines
}

// under puts the pieces of a line into the columns of the row above, nil when they do
// not stand there, each under one cell and none under the first.
func (e entry) under(above entry) entry {
	if len(above) < 2 || len(e) >= len(above) || e[0].left < above[1].left-above[1].em() {
		return nil
	}
	return e.into(above)
}

// into puts the pieces of a line into the columns of a row that has more, such as a
// heading above it whose first cell is empty; nil when one stands at none or several.
func (e entry) into(row entry) entry {
	placed := make(entry, len(row))
	for i := range e {
		at := row.at(&e[i])
		if at < 0 || placed[at].text != "" {
			return nil
		}
		placed[at] = e[i]
	}
	return placed
}

// at is the cell that a piece stands under, -1 for none or several.
func (e entry) at(piece *run) int {
	found := -1
	for i := range e {
		if e[i].left < piece.right && piece.left < e[i].right {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// reach is how many lines around tell where columns end.
const reach = 20

// rowsOf gathers runs whose middles stand beside each other, from the top down.
func rowsOf(runs []run) (rows []row) {
	sorted := slices.Clone(runs)
	slices.SortStableFunc(sorted, func(a, b run) int { return cmp.Compare(b.middle(), a.middle()) })
	for _, r := range sorted {
		if n := len(rows); n > 0 && beside(&rows[n-1][0], &r) {
			rows[n-1] = append(rows[n-1], r)
		} else {
			rows = append(rows, row{r})
		}
	}
	for _, r := range rows {
		slices.SortStableFunc(r, func(a, b run) int { return cmp.Compare(a.left, b.left) })
	}
	return rows
}

// beside says whether the middle of the lower run is not below the other's letters.
func beside(a, b *run) bool {
	return a.middle()-b.middle() < 0.4*min(a.height(), b.height())
}

// upright says whether most is written from the top down, as Japanese may be.
func upright(runs []run) bool {
	tall, wide := 0, 0
	for i := range runs {
		switch r := &runs[i]; {
		case utf8.RuneCountInString(r.text) < 2:
		case r.height() > 1.5*(r.right-r.left):
			tall++
		default:
			wide++
		}
	}
	return tall > wide
}

// longPiece is from which width, in letters, a piece of a line is rather prose.
const longPiece = 18

// columnsOfProse says whether what stands side by side are columns of a newspaper:
// most pieces are long there.
func columnsOfProse(rows []row) bool {
	long, all := 0, 0
	for _, r := range rows {
		from := 0
		var widths []float32
		for i := range r {
			if i+1 == len(r) || r.gap(i+1) >= wideGap {
				widths = append(widths, (r[i].right-r[from].left)/r[from].em())
				from = i + 1
			}
		}
		if len(widths) < 2 {
			continue
		}
		all += len(widths)
		for _, w := range widths {
			if w >= longPiece {
				long++
			}
		}
	}
	return all >= 10 && long*10 >= all*7
}

// gap is how many letters fit between a run and the one before.
func (r row) gap(i int) float32 { return (r[i].left - r[i-1].right) / r[i].em() }

// cells joins what is one cell: a gap that no space fills ends it, and one where
// columns begin in rows around it.
func (r row) cells(around []row) entry {
	e := entry{r[0]}
	for i := 1; i < len(r); i++ {
		gap, last := r.gap(i), &e[len(e)-1]
		switch {
		case strings.TrimSpace(last.text) == "": // wide spaces indent, and are no cell
		case gap >= wideGap, gap >= r.leastGap(i) && r.beginsColumn(i, around):
			e = append(e, r[i])
			continue
		case r[i].glued || gap > closeGap:
			last.text += " "
		}
		last.text += r[i].text
		last.right = max(last.right, r[i].right)
	}
	return e
}

// Gaps, in letters.
const (
	closeGap = 0.15 // what is drawn in pieces is one word
	cellGap  = 0.4  // cells that are full leave it
	edgeGap  = 0.2  // a number set to the right leaves it before a text set to the left
	wideGap  = 1.2  // no space is as wide
)

// beginsColumn says whether something begins where run i does in a third of the rows
// around.
func (r row) beginsColumn(i int, around []row) bool {
	x, near, same, blanks := r[i].left, 0.2*r[i].em(), 0, 0
	for _, o := range around {
		at, _ := slices.BinarySearchFunc(o, x-near, func(o run, x float32) int { return cmp.Compare(o.left, x) })
		if at > 0 && at < len(o) && o[at].left <= x+near && o.gap(at) >= o.leastGap(at) {
			same++
			if o.afterBlank(at) {
				blanks++
			}
		}
	}
	return same > blanks && same > 1 && same*3 >= len(around)
}

// leastGap is what may part run i from the one before, where a column begins.
func (r row) leastGap(i int) float32 {
	number := strings.Trim(r[i-1].text, "0123456789.,-") == ""
	first, size := utf8.DecodeRuneInString(r[i].text)
	if number && r[i].letter() > 0 && size < len(r[i].text) && !strings.ContainsRune("年月日時分秒歳人名円個件回号番丁条項", first) {
		return edgeGap
	}
	return cellGap
}

// afterBlank says whether just a wide space fits before run i, as between the parts
// of a name: the font may draw it, too narrow as it may be, or leave it out. What
// begins there in other rows comes from names of the same length.
func (r row) afterBlank(i int) bool {
	before := i - 1
	for before > 0 && strings.TrimSpace(r[before].text) == "" {
		before--
	}
	letter := r[before].letter()
	gap := r[i].left - r[before].right
	return letter > 0 && r[i].letter() > 0 && gap > 0.9*letter && gap < 1.1*letter
}

// letter is how wide the letters of a run are, where all are wide ones; else 0.
func (r *run) letter() float32 {
	n := 0
	for _, c := range r.text {
		if c < 0x2E80 || c >= 0xFF61 && c <= 0xFF9F {
			return 0
		}
		n++
	}
	return (r.right - r.left) / float32(n)
}

// drawn keeps the order in which the runs were drawn.
func drawn(runs []run) (lines []Line) {
	var b strings.Builder
	for i := range runs {
		switch {
		case i > 0 && runs[i].broken:
			lines = append(lines, Line{Text: b.String()})
			b.Reset()
		case runs[i].glued:
			b.WriteByte(' ')
		}
		b.WriteString(runs[i].text)
	}
	if b.Len() > 0 {
		lines = append(lines, Line{Text: b.String()})
	}
	return lines
}
