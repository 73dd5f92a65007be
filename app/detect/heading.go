package detect

import (
	"slices"
)

// remember keeps the words of a finished row for the rows below it.
func (d *Document) remember(p *pass) {
	r := &d.row
	if !r.tabular {
		d.counted = false
		d.rememberLine()
		return
	}
	if len(r.words) == 0 || r.judged > 0 {
		return
	}
	d.counted = false
	lone := p.filledCells() <= 1
	if lone {
		d.title = appendWords(d.title[:0], r.words)
	}
	for i := range r.words {
		d.headline(&r.words[i], i > 0 && r.words[i-1].col == r.words[i].col, lone)
	}
}

func (d *Document) headline(w *placed, more, lone bool) {
	if w.col >= maxHeaders {
		return
	}
	for len(d.headers) <= int(w.col) {
		d.headers = append(d.headers, header{})
	}
	h := &d.headers[w.col]
	if !more {
		h.words = nil
	}
	h.words, h.lone = append(h.words, w.word), lone
}

// rememberLine keeps the words of the last lines: titleLines marks, one nil per line.
func (d *Document) rememberLine() {
	d.title = append(appendWords(d.title, d.row.words), nil)
	lines := 0
	for i := len(d.title) - 1; i >= 0; i-- {
		if d.title[i] == nil {
			lines++
		}
		if lines > titleLines {
			d.title = slices.Delete(d.title, 0, i+1)
			break
		}
	}
	if !slices.ContainsFunc(d.title, func(w *word) bool { return w != nil }) {
		d.title = d.title[:0]
	}
}

func appendWords(to []*word, from []placed) []*word {
	for _, w := range from {
		to = append(to, w.word)
	}
	return to
}

// filledCells counts the cells of the row just read that hold anything.
func (p *pass) filledCells() int {
	filled, empty := 0, true
	for _, c := range p.text[p.start:p.i] {
		switch {
		case c == p.sep:
			empty = true
		case c > ' ' && c != '"' && empty:
			filled, empty = filled+1, false
		}
	}
	return filled
}
