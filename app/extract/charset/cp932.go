package charset

import (
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// cp932 maps a lead and a trail byte to a character, 0 when there is none. It
// is three times as fast as a transformer. All of CP932 lies below U+10000.
var cp932 = sync.OnceValue(func() *[1 << 16]uint16 {
	var table [1 << 16]uint16
	decoder := japanese.ShiftJIS.NewDecoder()
	for lead := 0x81; lead <= 0xFC; lead++ {
		for trail := 0x40; trail <= 0xFC; trail++ {
			out, err := decoder.Bytes([]byte{byte(lead), byte(trail)})
			if r, size := utf8.DecodeRune(out); err == nil && size == len(out) && r != utf8.RuneError {
				table[lead<<8|trail] = uint16(r)
			}
		}
	}
	return &table
})

// AppendCP932 appends text in CP932, Microsoft's Shift_JIS with the characters of
// NEC and IBM, to dst as UTF-8. A byte that is none becomes U+FFFD.
func AppendCP932(dst, text []byte) []byte {
	dst, _ = appendCP932(dst, text)
	return dst
}

// widest is how many bytes of UTF-8 a byte of CP932 becomes at most: one that is
// half-width, or none.
const widest = 3

// count is what was met beyond ASCII: bytes that are no character, half-width
// katakana, and characters of two bytes.
type count struct{ lost, half, pairs int }

// appendCP932 is AppendCP932, and counts.
func appendCP932(dst, text []byte) (out []byte, met count) {
	table := cp932()
	dst = slices.Grow(dst, widest*len(text))
	to, at := dst[:cap(dst)], len(dst)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < utf8.RuneSelf {
			to[at] = c
			at++
			continue
		}
		r := uint16(utf8.RuneError)
		switch {
		case c >= 0xA1 && c <= 0xDF:
			r = uint16(c) - 0xA1 + '｡'
			met.half++
		case i+1 < len(text) && table[int(c)<<8|int(text[i+1])] != 0:
			r = table[int(c)<<8|int(text[i+1])]
			i++
			met.pairs++
		default:
			met.lost++
		}
		at += encode(to[at:], r)
	}
	return to[:at], met
}

// encode writes a character beyond ASCII as UTF-8 and returns its size.
func encode(to []byte, r uint16) int {
	if r < 0x800 {
		return utf8.EncodeRune(to, rune(r))
	}
	_ = to[2]
	to[0], to[1], to[2] = 0xE0|byte(r>>12), 0x80|byte(r>>6&0x3F), 0x80|byte(r&0x3F)
	return 3
}

// Name reads a file name that is not marked as UTF-8: old archivers and old
// servers write CP932. Names that are UTF-8 are returned as they are.
func Name(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	return string(AppendCP932(nil, []byte(raw)))
}
