package extract

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// charset is a way to read bytes as characters.
type charset byte

const (
	charsetASCII charset = iota
	charsetUTF8
	charsetCP932
	charsetEUC
	charsetISO2022
	charsetUnknown // eight bits, but none of the above
)

// decoder turns text of unknown charset into UTF-8, stretch by stretch. Files
// rarely change their charset, but logs that several programs write do.
type decoder struct {
	charset charset
	lost    bool // a stretch was in no known charset
}

// decode appends text, which ends where a line ends, to dst as UTF-8. Where a
// stretch does not fit any charset its halves are judged by themselves.
func (d *decoder) decode(dst, text []byte) []byte {
	c, fits := guess(text, d.charset)
	if !fits {
		if cut := middleLine(text); cut > 0 {
			return d.decode(d.decode(dst, text[:cut]), text[cut:])
		}
	}
	if c != charsetASCII {
		d.charset = c
	}
	d.lost = d.lost || c == charsetUnknown
	return c.toUTF8(dst, text)
}

// middleLine is where the line about the middle of text ends; 0 when it is
// short or one line.
func middleLine(text []byte) int {
	const enough = 256
	if len(text) < enough {
		return 0
	}
	half := len(text) / 2
	if i := bytes.IndexByte(text[half:], '\n'); i >= 0 && half+i+1 < len(text) {
		return half + i + 1
	}
	return bytes.LastIndexByte(text[:half], '\n') + 1
}

// guess tells the charset of a stretch of text, and whether all of it fits.
// before is that of the stretch before.
func guess(text []byte, before charset) (c charset, fits bool) {
	switch {
	case isASCII(text):
		if looksISO2022(text) {
			return charsetISO2022, true
		}
		return charsetASCII, true
	case utf8.Valid(text):
		return charsetUTF8, true
	}
	sjis, euc := weighSJIS(text), weighEUC(text)
	switch {
	case sjis.bad() && euc.bad():
		return fallback(text, before), false
	case sjis.bad():
		return charsetEUC, euc.invalid == 0
	case euc.bad():
		return charsetCP932, sjis.invalid == 0
	}
	if before == charsetEUC || before != charsetCP932 && euc.score > sjis.score {
		return charsetEUC, euc.invalid == 0
	}
	return charsetCP932, sjis.invalid == 0
}

// fallback keeps to UTF-8 where a few bytes are damaged.
func fallback(text []byte, before charset) charset {
	broken := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			broken++
		}
		i += size
	}
	if before == charsetUTF8 && broken*20 < len(text) || broken*50 < wideBytes(text) {
		return charsetUTF8
	}
	return charsetUnknown
}

func wideBytes(text []byte) (n int) {
	for _, c := range text {
		if c >= 0x80 {
			n++
		}
	}
	return n
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// looksISO2022 looks for the escapes that switch to JIS X 0208, 0201 or 0212.
func looksISO2022(text []byte) bool {
	for {
		i := bytes.IndexByte(text, 0x1b)
		if i < 0 || i+2 >= len(text) {
			return false
		}
		if text[i+1] == '$' && bytes.IndexByte([]byte("B@("), text[i+2]) >= 0 || text[i+1] == '(' && text[i+2] == 'I' {
			return true
		}
		text = text[i+1:]
	}
}

// toUTF8 appends text to dst as UTF-8.
func (c charset) toUTF8(dst, text []byte) []byte {
	switch c {
	case charsetCP932:
		return appendCP932(dst, text)
	case charsetEUC:
		return appendDecoded(dst, text, japanese.EUCJP)
	case charsetISO2022:
		return appendDecoded(dst, text, japanese.ISO2022JP)
	case charsetUnknown:
		return appendASCII(dst, text)
	}
	return append(dst, text...)
}

func appendDecoded(dst, text []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return appendASCII(dst, text)
	}
	return append(dst, out...)
}

func appendASCII(dst, text []byte) []byte {
	for _, c := range text {
		if c >= 0x80 {
			c = '?'
		}
		dst = append(dst, c)
	}
	return dst
}
