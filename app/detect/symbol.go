package detect

import "bytes"

// A symbol and a number are how accounts of the post bank and insured persons
// are written: 記号 10530 番号 12345671, 記号　甲01　番号　1234567.
type symbol struct {
	mark, number []byte // in ASCII where they are of either width
	end          int
}

const (
	maxSymbol  = 10 // characters
	symbolWord = "記号"
)

// symbolHead notes that a cell holds the word 記号 alone: the next column holds
// the numbers.
func (p *pass) symbolHead(w *word) {
	if w.symbol && p.sep != 0 && p.cellIs(symbolWord) {
		p.d.symbols = p.d.row.col + 1
	}
}

func (p *pass) cellIs(w string) bool {
	cell := p.text[p.cell:]
	if end := bytes.IndexAny(cell, string([]byte{p.sep, '\n'})); end >= 0 {
		cell = cell[:end]
	}
	return string(bytes.Trim(cell, " \"\r")) == w
}

// underSymbol reads the number below the header behind that of the symbols.
func (p *pass) underSymbol() bool {
	if p.sep == 0 || p.d.symbols == 0 || p.d.row.col != p.d.symbols || p.d.chain.n != 1 || !p.d.chain.wholeCell {
		return false
	}
	from := bytes.LastIndexByte(p.text[p.start:max(p.start, p.cell-1)], p.sep) + 1 + p.start
	mark := bytes.Trim(p.text[from:max(from, p.cell-1)], " \"")
	if len(mark) == 0 || len(mark) > 3*maxSymbol || p.d.chain.nDigits > maxSymbol {
		return false
	}
	s := symbol{number: p.d.chain.digitsOf(0, 0)}
	for i := 0; i < len(mark); {
		i += s.take(&s.mark, mark, i)
	}
	kind, base := HealthInsurance, int16(healthColumn)
	if s.postal() {
		kind, base = BankAccount, accountSymbol
	}
	for i := range p.d.engine.rules {
		if p.d.engine.rules[i].Kind == kind {
			p.d.rule = uint8(i)
			p.d.take(match{start: p.i, end: p.d.chain.end, value: append(s.mark, s.number...), base: base, valid: true})
			return true
		}
	}
	return false
}

// readSymbol reads what stands behind the word 記号.
func readSymbol(text []byte, i int) (symbol, bool) {
	s := symbol{}
	i, _ = skipLabel(text, i)
	for len(s.mark) < 3*maxSymbol && i < len(text) && !endsSymbol(text, i) {
		i += s.take(&s.mark, text, i)
	}
	i, _ = skipLabel(text, i)
	if i < len(text) && rune3at(text, i) == '、' {
		i += len("、")
	}
	rest, found := bytes.CutPrefix(text[min(i, len(text)):], []byte("番号"))
	if len(s.mark) == 0 || !found {
		return s, false
	}
	i, _ = skipLabel(text, len(text)-len(rest))
	for len(s.number) <= maxSymbol && i < len(text) && (isDigitAt(text, i) || len(s.number) > 0 && text[i] == '-') {
		i += s.take(&s.number, text, i)
	}
	s.end = i
	return s, len(s.number) > 1 && len(s.number) <= maxSymbol
}

// endsSymbol says whether a blank, a colon or the word 番号 stands at text[i].
func endsSymbol(text []byte, i int) bool {
	r := rune3at(text, i)
	return blankAt(text, i) > 0 || text[i] < ' ' || text[i] == ',' || r == '、' || r == '，' || r == '・' || r == '番'
}

func (s *symbol) take(to *[]byte, text []byte, i int) (size int) {
	if c, size := narrowAt(text, i); c != 0 {
		*to = append(*to, lower(c))
		return size
	}
	size = max(1, 3*min(1, int(rune3at(text, i))))
	*to = append(*to, text[i:i+size]...)
	return size
}

// postal says whether it is an account of the post bank: see chain.post.
func (s *symbol) postal() bool {
	return len(s.mark) == 5 && s.mark[0] == '1' && s.mark[4] == '0' && digitsOnly(s.mark) && digitsOnly(s.number)
}

func digitsOnly(text []byte) bool {
	return !bytes.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// matchSymbol emits the number if it is, or is not, one of the post bank.
func matchSymbol(postal bool, base int16) func(*handle, func(match)) {
	return func(h *handle, emit func(match)) {
		if !bytes.Equal(h.text[h.start:h.end], []byte(symbolWord)) {
			return
		}
		if s, ok := readSymbol(h.text, h.end); ok && s.postal() == postal {
			emit(match{start: h.start, end: s.end, value: append(s.mark, s.number...), base: base, valid: true, takes: true})
		}
	}
}
