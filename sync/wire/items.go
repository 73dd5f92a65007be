package wire

import "encoding/binary"

// maxItems is how many values a message may hold, in all its lists and maps
// together. A value takes one byte on the line and dozens in memory, and lists
// may stand in lists: without this, one push could ask for all the memory there is.
const maxItems = 1 << 20

// fewItems says whether a message holds no more values than that. It looks at
// heads of values alone, and leaves what is malformed to the decoder.
func fewItems(p []byte) bool {
	for n := 0; len(p) > 0; n++ {
		if n == maxItems {
			return false
		}
		size, rest, ok := head(p)
		if !ok {
			return true
		}
		if major := p[0] >> 5; major != 2 && major != 3 { // only strings have bytes of their own
			size = 0
		}
		if size > uint64(len(rest)) {
			return true
		}
		p = rest[size:]
	}
	return true
}

// head reads the head of a value (RFC 8949, 3): its number, and what follows.
func head(p []byte) (number uint64, rest []byte, ok bool) {
	short := p[0] & 0x1f
	if short < 24 {
		return uint64(short), p[1:], true
	}
	width := 1 << (short - 24)
	if short > 27 || len(p) < 1+width {
		return 0, nil, false
	}
	var b [8]byte
	copy(b[8-width:], p[1:])
	return binary.BigEndian.Uint64(b[:]), p[1+width:], true
}
