package detect

import "unicode/utf8"

// blank asks about a space between wide characters, as in 山田 太郎.
func (p *pass) blank(size int) {
	from, to := p.i, p.i+size
	p.i = to
	if next := blankAt(p.text, to); p.sep == 0 && next > 0 && p.cell < from && blankBefore(p.text, from) == 0 {
		p.i = from // a wide gap ends a field, which may be a name
		p.askWhole()
		p.i, p.cell = to+next, to+next
		return
	}
	if p.sep == 0 && from > p.start && to < len(p.text) && p.text[from-1] >= utf8.RuneSelf && p.text[to] >= utf8.RuneSelf {
		p.askCell(from, to)
	}
}

// cellEnd asks about the cell that ends here, and begins the next.
func (p *pass) cellEnd() {
	if !p.quoted {
		p.askWhole()
		p.d.row.col++
		p.cell = p.i + 1
	}
	p.i++
}

// maxCell is the length in bytes of the longest cell that is asked about whole.
const maxCell = 48

// askWhole asks about a whole cell, or a whole line of prose, when it is short
// and begins wide.
func (p *pass) askWhole() {
	from, to := p.cell, p.i
	for from < to && wraps(p.text[from]) {
		from++
	}
	if p.sep == 0 {
		from = afterNumber(p.text[:to], from)
	}
	if to-from > maxCell || from >= to || p.text[from] < utf8.RuneSelf {
		p.before = span{}
		return
	}
	for to > from && wraps(p.text[to-1]) {
		to--
	}
	p.d.handle.before = p.before
	p.askCell(from, to)
	p.before, p.d.handle.before = span{from, to}, span{}
}

// afterNumber steps over the number of a line of a list: 001　山田太郎.
func afterNumber(text []byte, from int) int {
	i := from
	for i < len(text) && isDigitAt(text, i) {
		_, size := digitAt(text, i)
		i += size
	}
	if blank := blankAt(text, i); i > from && blank > 0 {
		return i + blank
	}
	return from
}

// wraps says which bytes may stand about the value of a cell, in tables and in
// the rows of a dump.
func wraps(c byte) bool {
	return c <= ' ' || c == '"' || c == '\'' || c == '(' || c == ')' || c == ';'
}

func (p *pass) askCell(from, to int) {
	for _, a := range p.d.engine.cells {
		a.ask(p.handle(from, to, a.rule), p.d.emit)
	}
	p.full()
}

// handle prepares to ask a rule about text[from:to].
func (p *pass) handle(from, to int, rule uint8) *handle {
	p.d.rule = rule
	h := &p.d.handle
	h.text, h.start, h.end, h.from, h.sep = p.text, from, to, p.start, p.sep
	h.active = p.d.active>>rule&1 != 0
	return h
}

// full judges a row that holds too many candidates.
func (p *pass) full() {
	if len(p.d.row.candidates) >= maxRow {
		p.settle()
	}
}

// number reads the chain of digits here and asks the rules about it.
func (p *pass) number() {
	p.askJoined()
	c := &p.d.chain
	if p.sep != 0 && c.readBoxes(p.text, p.i, p.sep) {
		p.ask(c)
		p.d.row.col += c.n - 1
		p.i = c.end
		return
	}
	if end := p.shortNumber(); end > 0 && (p.d.symbols == 0 || p.d.row.col != p.d.symbols) {
		p.i = end
		return
	}
	c.read(p.text, p.i)
	c.close()
	if p.d.symbols > 0 && p.d.row.col == p.d.symbols {
		if c.wholeCell = p.fillsCell(p.i, c.end); p.underSymbol() {
			p.i = c.end
			return
		}
	}
	if c.nDigits >= p.d.least {
		c.wholeCell = p.sep != 0 && p.fillsCell(p.i, c.end)
		p.ask(c)
	}
	p.i = c.next()
}

// shortNumber steps over groups of digits that are too few together, as in days,
// hours and addresses of the network; it returns 0 when a chain must be read.
func (p *pass) shortNumber() int {
	text, i, digits := p.text, p.i, 0
	for {
		from := i
		for i < len(text) && text[i]-'0' <= 9 {
			i++
		}
		if digits += i - from; digits >= p.d.least {
			return 0
		}
		switch afterDigits(text, i) {
		case chainEnds:
			return i
		case chainMayGoOn:
			return 0
		}
		i++
	}
}

// What follows digits that end at a place.
const (
	chainEnds    = iota
	chainGoesOn  // a joint and a digit
	chainMayGoOn // two joints, or what is no ASCII
)

func afterDigits(text []byte, i int) int {
	switch {
	case i >= len(text):
		return chainEnds
	case text[i] >= utf8.RuneSelf:
		return chainMayGoOn
	case !isJoint[text[i]] || i+1 >= len(text):
		return chainEnds
	case text[i+1]-'0' <= 9:
		return chainGoesOn
	case text[i+1] >= utf8.RuneSelf || isJoint[text[i+1]]:
		return chainMayGoOn
	}
	return chainEnds
}

// isJoint says which ASCII bytes may stand between groups of digits.
var isJoint = [256]bool{'-': true, ' ': true, '(': true, ')': true, '.': true, '/': true}

func (p *pass) ask(c *chain) {
	asked := p.d.asked()
	for _, a := range p.d.engine.digits {
		if c.nDigits >= a.least && asked>>a.rule&1 != 0 {
			p.d.rule = a.rule
			c.active = p.d.active>>a.rule&1 != 0
			a.ask(c, p.d.emit)
		}
	}
	p.full()
}

// askJoined asks about digits after a wide character: 丸の内1-18-1.
func (p *pass) askJoined() {
	before := p.i - 1
	if before > p.start && p.text[before] == ' ' {
		before--
	}
	if before < p.start || p.text[before] < utf8.RuneSelf || p.i < p.joined {
		return
	}
	for _, a := range p.d.engine.joined {
		if m, ok := a.ask(p.handle(p.i, p.i, a.rule)); ok {
			p.d.take(m)
			p.joined = m.end
		}
	}
}

// fillsCell says whether text[from:to] is all of its cell, quotes and spaces aside.
func (p *pass) fillsCell(from, to int) bool {
	for from > p.start && (p.text[from-1] == '"' || p.text[from-1] == ' ' || p.text[from-1] == '\'') {
		from--
	}
	for to < len(p.text) && (p.text[to] == '"' || p.text[to] == ' ' || p.text[to] == '\r') {
		to++
	}
	return (from == p.start || p.text[from-1] == p.sep) &&
		(to == len(p.text) || p.text[to] == p.sep || p.text[to] == '\n')
}

func (p *pass) address(size int) {
	at := p.i
	p.i += size
	for _, a := range p.d.engine.signs {
		if m, ok := a.ask(p.handle(at, at+size, a.rule)); ok {
			p.d.take(m)
			p.i = max(p.i, m.end)
		}
	}
}
