package extract

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// unescape appends text to dst with &lt; &#38; and the like resolved.
func unescape(dst, text []byte) []byte {
	for {
		amp := bytes.IndexByte(text, '&')
		if amp < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:amp]...)
		text = text[amp:]
		semi := bytes.IndexByte(text[:min(len(text), maxReference)], ';')
		if semi < 0 {
			dst, text = append(dst, '&'), text[1:]
			continue
		}
		dst, text = appendReference(dst, text[:semi+1]), text[semi+1:]
	}
}

var references = map[string]string{"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": `"`, "&apos;": "'", "&nbsp;": " "}

func appendReference(dst, ref []byte) []byte {
	if s, ok := references[string(ref)]; ok {
		return append(dst, s...)
	}
	if len(ref) < 4 || ref[1] != '#' {
		return append(dst, ref...)
	}
	digits, base := string(ref[2:len(ref)-1]), 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return append(dst, ref...)
	}
	return utf8.AppendRune(dst, rune(n))
}
