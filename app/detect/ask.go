package detect

import "unicode/utf8"

// blank asks about a space between wide characters, as in 山田 太郎.
func (p *pass) blank(size int) {
	from, to := p.i, p.i+size
	p.i = to
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
	if to-from > maxCell || from >= to || p.text[from] < utf8.RuneSelf {
		return
	}
	for to > from && wraps(p.text[to-1]) {
		to--
	}
	p.askCell(from, to)
}

// wraps says which bytes may stand about the value of a cell, in tables and in
// the rows of a dump.
func wraps(c byte) bool {
	return c <= ' ' || c == '"' || c == '\'' || c == '(' || c == ')' || c == ';'
}

func (p *pass) askCell(from, to int) {
	for i := range p.d.engine.rules {
		if ask := p.d.engine.rules[i].cell; ask != nil {
			h := p.handle(from, to, i)
			ask(h, p.d.emit)
		}
	}
	p.full()
}

// handle prepares to ask a rule about text[from:to].
func (p *pass) handle(from, to, rule int) *handle {
	p.d.rule = uint8(rule)
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
		p.d.row.col += individualDigits - 1
		p.i = c.end
		return
	}
	if end := p.shortNumber(); end > 0 {
		p.d.met |= p.d.engine.named[min(end-p.i, maxChainDigits)]
		p.i = end
		return
	}
	c.read(p.text, p.i)
	p.d.met |= p.d.engine.named[c.nDigits]
	if c.nDigits >= p.d.least {
		c.wholeCell = p.sep != 0 && p.fillsCell(p.i, c.end)
		p.ask(c)
	}
	p.i = c.end
}

// shortNumber steps over digits that are too few and lead to no more; it
// returns 0 when a chain may begin.
func (p *pass) shortNumber() int {
	text, i := p.text, p.i
	for i < len(text) && text[i]-'0' <= 9 {
		i++
	}
	switch {
	case i-p.i >= p.d.least:
		return 0
	case i >= len(text):
		return i
	case text[i] >= 0x80 || isJoint[text[i]]:
		return 0
	}
	return i
}

// isJoint says which ASCII bytes may stand between groups of digits.
var isJoint = [256]bool{'-': true, ' ': true, '(': true, ')': true, '.': true, '/': true}

func (p *pass) ask(c *chain) {
	for i := range p.d.engine.rules {
		r := &p.d.engine.rules[i]
		if r.digits != nil && c.nDigits >= r.least && p.d.asked(i) {
			p.d.rule = uint8(i)
			c.active = p.d.active>>i&1 != 0
			r.digits(c, p.d.emit)
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
	for i := range p.d.engine.rules {
		if ask := p.d.engine.rules[i].joined; ask != nil {
			h := p.handle(p.i, p.i, i)
			if m, ok := ask(h); ok {
				p.d.take(m)
				p.joined = m.end
			}
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
	for i := range p.d.engine.rules {
		if ask := p.d.engine.rules[i].at; ask != nil {
			h := p.handle(at, at+size, i)
			if m, ok := ask(h); ok {
				p.d.take(m)
				p.i = max(p.i, m.end)
			}
		}
	}
}
