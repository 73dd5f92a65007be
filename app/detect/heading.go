package detect

import ()

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
	for _, h := range d.headers {
		d.overhead |= namedBy(h.words)
	}
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

func (d *Document) asked(rule int) bool {
	return !d.engine.rules[rule].labelled || d.active>>rule&1 != 0
}

// remember keeps the words of a finished row for the rows below it.
func (d *Document) remember(p *pass) {
	r := &d.row
	if !r.tabular {
		d.rememberLine()
		d.overlook()
		return
	}
	if len(r.words) == 0 || r.judged > 0 {
		return
	}
	lone := p.filledCells() <= 1
	if lone {
		d.title = appendWords(d.title[:0], r.words)
	}
	for i := range r.words {
		d.headline(&r.words[i], i > 0 && r.words[i-1].col == r.words[i].col, lone)
	}
	d.overlook()
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

// rememberLine keeps the words of the last two lines as the title.
func (d *Document) rememberLine() {
	n := copy(d.title, d.title[d.lastLine:])
	d.title, d.lastLine = appendWords(d.title[:n], d.row.words), n
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
