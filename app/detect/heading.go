package detect

import (
	"bytes"
	"slices"
)

// entitle takes the words of a block's title.
func (d *Document) entitle(title string) {
	for text := []byte(title[:min(len(title), maxTitle)]); len(text) > 0; {
		size := 1
		if w := d.engine.words.match(text); w != nil {
			d.title = append(d.title, w)
			size = len(w.text)
		}
		text = text[size:]
	}
	d.overlook()
}

const maxTitle = 1024 // bytes of a title that are read

// overlook notes which rules are named from above the next row.
func (d *Document) overlook() {
	d.counted, d.overhead = false, 0
	labels, offices, persons := 0, false, false
	for _, h := range d.headers {
		d.overhead |= namedBy(h.words)
		if len(h.words) > 0 && !h.lone {
			labels++
			offices = offices || slices.ContainsFunc(h.words, func(w *word) bool { return w.body })
			persons = persons || verdict(h.words, d.engine.name) == named
		}
	}
	d.headed, d.ofOffices = labels >= leastLabels, offices && !persons
	d.overhead |= namedBy(d.title)
}

func namedBy(words []*word) (all rules) {
	for _, w := range words {
		all |= w.named
	}
	return all
}

// begin starts the next row.
func (d *Document) begin(tabular bool) {
	d.row.begin(tabular)
	d.people.line++
	d.active, d.least = 0, d.engine.least
	if d.overhead != 0 {
		d.activate(d.overhead)
	}
	if tabular && d.people.met > 0 {
		d.personal()
	}
}

// personal notes that the row is one of persons: days in it may be birthdays.
func (d *Document) personal() {
	d.row.personal = true
	d.least = min(d.least, leastDate)
}

// activate makes the rules that need a label be asked.
func (d *Document) activate(named rules) {
	d.active |= named
	for i := range d.engine.rules {
		if r := &d.engine.rules[i]; r.labelled && r.digits != nil && d.active>>i&1 != 0 {
			d.least = min(d.least, r.least)
		}
	}
}

// remember keeps the words of a finished row for the rows below it.
func (d *Document) remember(p *pass) {
	r := &d.row
	if !r.tabular {
		d.rememberLine(p)
		d.overlook()
		return
	}
	if d.filledRows = d.filledRows || r.judged > 0; len(r.words) == 0 || r.judged > 0 {
		return
	}
	filled := p.filledCells()
	lone := filled <= 1
	if !lone && d.filledRows {
		if len(d.headers) > 0 && !r.heads(filled) {
			return
		}
		d.headers = d.headers[:0] // of another table on the sheet
		d.tables++
		d.table = d.tables
	}
	d.filledRows = false
	if lone {
		d.title, d.lastLine = appendWords(d.title[:0], r.words), 0
	}
	for i := range r.words {
		d.headline(&r.words[i], i > 0 && r.words[i-1].col == r.words[i].col, lone)
	}
	if !lone {
		d.endings(p)
	}
	d.overlook()
}

// endings adds what the ends of headings say where their words say nothing.
func (d *Document) endings(p *pass) {
	col := 0
	for cell := range bytes.SplitSeq(p.text[p.start:p.i], []byte{p.sep}) {
		cell = bytes.TrimSuffix(bytes.Trim(cell, " \"\r)"), []byte("）"))
		for i := range d.engine.others {
			if o := &d.engine.others[i]; bytes.HasSuffix(cell, []byte(o.text)) && col < maxHeaders {
				d.headline(&placed{word: o, col: uint16(col)}, col < len(d.headers) && len(d.headers[col].words) > 0, false)
			}
		}
		col++
	}
}

// heads says whether words stand in most of the filled cells of a row, and name
// something in two: a row of values may hold such words, too.
func (r *row) heads(filled int) bool {
	cells, last := 0, -1
	for i := range r.words {
		if w := &r.words[i]; !w.word.mutes && int(w.col) != last {
			cells, last = cells+1, int(w.col)
		}
	}
	return (cells*2 > filled || cells*2 == filled && cells > leastLabels) && r.labelled()
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
	d.lone = d.lone || lone
}

// rememberLine keeps the words of the last two lines as the title, and the one
// that ends the line with nothing behind it: its value stands on the next.
func (d *Document) rememberLine(p *pass) {
	if d.hanging = nil; len(d.row.words) > 0 {
		last := &d.row.words[len(d.row.words)-1]
		if p.i-last.end <= maxLabelRest && endsLine(p.text[:p.i], last.end) {
			d.hanging = last.word
		}
	}
	n := copy(d.title, d.title[d.lastLine:])
	d.title, d.lastLine = appendWords(d.title[:n], d.row.words), n
}

// endsLine says whether nothing of a value stands between a label and the end
// of its line.
func endsLine(line []byte, i int) bool {
	i, _ = skipLabel(line, i)
	return i >= len(line) || line[i] == '\r'
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
