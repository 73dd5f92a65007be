package detect

import (
	"bytes"
	"unicode/utf8"
)

// apart says whether groups from..to stand on their own: neither more digits
// joined by a hyphen, dot or slash, nor letters glued to them. 円 after the
// digits makes them an amount.
func (c *chain) apart(from, to int) bool {
	if from > 0 && !loose(c.groups[from].sep) || to+1 < c.n && !loose(c.groups[to+1].sep) {
		return false
	}
	if from == 0 && gluedBefore(c.text, c.groups[0].start) {
		return false
	}
	return to != c.n-1 || !gluedAfter(c.text, c.groups[to].end)
}

func loose(s separator) bool { return s == sepSpace || s == sepParen || s == sepMiddle }

// gluedBefore says whether what stands before text[i] makes the digits part of
// something longer: a code, a path, a UUID, a price. A word such as TEL or No.
// may stand directly before a number.
func gluedBefore(text []byte, i int) bool {
	if i == 0 {
		return false
	}
	switch c := text[i-1]; {
	case isAlnum(c):
		return !callWord(text[:i])
	case c == '_' || c == '\\' || c == '$':
		return true
	case c == '.':
		return i > 1 && text[i-2]-'0' <= 9
	case c == '/':
		return i > 1 && (text[i-2]-'0' <= 9 || text[i-2]-'a' <= 25)
	case c == '-' || c == '+' || c == '%' || c == '#':
		return i > 1 && isAlnum(text[i-2])
	case c >= 0x80:
		r, _ := utf8.DecodeLastRune(text[:i])
		return r == '￥' || r == '¥' || r == '＃' || isWideDigit(r)
	}
	return false
}

// callWord says whether text ends in a word that is written directly before
// numbers, as in TEL03-1234-5678.
func callWord(text []byte) bool {
	from := len(text)
	for from > 0 && len(text)-from < 8 && (text[from-1]|0x20)-'a' <= 25 {
		from--
	}
	for _, w := range [...]string{"tel", "fax", "no", "phone", "mobile", "ph"} {
		if bytes.EqualFold(text[from:], []byte(w)) {
			return true
		}
	}
	return false
}

// gluedAfter is gluedBefore for what follows the digits.
func gluedAfter(text []byte, i int) bool {
	if i >= len(text) {
		return false
	}
	switch c := text[i]; {
	case isAlnum(c) || c == '_' || c == '%':
		return true
	case c == '-' || c == '/':
		return i+1 < len(text) && isAlnum(text[i+1])
	case c == '.':
		return i+1 < len(text) && text[i+1]-'0' <= 9
	case c >= 0x80:
		r, _ := utf8.DecodeRune(text[i:])
		return r == '円' || r == '％' || isWideDigit(r)
	}
	return false
}

func isAlnum(c byte) bool {
	return c-'0' <= 9 || (c|0x20)-'a' <= 25
}

func isWideDigit(r rune) bool { return r >= '０' && r <= '９' }
