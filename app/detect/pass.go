package detect

// pass is one walk over one block.
type pass struct {
	d       *Document
	text    []byte
	sep     byte
	classes *classes
	i       int // where the walk is
	start   int // of the line or row
	quoted  bool
}

const (
	maxQuoted = 8 << 10 // a longer quotation is a stray quote
	maxRow    = 4096    // candidates, and words, of one row held at a time
	keptWords = 32
)

// run is the loop that every byte goes through: what it does there decides the
// speed of a scan. The three commonest cases are handled in place.
func (p *pass) run() {
	p.d.row.begin(p.sep != 0)
	text, t, first := p.text, p.classes, &p.d.engine.words.first
	for i := 0; i < len(text); {
		switch k := t[text[i]]; {
		case k == plain:
			i++
		case k == wide && i+2 < len(text) && !first.has(rune3(text[i:])):
			i += 3
		case k == letter && i > 0 && isLetter(text[i-1]):
			i++
		default:
			p.i = i
			p.special(k)
			i = p.i
		}
	}
	if p.i = len(text); p.start < p.i {
		p.endRow()
	}
}

// special handles every class but the two commonest.
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
	case newline:
		p.lineEnd()
	case cellEnd:
		if !p.quoted {
			p.d.row.col++
		}
		p.i++
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
	if rune3(p.text[p.i:]) == '＠' {
		p.address(3)
		return
	}
	p.word(3)
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
	p.d.row.words = append(p.d.row.words, placed{w, p.i, p.i + len(w.text), p.d.row.column()})
	p.i += len(w.text)
}

// insideLonger says whether an ASCII word goes on after the match: mailing.
func (p *pass) insideLonger(size int) bool {
	end := p.i + size
	return isLetter(p.text[end-1]) && end < len(p.text) && isLetter(p.text[end])
}

func isLetter(c byte) bool { return (c|0x20)-'a' <= 25 }

// number reads the chain of digits here and asks the rules about it.
func (p *pass) number() {
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
	if c.nDigits >= minDigits {
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
	case i-p.i >= minDigits:
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

// minDigits is the length of the shortest number any rule looks for.
const minDigits = 10

func (p *pass) ask(c *chain) {
	for i := range p.d.engine.rules {
		if ask := p.d.engine.rules[i].digits; ask != nil {
			p.d.rule = uint8(i)
			ask(c, p.d.emit)
		}
	}
	if len(p.d.row.candidates) >= maxRow {
		p.settle()
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
	h := handle{p.text, p.i, p.i + size}
	p.i += size
	if p.d.engine.atRule < 0 {
		return
	}
	p.d.rule = uint8(p.d.engine.atRule)
	if m, ok := p.d.engine.rules[p.d.rule].at(&h); ok {
		p.d.take(m)
		p.i = max(p.i, m.end)
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
	p.start, p.quoted = p.i, false
}

func (p *pass) endRow() {
	if len(p.d.row.words)+len(p.d.row.candidates) > 0 || p.sep == 0 && len(p.d.title) > 0 {
		p.settle()
		p.d.remember(p)
	}
	p.d.row.begin(p.sep != 0)
}

// settle scores the candidates of the row and forgets them.
func (p *pass) settle() {
	r := &p.d.row
	if len(r.candidates) > 0 {
		p.d.countHints()
		if r.tabular {
			r.filled = p.filledCells()
		}
	}
	for i := range r.candidates {
		c := &r.candidates[i]
		if p.d.judge(c) != denied && c.valid {
			r.spent = max(r.spent, c.end)
		}
	}
	r.judged += len(r.candidates)
	r.candidates = r.candidates[:0]
}

// shorten judges what a very long line holds so far and keeps its last words.
func (p *pass) shorten() {
	p.settle()
	p.d.row.words = append(p.d.row.words[:0], p.d.row.words[maxRow-keptWords:]...)
}
