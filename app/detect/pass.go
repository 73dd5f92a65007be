package detect

import "unicode/utf8"

// pass is one walk over one block.
type pass struct {
	d       *Document
	text    []byte
	sep     byte
	classes *classes
	i       int // where the walk is
	start   int // of the line or row
	cell    int // where the cell begins
	joined  int // end of what a joined matcher took
	quoted  bool
}

const (
	maxQuoted = 8 << 10 // a longer quotation is a stray quote
	maxRow    = 4096    // candidates, and words, of one row held at a time
	keptWords = 32
)

// run is the loop that every byte goes through: what it does there decides the
// speed of a scan. The commonest cases are handled in place.
func (p *pass) run() {
	p.d.begin(p.sep != 0)
	text, t, words := p.text, p.classes, p.d.engine.words
	for i := 0; i < len(text); {
		k := t[text[i]]
		if k == plain {
			i++
			continue
		}
		if next := words.pass(text, i, k); next > i {
			i = next
			continue
		}
		p.i = i
		p.special(k)
		i = p.i
	}
	if p.i = len(text); p.start < p.i {
		p.endRow()
	}
}

// special handles what run does not.
func (p *pass) special(k class) {
	switch k {
	case digit:
		p.number()
	case letter:
		p.word(1)
	case wide:
		p.wideAt()
	case atSign:
		p.address(1)
	case blank:
		p.blank(1)
	case newline:
		p.lineEnd()
	case cellEnd:
		p.cellEnd()
	case quote:
		p.quoted = !p.quoted
		p.i++
	}
}

// wideAt looks at a three-byte character that a word, a digit, or '＠' begins with.
func (p *pass) wideAt() {
	if p.i+2 >= len(p.text) {
		p.i++
		return
	}
	if _, size := digitAt(p.text, p.i); size > 0 { // rune3 takes damaged characters for digits
		p.number()
		return
	}
	switch rune3(p.text[p.i:]) {
	case '＠':
		p.address(3)
	case '　':
		p.blank(3)
	default:
		p.word(3)
	}
}

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

// rune3 decodes a character of three bytes, which it does not check.
func rune3(b []byte) rune {
	return rune(b[0]&0x0F)<<12 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F)
}

// word notes the word of the rules that begins here, or steps over its first
// character of size bytes.
func (p *pass) word(size int) {
	if len(p.d.row.words) >= maxRow {
		p.shorten()
	}
	w := p.d.engine.words.match(p.text[p.i:])
	if w == nil || p.insideLonger(len(w.text)) {
		p.i += size
		return
	}
	from := p.i
	p.i += len(w.text)
	if !w.mutes {
		p.d.row.words = append(p.d.row.words, placed{w, from, p.i, p.d.row.column()})
	}
	if w.named != 0 {
		p.d.activate(w.named)
	}
	for _, r := range w.asks {
		if p.d.asked(int(r)) {
			h := p.handle(from, p.i, int(r))
			p.d.engine.rules[r].word(h, p.d.emit)
		}
	}
	p.full()
}

// insideLonger says whether an ASCII word goes on after the match: mailing.
func (p *pass) insideLonger(size int) bool {
	end := p.i + size
	return isLetter(p.text[end-1]) && end < len(p.text) && isLetter(p.text[end])
}

func isLetter(c byte) bool { return (c|0x20)-'a' <= 25 }

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
		p.i = end
		return
	}
	c.read(p.text, p.i)
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

// lineEnd ends the row, unless the newline stands inside a quoted cell.
func (p *pass) lineEnd() {
	if p.quoted && p.i-p.start < maxQuoted {
		p.i++
		return
	}
	p.endRow()
	p.i++
	p.start, p.cell, p.quoted = p.i, p.i, false
}

func (p *pass) endRow() {
	p.askWhole()
	if len(p.d.row.words)+len(p.d.row.candidates) > 0 || p.sep == 0 && len(p.d.title) > 0 {
		p.settle()
		p.d.remember(p)
	}
	p.d.begin(p.sep != 0)
}

// settle scores the candidates of the row and forgets them.
func (p *pass) settle() {
	r := &p.d.row
	if len(r.candidates) > 0 {
		p.d.countHints()
		if r.tabular {
			r.filled = p.filledCells()
		}
		p.d.judgeRow()
	}
	r.candidates = r.candidates[:0]
}

// shorten judges what a very long line holds so far and keeps its last words.
func (p *pass) shorten() {
	p.settle()
	p.d.row.words = append(p.d.row.words[:0], p.d.row.words[maxRow-keptWords:]...)
}
