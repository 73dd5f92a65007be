package detect

// pass is one walk over one block.
type pass struct {
	d       *Document
	text    []byte
	sep     byte
	classes *classes
	i       int  // where the walk is
	start   int  // of the line or row
	cell    int  // where the cell begins
	joined  int  // end of what a joined matcher took
	before  span // of the cell before
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
	if p.sep == 0 && p.d.list.open {
		p.rows()
	}
	p.d.row.from = p.start
	text, t, words := p.text, p.classes, p.d.engine.words
	for i := p.i; i < len(text); {
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
	p.symbolHead(w)
	if w.named != 0 {
		p.d.activate(w.named)
	}
	p.d.taken = 0
	for _, r := range w.asks {
		if rule := &p.d.engine.rules[r]; p.d.asked()>>r&1 != 0 || rule.telling && w.says[r] == cues {
			h := p.handle(from, p.i, r)
			h.cue = w.says[r] == cues
			rule.word(h, p.d.emit)
		}
	}
	p.i = max(p.i, p.d.taken)
	p.full()
}

// insideLonger says whether an ASCII word goes on after the match: mailing.
func (p *pass) insideLonger(size int) bool {
	end := p.i + size
	return isLetter(p.text[end-1]) && end < len(p.text) && isLetter(p.text[end]) && !hump(p.text[end-1], p.text[end])
}

func isLetter(c byte) bool { return (c|0x20)-'a' <= 25 }

// lineEnd ends the row, unless the newline stands inside a quoted cell.
func (p *pass) lineEnd() {
	if p.quoted && p.i-p.start < maxQuoted {
		p.i++
		return
	}
	p.endRow()
	p.i++
	p.before = span{}
	p.start, p.cell, p.quoted = p.i, p.i, false
	p.d.row.from = p.start
	if p.sep == 0 && p.d.list.open {
		p.rows()
	}
}

func (p *pass) endRow() {
	p.askWhole()
	if len(p.d.row.words)+len(p.d.row.candidates) > 0 || p.sep == 0 && len(p.d.title) > 0 {
		p.settle()
		p.d.remember(p)
		if p.sep == 0 {
			p.heading()
		}
	}
	p.d.begin(p.sep != 0)
}

// settle scores the candidates of the row and forgets them.
func (p *pass) settle() {
	r := &p.d.row
	if len(r.candidates) > 0 {
		p.d.countHints()
		if p.d.lone {
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
