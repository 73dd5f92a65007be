package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// A state of ISO-2022-JP (RFC 1468) says how the next bytes are read.
type state byte

const (
	single   state = iota // ASCII, or JIS X 0201's Roman half, which mail writes for it
	kana                  // JIS X 0201's half-width katakana
	double                // JIS X 0208 with the extensions of NEC and IBM (CP50221)
	doubleEx              // JIS X 0212
)

// escapes are the sequences behind ESC that mail programs use. JIS X 0213's
// first plane is read as JIS X 0208, which it contains.
var escapes = []struct {
	seq string
	to  state
}{
	{"$B", double}, {"$@", double}, {"$(B", double}, {"$(@", double}, {"$(O", double}, {"$(Q", double},
	{"$(D", doubleEx}, {"(I", kana}, {"(B", single}, {"(J", single}, {"(H", single},
	{"&@", double}, // announces JIS X 0208-1990; the real escape follows
}

// appendISO2022 appends ISO-2022-JP to dst as UTF-8. A line end leads back to
// ASCII, as RFC 1468 wants it. Half-width katakana come by ESC ( I, by SO and SI,
// or in eight bits.
func appendISO2022(dst, text []byte) []byte {
	now, out := single, single // out is where SI leads back to
	for len(text) > 0 {
		n := 1
		switch c := text[0]; {
		case c == 0x1b:
			n, now = escape(text, now)
			if n == 0 {
				n = 1
			}
		case c == 0x0e:
			out, now = now, kana
		case c == 0x0f:
			now = out
		case c == '\n' || c == '\r':
			now = single
			dst = append(dst, c)
		case now == single && c < 0x80 || c <= ' ':
			dst = append(dst, c)
		case c >= 0x80:
			n = eightBit(text)
			dst = appendEightBit(dst, text[:n])
		case now == kana:
			dst = utf8.AppendRune(dst, halfWidth(c))
		default:
			dst, n = appendPair(dst, text, now)
		}
		text = text[n:]
	}
	return dst
}

// escape reads a sequence: its length, 0 when nobody knows it, and what follows.
func escape(text []byte, now state) (int, state) {
	for _, e := range escapes {
		if bytes.HasPrefix(text[1:], []byte(e.seq)) {
			return 1 + len(e.seq), e.to
		}
	}
	return 0, now
}

func halfWidth(c byte) rune {
	if c < 0x21 || c > 0x5f {
		return utf8.RuneError
	}
	return rune(c) - 0x21 + '｡'
}

// appendPair reads two bytes of seven bits. One alone, before an escape or a line's end, is lost.
func appendPair(dst, text []byte, now state) ([]byte, int) {
	if len(text) < 2 || text[1] <= ' ' || text[1] >= 0x7f {
		return utf8.AppendRune(dst, utf8.RuneError), 1
	}
	if now == doubleEx {
		out, err := japanese.EUCJP.NewDecoder().Bytes([]byte{0x8f, text[0] | 0x80, text[1] | 0x80})
		if err != nil {
			return utf8.AppendRune(dst, utf8.RuneError), 2
		}
		return append(dst, out...), 2
	}
	lead, trail := shifted(text[0], text[1])
	return AppendCP932(dst, []byte{lead, trail}), 2
}

// shifted is the place of a row and a cell of JIS X 0208 in CP932.
func shifted(row, cell byte) (lead, trail byte) {
	lead = (row-0x21)/2 + 0x81
	if lead > 0x9f {
		lead += 0x40
	}
	switch {
	case row&1 == 0:
		return lead, cell + 0x7e
	case cell >= 0x60:
		return lead, cell + 0x20
	}
	return lead, cell + 0x1f
}

// eightBit is how far a stretch of bytes goes that seven-bit text cannot hold,
// with the trail bytes between them.
func eightBit(text []byte) int {
	n := 0
	for n < len(text) && text[n] != 0x1b && text[n] != '\n' {
		n++
	}
	return n
}

// appendEightBit reads what a program put between escapes without asking: half-width
// katakana, as JIS8 has them, or another charset.
func appendEightBit(dst, text []byte) []byte {
	for _, c := range text {
		if c >= 0x80 && (c < 0xa1 || c > 0xdf) {
			return new(Decoder).Decode(dst, text)
		}
	}
	return AppendCP932(dst, text)
}

// restored puts the escapes back that a relay took out of the text for being
// control characters: $B and ( B around pairs.
func restored(text []byte) []byte {
	var out []byte
	for {
		i := bytes.Index(text, []byte("$B"))
		if i < 0 {
			return append(out, text...)
		}
		end := i + 2
		for end+1 < len(text) && pairByte(text[end]) && pairByte(text[end+1]) && !closing(text[end:]) {
			end += 2
		}
		out = append(out, text[:i]...)
		if end == i+2 || !closing(text[end:]) {
			out = append(out, "$B"...)
			text = text[i+2:]
			continue
		}
		out = append(append(out, 0x1b), text[i:end]...)
		out = append(out, 0x1b)
		text = text[end:]
	}
}

func pairByte(c byte) bool { return c > ' ' && c < 0x7f }

func closing(text []byte) bool {
	return bytes.HasPrefix(text, []byte("(B")) || bytes.HasPrefix(text, []byte("(J"))
}
