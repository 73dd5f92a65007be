package detect

import (
	"math/bits"
	"sync"
	"unicode/utf8"
)

// Sketch tells of a text which words do not stand in it: it is a set of the pairs
// of characters that do (a Bloom filter with one hash). Digits are left out, so
// that it says nothing of numbers. It cannot be read back, yet who holds it can
// test a word on it: it belongs under the same lock as the text's own findings.
type Sketch []byte

const (
	sketchBits = 1 << 19 // of the largest one
	sketchFill = 4       // it is folded together as long as one bit in so many is set at most
)

// Sketcher makes a Sketch of texts that are added one by one. It is not safe for
// concurrent use.
type Sketcher struct{ set *sketchSet }

type sketchSet [sketchBits / 64]uint64

var sketchSets = sync.Pool{New: func() any { return new(sketchSet) }}

// Add adds a text. No word goes from one text into the next.
func (s *Sketcher) Add(text []byte) {
	if s.set == nil {
		s.set = sketchSets.Get().(*sketchSet)
	}
	set, last := s.set, rune(0)
	for i := 0; i < len(text); {
		r, size := sketched(text[i:])
		i += size
		if last != 0 && r != 0 {
			at := pairBit(last, r)
			set[at>>6] |= 1 << (at & 63)
		}
		last = r
	}
}

// sketched is the next character, 0 for one that parts words.
func sketched(text []byte) (r rune, size int) {
	switch c := text[0]; {
	case c-'0' <= 9 || c == '\n' || c == Cell:
		return 0, 1
	case c < utf8.RuneSelf:
		return rune(lower(c)), 1
	case c&0xF0 == 0xE0 && len(text) >= 3 && text[1]&0xC0 == 0x80 && text[2]&0xC0 == 0x80:
		return rune3(text), 3
	}
	if r, size = utf8.DecodeRune(text); size == 1 {
		return 0, 1 // damaged
	}
	return r, size
}

func pairBit(a, b rune) uint32 {
	return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 13
}

// Sketch is that of what was added; the Sketcher begins anew.
func (s *Sketcher) Sketch() Sketch {
	if s.set == nil {
		return nil
	}
	set := s.set[:]
	for len(set) > 1 && filled(set, len(set)/2)*sketchFill <= len(set)/2*64 {
		half := len(set) / 2
		for i := range half {
			set[i] |= set[half+i]
		}
		set = set[:half]
	}
	sketch := make(Sketch, 0, len(set)*8)
	for _, w := range set {
		for shift := 0; shift < 64; shift += 8 {
			sketch = append(sketch, byte(w>>shift))
		}
	}
	clear(s.set[:])
	sketchSets.Put(s.set)
	s.set = nil
	return sketch
}

// filled counts the bits that a set has once it is folded to half.
func filled(set []uint64, half int) (n int) {
	for i := range half {
		n += bits.OnesCount64(set[i] | set[half+i])
	}
	return n
}

// MayHold says whether a word may stand in the text. One that has no pair of
// characters to look for, such as 様, may stand anywhere.
func (s Sketch) MayHold(word string) bool {
	if len(s) == 0 {
		return false
	}
	mask, last := uint32(len(s)*8-1), rune(0)
	for text := []byte(word); len(text) > 0; {
		r, size := sketched(text)
		text = text[size:]
		if last != 0 && r != 0 {
			if at := pairBit(last, r) & mask; s[at>>3]>>(at&7)&1 == 0 {
				return false
			}
		}
		last = r
	}
	return true
}
