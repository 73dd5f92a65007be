package extract

import (
	"bytes"
	"strconv"
)

// The values of PDF that an encryption dictionary is made of: pdfDict, []any,
// []byte (strings), pdfName, pdfRef, int, bool; nil for what is not understood.
type (
	pdfDict map[string]any
	pdfName string
	pdfRef  string // "12 0"
)

func (d pdfDict) name(key string) string {
	n, _ := d[key].(pdfName)
	return string(n)
}

func (d pdfDict) number(key string, otherwise int) int {
	if n, ok := d[key].(int); ok {
		return n
	}
	return otherwise
}

// pdfParser reads values at the front of data (ISO 32000-1, 7.3).
type pdfParser struct {
	data []byte
	i    int
}

const maxPDFDepth = 8

func pdfSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func pdfDelimiter(c byte) bool {
	return pdfSpace(c) || bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0
}

func (p *pdfParser) skipSpace() {
	for p.i < len(p.data) {
		switch c := p.data[p.i]; {
		case pdfSpace(c):
			p.i++
		case c == '%':
			for p.i < len(p.data) && p.data[p.i] != '\n' && p.data[p.i] != '\r' {
				p.i++
			}
		default:
			return
		}
	}
}

func (p *pdfParser) starts(s string) bool { return bytes.HasPrefix(p.data[p.i:], []byte(s)) }

func (p *pdfParser) value(depth int) any {
	p.skipSpace()
	if p.i >= len(p.data) || depth > maxPDFDepth {
		return nil
	}
	switch {
	case p.starts("<<"):
		return p.dict(depth)
	case p.data[p.i] == '<':
		return p.hex()
	case p.data[p.i] == '(':
		return p.literal()
	case p.data[p.i] == '[':
		return p.array(depth)
	case p.data[p.i] == '/':
		p.i++
		return pdfName(p.word())
	}
	return p.numberOrRef()
}

func (p *pdfParser) word() string {
	from := p.i
	for p.i < len(p.data) && !pdfDelimiter(p.data[p.i]) {
		p.i++
	}
	return string(p.data[from:p.i])
}

func (p *pdfParser) dict(depth int) any {
	d := pdfDict{}
	for p.i += 2; ; {
		p.skipSpace()
		if p.i >= len(p.data) {
			return nil
		}
		if p.starts(">>") {
			p.i += 2
			return d
		}
		if p.data[p.i] != '/' {
			return nil
		}
		p.i++
		key := p.word()
		d[key] = p.value(depth + 1)
	}
}

func (p *pdfParser) array(depth int) any {
	list := []any{}
	for p.i++; ; {
		p.skipSpace()
		if p.i >= len(p.data) {
			return nil
		}
		if p.data[p.i] == ']' {
			p.i++
			return list
		}
		from := p.i
		list = append(list, p.value(depth+1))
		if p.i == from {
			return nil
		}
	}
}

func (p *pdfParser) hex() any {
	end := bytes.IndexByte(p.data[p.i:], '>')
	if end < 0 {
		return nil
	}
	var digits []byte
	for _, c := range p.data[p.i+1 : p.i+end] {
		if !pdfSpace(c) {
			digits = append(digits, c)
		}
	}
	p.i += end + 1
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, len(digits)/2)
	for i := range out {
		n, err := strconv.ParseUint(string(digits[2*i:2*i+2]), 16, 8)
		if err != nil {
			return nil
		}
		out[i] = byte(n)
	}
	return out
}

// literal reads a string in parentheses, which nest, with its escapes.
func (p *pdfParser) literal() any {
	var out []byte
	open := 0
	for ; p.i < len(p.data); p.i++ {
		c := p.data[p.i]
		switch c {
		case '(':
			if open++; open == 1 {
				continue
			}
		case ')':
			if open--; open == 0 {
				p.i++
				return out
			}
		case '\\':
			out = p.escape(out)
			continue
		case '\r':
			if p.i+1 < len(p.data) && p.data[p.i+1] == '\n' {
				continue
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return nil
}

// escape appends what the escape at p.i means and leaves p.i at its last byte.
func (p *pdfParser) escape(out []byte) []byte {
	if p.i++; p.i >= len(p.data) {
		return out
	}
	c := p.data[p.i]
	if k := bytes.IndexByte([]byte("nrtbf"), c); k >= 0 {
		return append(out, "\n\r\t\b\f"[k])
	}
	if c < '0' || c > '7' {
		if c == '\n' {
			return out
		}
		if c == '\r' {
			if p.i+1 < len(p.data) && p.data[p.i+1] == '\n' {
				p.i++
			}
			return out
		}
		return append(out, c)
	}
	n := 0
	for k := 0; k < 3 && p.i < len(p.data) && p.data[p.i] >= '0' && p.data[p.i] <= '7'; k++ {
		n = n*8 + int(p.data[p.i]-'0')
		p.i++
	}
	p.i--
	return append(out, byte(n))
}

// numberOrRef reads 12, 12 0 R, true or false.
func (p *pdfParser) numberOrRef() any {
	w := p.word()
	n, err := strconv.Atoi(w)
	if err != nil {
		if w == "true" || w == "false" {
			return w == "true"
		}
		return nil
	}
	back := p.i
	p.skipSpace()
	g := p.word()
	p.skipSpace()
	if _, err := strconv.Atoi(g); err == nil && p.i < len(p.data) && p.data[p.i] == 'R' {
		p.i++
		return pdfRef(w + " " + g)
	}
	p.i = back
	return n
}
