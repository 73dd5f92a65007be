package keys

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A paper is a kind of secret that people keep in print and type in again. It is
// spelled in groups of four characters: three that say something, of five bits
// each, and one that checks these and their place. So every single mistyped
// character, every two that changed places in a group, and every two groups that
// did, are found, and the group is known. The first character marks the kind.
type paper struct {
	marks  string // that it may have
	bytes  int    // that it says, after the mark
	ja, en string // what it is called
}

var (
	recoveryPaper = paper{"R", 20, "回復キー", "recovery key"}
	sharePaper    = paper{"123", 22, "分割キー", "share"}
)

// alphabet is Crockford's base 32: no I, L, O or U.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const groupSize = 4

// groups is how many groups the paper has.
func (p paper) groups() int { return (5 + 8*p.bytes + 14) / 15 }

// spell writes one of the marks, and b.
func (p paper) spell(mark byte, b []byte) string {
	values := append([]byte{byte(strings.IndexByte(alphabet, mark))}, fives(b, 3*p.groups()-1)...)
	var text strings.Builder
	for n := range p.groups() {
		if n > 0 {
			text.WriteByte('-')
		}
		three := [3]byte(values[3*n:])
		for _, v := range append(three[:], check(three, n+1)) {
			text.WriteByte(alphabet[v])
		}
	}
	return text.String()
}

// read gives back what spell was given.
func (p paper) read(text string) (mark byte, b []byte, err error) {
	typed := characters(text)
	var values []byte
	for n := 0; n+groupSize <= len(typed); n += groupSize {
		three, right := group([groupSize]byte(typed[n:]), n/groupSize+1)
		if !right {
			return 0, nil, p.mistyped(n/groupSize + 1)
		}
		values = append(values, three[:]...)
	}
	if len(values) > 0 && strings.IndexByte(p.marks, alphabet[values[0]]) < 0 {
		return 0, nil, p.other()
	}
	if len(typed) != groupSize*p.groups() {
		return 0, nil, p.incomplete(len(typed))
	}
	b, right := eights(values[1:], p.bytes)
	if !right {
		return 0, nil, p.mistyped(p.groups())
	}
	return alphabet[values[0]], b, nil
}

// none stands for a character that is in no paper.
const none = 0xff

// characters are the values of what was typed, without what only sets groups
// apart: blanks, hyphens, and what a Japanese keyboard gives for a hyphen.
func characters(text string) []byte {
	var typed []byte
	for _, r := range norm.NFKC.String(text) {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) || r == 'ー' {
			continue
		}
		typed = append(typed, value(unicode.ToUpper(r)))
	}
	return typed
}

func value(r rune) byte {
	switch r {
	case 'O':
		r = '0'
	case 'I', 'L':
		r = '1'
	}
	if i := strings.IndexRune(alphabet, r); i >= 0 {
		return byte(i)
	}
	return none
}

// group takes the check off a group, and reports whether it is right.
func group(typed [groupSize]byte, place int) (three [3]byte, right bool) {
	for _, v := range typed {
		if v == none {
			return three, false
		}
	}
	three = [3]byte(typed[:])
	return three, check(three, place) == typed[3]
}

// check is a polynomial over GF(32) without constant term, its own factor being 1:
// all four factors differ and none is 0. The place is added.
func check(three [3]byte, place int) byte {
	sum := byte(0)
	for _, v := range three {
		sum = double(sum ^ v)
	}
	return sum ^ byte(place)
}

// double multiplies by x in GF(32), modulo x⁵ + x² + 1.
func double(v byte) byte { return (v<<1 ^ (v>>4)*0x25) & 0x1f }

// fives cuts bytes into n values of five bits, the highest first; what is left at
// the end is 0.
func fives(b []byte, n int) []byte {
	values := make([]byte, n)
	for i := range 8 * len(b) {
		values[i/5] |= b[i/8] >> (7 - i%8) & 1 << (4 - i%5)
	}
	return values
}

// eights puts together what fives cut into n bytes, and reports whether the rest is 0.
func eights(values []byte, n int) (b []byte, right bool) {
	b = make([]byte, n)
	for i := range 5 * len(values) {
		bit := values[i/5] >> (4 - i%5) & 1
		if i < 8*n {
			b[i/8] |= bit << (7 - i%8)
		} else if bit != 0 {
			return nil, false
		}
	}
	return b, true
}
