package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// charset is a way to read bytes as characters.
type charset byte

const (
	ascii charset = iota
	utf8Text
	cp932Text
	eucText
	iso2022Text
	unknown // eight bits, but none of the above
)

// Decoder turns text of unknown charset into UTF-8, stretch by stretch. Files
// rarely change their charset, but logs that several programs write do. Its
// zero value is ready.
type Decoder struct {
	charset charset
	Lost    bool // a stretch was in no known charset: only its ASCII was read
}

// Decode appends text, which ends where a line ends, to dst as UTF-8. Where a
// stretch does not fit any charset its halves are judged by themselves.
func (d *Decoder) Decode(dst, text []byte) []byte {
	if d.charset == cp932Text && !valid(text) { // all of it, mostly: then no weighing tells more
		if out, read := appendCP932(dst, text); read.lost == 0 && read.half <= read.pairs {
			return out
		}
	}
	c, fits := guess(text, d.charset)
	if !fits {
		if cut := middleLine(text); cut > 0 {
			return d.Decode(d.Decode(dst, text[:cut]), text[cut:])
		}
	}
	if c != ascii {
		d.charset = c
	}
	d.Lost = d.Lost || c == unknown
	if c == utf8Text && !fits { // half a character must not swallow what follows it
		return append(dst, bytes.ToValidUTF8(text, []byte("\uFFFD"))...)
	}
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
			return iso2022Text, true
		}
		return ascii, true
	case valid(text):
		return utf8Text, true
	}
	if w := weighAs(text, before); w.chars > 0 && !w.bad() && w.half <= w.chars/2 { // no other could win against it
		return before, w.invalid == 0
	}
	sjis, euc := weighSJIS(text), weighEUC(text)
	switch {
	case sjis.bad() && euc.bad():
		return fallback(text, before), false
	case sjis.bad():
		return eucText, euc.invalid == 0
	case euc.bad():
		return cp932Text, sjis.invalid == 0
	}
	if euc.score > sjis.score && (before != cp932Text || euc.sure()) {
		return eucText, euc.invalid == 0
	}
	return cp932Text, sjis.invalid == 0
}

// weighAs weighs text in the charset of the stretch before it, when that was one
// of the two that are alike.
func weighAs(text []byte, before charset) weight {
	switch before {
	case cp932Text:
		return weighSJIS(text)
	case eucText:
		return weighEUC(text)
	}
	return weight{}
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
	if before == utf8Text && broken*20 < len(text) || broken*50 < wideBytes(text) {
		return utf8Text
	}
	return unknown
}

func wideBytes(text []byte) (n int) {
	for _, c := range text {
		if c >= 0x80 {
			n++
		}
	}
	return n
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
	case cp932Text:
		return AppendCP932(dst, text)
	case eucText:
		return appendDecoded(dst, text, japanese.EUCJP)
	case iso2022Text:
		return appendISO2022(dst, text)
	case unknown:
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
