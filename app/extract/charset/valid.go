package charset

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Every text goes through these two: eight bytes at a time.

const highBits = 0x8080808080808080

func isASCII(text []byte) bool {
	for ; len(text) >= 8; text = text[8:] {
		if binary.LittleEndian.Uint64(text)&highBits != 0 {
			return false
		}
	}
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// One and two characters of three bytes, which Japanese text is made of.
const (
	oneMask, one = 0xC0C0F0, 0x8080E0
	twoMask, two = oneMask<<24 | oneMask, one<<24 | one
)

// valid is utf8.Valid, in less than half the time where the text is Japanese: the
// inner loop steps over two characters at a time.
func valid(text []byte) bool {
	i := 0
	for i+8 <= len(text) {
		x := binary.LittleEndian.Uint64(text[i:])
		switch high := x & highBits; {
		case x&twoMask == two && !exceptional(x) && !exceptional(x>>24):
			for i += 6; i+8 <= len(text); i += 6 {
				if x = binary.LittleEndian.Uint64(text[i:]); x&twoMask != two || exceptional(x) || exceptional(x>>24) {
					break
				}
			}
		case high == 0:
			i += 8
		case high&0x80 == 0:
			i += bits.TrailingZeros64(high) / 8
		case x&oneMask == one && !exceptional(x):
			i += 3
		default:
			r, size := utf8.DecodeRune(text[i:])
			if r == utf8.RuneError && size == 1 {
				return false
			}
			i += size
		}
	}
	return utf8.Valid(text[i:])
}

// exceptional says whether the lead byte is one of the two that not every trail
// byte may follow.
func exceptional(x uint64) bool { return (1<<0x0|1<<0xD)>>(x&0x0F)&1 != 0 }
