package detect

import (
	"bytes"
	"slices"
)

// list is a table within plain text: a line of labels side by side, and the
// lines below it that part their cells as it does, with tabs, bars, commas or
// blanks. Its rows are read as those of a table, so that headers count.
type list struct {
	open    bool
	sep     byte    // between cells; ' ' where blanks part them
	wide    bool    // wide blanks alone part the labels
	aligned bool    // the labels stand so far apart that their places mean something
	labels  []field // of the heading
	cells   []field // of the row at hand
	parts   []field // of it, as single blanks part them
	missed  int     // lines since the last row
	outer   uint32  // number of the stretch of prose about the list
	text    []byte  // the row as it is handed on
}

const (
	leastLabels = 2   // side by side make a heading
	maxHeading  = 400 // bytes of a heading
	maxLabel    = 45  // bytes of one label
	maxListRow  = 4096
	maxMissed   = 3 // lines between rows that are no rows: a rule, a cell that runs over
	wideGap     = 2 // so many blanks together part cells for certain
)

// heading opens a list when the line just read is one of labels.
func (p *pass) heading() {
	line, words := p.text[p.start:p.i], len(p.d.row.words)
	if words < leastLabels || p.d.row.judged > 0 || len(line) > min(maxHeading, 2*maxLabel*words) || bytes.Contains(line, []byte("。")) {
		return
	}
	sep := cellSeparator(line)
	labels := p.labels(line, sep)
	if !p.areLabels(labels) {
		return
	}
	l := &p.d.list
	l.close(p.d)
	l.open, l.sep, l.labels, l.missed, l.outer = true, sep, labels, 0, p.d.table
	l.wide = sep == ' ' && bytes.IndexByte(line, ' ') < 0
	l.aligned = slices.ContainsFunc(labels[1:], func(f field) bool { return f.gap >= wideGap })
	p.d.title, p.d.lastLine = p.d.title[:p.d.lastLine], 0
	p.d.tables++
	p.d.table = p.d.tables
	l.cells = append(l.cells[:0], labels...)
	l.tell(p.d, line)
}

// cellSeparator is what parts the cells of a line.
func cellSeparator(line []byte) byte {
	for _, c := range []byte("\t|,;") {
		if bytes.IndexByte(line, c) >= 0 {
			return c
		}
	}
	return ' '
}

// labels cuts a heading. Blanks within a word of the rules, as in 氏　名, part
// nothing, nor those before a note in brackets.
func (p *pass) labels(line []byte, sep byte) []field {
	if sep != ' ' {
		return cutAt(nil, line, sep)
	}
	var labels []field
	for _, f := range cutBlanks(nil, line, 1) {
		last := len(labels) - 1
		within := slices.ContainsFunc(p.d.row.words, func(w placed) bool { return w.start < p.start+f.start && p.start+f.start < w.end })
		if last >= 0 && (within || line[f.start] == '(' || rune3at(line, f.start) == '（') {
			labels[last].end = f.end
			continue
		}
		labels = append(labels, f)
	}
	return labels
}

// areLabels says whether words of the rules stand in half of the fields, in two
// at least, and name something. A number of three digits is a value.
func (p *pass) areLabels(fields []field) bool {
	known, filled, names := 0, 0, rules(0)
	for _, f := range fields {
		if f.end-f.start > maxLabel || threeDigits(p.text[p.start+f.start:p.start+f.end]) {
			return false
		}
		if f.end > f.start {
			filled++
		}
		for i := range p.d.row.words {
			if w := &p.d.row.words[i]; w.start >= p.start+f.start && w.end <= p.start+f.end {
				names |= w.word.named
				known++
				break
			}
		}
	}
	return known >= leastLabels && known*2 >= filled && names != 0
}

func threeDigits(text []byte) bool {
	run := 0
	for i := 0; i < len(text) && run < 3; {
		_, size := digitAt(text, i)
		if run++; size == 0 {
			run = 0
		}
		i += max(size, 1)
	}
	return run >= 3
}

// rows reads the lines from p.i on while they are rows of the open list.
func (p *pass) rows() {
	l := &p.d.list
	for l.open && p.i < len(p.text) {
		line, _, _ := bytes.Cut(p.text[p.i:], []byte{'\n'})
		if !l.cut(p.d, line) {
			l.miss(p.d, line)
			break
		}
		l.missed = 0
		l.tell(p.d, line)
		p.i = min(p.i+len(line)+1, len(p.text))
		p.start, p.cell = p.i, p.i
	}
	p.d.begin(false)
	p.d.row.from = p.start
}

// miss closes the list after a few lines that are no rows. Empty ones are not
// counted: pages have them.
func (l *list) miss(d *Document, line []byte) {
	if len(bytes.TrimSpace(line)) > 0 {
		l.missed++
	}
	if l.missed > maxMissed {
		l.close(d)
	}
}

// tell reads the cells of a line as a row of a table.
func (l *list) tell(d *Document, line []byte) {
	d.hanging, l.text = nil, l.text[:0]
	for i, c := range l.cells {
		if i > 0 {
			l.text = append(l.text, Cell)
		}
		l.text = append(l.text, line[c.start:c.end]...)
	}
	p := pass{d: d, text: append(l.text, '\n'), sep: Cell, classes: d.engine.classes[Cell]}
	p.run()
}

// close goes back to the prose about the list.
func (l *list) close(d *Document) {
	if !l.open {
		return
	}
	l.open = false
	d.table, d.headers, d.title, d.lastLine = l.outer, d.headers[:0], d.title[:0], 0
	d.overlook()
}

// cut cuts a line into the cells of the list; false when it is no row of it.
func (l *list) cut(d *Document, line []byte) bool {
	if len(line) > maxListRow {
		return false
	}
	if l.sep != ' ' {
		l.cells = cutAt(l.cells[:0], line, l.sep)
		return len(l.cells) >= leastLabels
	}
	l.cells = cutBlanks(l.cells[:0], line, wideGap)
	if len(l.cells) == len(l.labels) {
		return true
	}
	apart := len(l.cells) >= leastLabels
	l.parts = cutBlanks(l.parts[:0], line, 1)
	if l.wide && !l.aligned {
		l.parts = l.cutWide(line)
	}
	if l.aligned && apart {
		l.place()
		return true
	}
	return l.join(d, line)
}

// cutWide cuts a line at wide blanks alone: 昭和 5年 3月 2日 is one part.
func (l *list) cutWide(line []byte) []field {
	parts := l.parts[:1]
	for _, f := range l.parts[1:] {
		if last := &parts[len(parts)-1]; bytes.Contains(line[last.end:f.start], []byte("　")) {
			parts = append(parts, f)
		} else {
			last.end = f.end
		}
	}
	return parts
}

// place puts the parts of a row under the labels they stand below.
func (l *list) place() {
	l.cells = append(l.cells[:0], make([]field, len(l.labels))...)
	for _, part := range l.parts {
		at := len(l.labels) - 1
		for at > 0 && part.column < l.labels[at].column-1 {
			at--
		}
		if c := &l.cells[at]; c.end == 0 {
			*c = part
		} else {
			c.end = part.end
		}
	}
}

// join makes as many cells as there are labels where single blanks part them:
// those of names may hold one blank more, and the last may be empty or go on below.
func (l *list) join(d *Document, line []byte) bool {
	parts, spare := l.parts, len(l.parts)-len(l.labels)
	if spare < -1 || len(parts) < leastLabels {
		return false
	}
	l.cells = l.cells[:0]
	for i := 0; len(parts) > 0; i++ {
		c := parts[0]
		parts = parts[1:]
		if len(parts) > 0 && i < len(d.headers) && verdict(d.headers[i].words, d.engine.name) == named &&
			(spare > 0 || spare == 0 && parseName(&d.handle, line[c.start:parts[0].end]).base >= personParted) {
			c.end, parts, spare = parts[0].end, parts[1:], spare-1
		}
		l.cells = append(l.cells, c)
	}
	return spare <= 0
}

// field is a label or a cell within its line.
type field struct {
	start, end int // bytes
	column     int // where it begins as shown: wide characters take two columns
	gap        int // blanks before it
}

// cutAt cuts a line at a separator and drops the blanks about the cells.
func cutAt(to []field, line []byte, sep byte) []field {
	for from := 0; from <= len(line); {
		end := bytes.IndexByte(line[from:], sep)
		if end < 0 {
			end = len(line) - from
		}
		f := field{start: from, end: from + end}
		for f.start < f.end && line[f.start] == ' ' {
			f.start++
		}
		for f.start < f.end && (line[f.end-1] == ' ' || line[f.end-1] == '\r') {
			f.end--
		}
		to = append(to, f)
		from += end + 1
	}
	return to
}

// cutBlanks cuts a line where so many blanks, of either width, stand together.
func cutBlanks(to []field, line []byte, least int) []field {
	blanks, column := least, 0
	line = bytes.TrimRight(line, "\r")
	for i := 0; i < len(line); {
		size := blankAt(line, i)
		wide := size
		if size > 0 {
			blanks++
		} else {
			size, wide = shownAt(line, i)
			if blanks >= least {
				to = append(to, field{start: i, column: column, gap: blanks})
			}
			to[len(to)-1].end, blanks = i+size, 0
		}
		i, column = i+size, column+min(wide, 2)
	}
	return to
}

// shownAt is the size of the character at line[i], and how many columns it takes.
func shownAt(line []byte, i int) (size, columns int) {
	switch r := rune3at(line, i); {
	case r >= '｡' && r <= 'ﾟ':
		return 3, 1
	case r != 0:
		return 3, 2
	}
	return 1, 1
}
