package mail

import (
	"bytes"
	"encoding/base64"
	"strings"

	"daicho/app/extract/charset"
)

// word is an encoded-word (RFC 2047): =?charset?B?text?=.
type word struct {
	charset string
	base64  bool
	text    []byte
}

// Decode reads a header's value: encoded-words, also without blanks between them or
// within quotes, and raw text of any charset around them. Words of one charset are put
// together before they are decoded, for programs cut them anywhere, also within a
// character. Line ends and control characters become one blank.
func Decode(raw []byte) string {
	text := decodeWords(raw)
	if again := []byte(text); bytes.HasPrefix(again, []byte("=?")) && bytes.HasSuffix(again, []byte("?=")) {
		text = decodeWords(again) // a relay encoded what was encoded
	}
	return printable(text)
}

func decodeWords(raw []byte) string {
	var out strings.Builder
	for len(raw) > 0 {
		i := bytes.Index(raw, []byte("=?"))
		if i < 0 {
			break
		}
		words, n := wordsAt(raw[i:])
		if n == 0 {
			out.WriteString(charset.Text("", raw[:i+2]))
			raw = raw[i+2:]
			continue
		}
		out.WriteString(charset.Text("", raw[:i]))
		out.WriteString(joined(words))
		raw = raw[i+n:]
	}
	out.WriteString(charset.Text("", raw))
	return out.String()
}

// wordsAt reads the words that raw begins with, with only blanks between them, and
// tells how long they are.
func wordsAt(raw []byte) (words []word, n int) {
	for {
		at := n
		for at < len(raw) && bytes.IndexByte([]byte(" \t\r\n"), raw[at]) >= 0 {
			at++
		}
		w, length := wordAt(raw[at:])
		if length == 0 {
			return words, n
		}
		words, n = append(words, w), at+length
	}
}

// wordAt reads one word; a length of 0 says that there is none. The last word of a
// value may have lost its end.
func wordAt(raw []byte) (w word, length int) {
	if !bytes.HasPrefix(raw, []byte("=?")) {
		return w, 0
	}
	name, rest, ok := bytes.Cut(raw[2:], []byte{'?'})
	if !ok || len(name) > 64 || bytes.ContainsAny(name, " \t\"=") || len(rest) < 2 || rest[1] != '?' {
		return w, 0
	}
	w.charset, w.base64 = string(name), rest[0]|0x20 == 'b'
	if !w.base64 && rest[0]|0x20 != 'q' {
		return w, 0
	}
	from := 2 + len(name) + 1 + 2
	end := bytes.Index(raw[from:], []byte("?="))
	if end < 0 {
		w.text = bytes.TrimRight(raw[from:], "?\" ")
		return w, len(raw)
	}
	w.text = raw[from : from+end]
	return w, from + end + 2
}

// joined decodes words, those of one charset together.
func joined(words []word) string {
	var out strings.Builder
	for len(words) > 0 {
		n := 1
		for n < len(words) && strings.EqualFold(words[n].charset, words[0].charset) {
			n++
		}
		out.WriteString(charset.Text(words[0].charset, bytesOf(words[:n])))
		words = words[n:]
	}
	return out.String()
}

// bytesOf are the bytes of words. Where base64 breaks off within a group, the next word goes on with it.
func bytesOf(words []word) (all []byte) {
	var open []byte
	for _, w := range words {
		if !w.base64 {
			all = append(append(all, unbase64(open)...), unQ(w.text)...)
			open = nil
			continue
		}
		open = append(open, only64(w.text)...)
		if len(open)%4 == 0 || bytes.HasSuffix(open, []byte{'='}) {
			all = append(all, unbase64(open)...)
			open = nil
		}
	}
	return append(all, unbase64(open)...)
}

func only64(text []byte) (kept []byte) {
	for _, c := range text {
		if is64(c) || c == '=' {
			kept = append(kept, c)
		}
	}
	return kept
}

// unbase64 decodes without asking for padding; a byte that is not whole is dropped.
func unbase64(text []byte) (all []byte) {
	for _, group := range bytes.Split(text, []byte{'='}) {
		if len(group)%4 == 1 {
			group = group[:len(group)-1]
		}
		b, err := base64.RawStdEncoding.DecodeString(string(group))
		if err == nil {
			all = append(all, b...)
		}
	}
	return all
}

// unQ decodes the encoding Q; what is no escape stays.
func unQ(text []byte) (all []byte) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '_':
			all = append(all, ' ')
		case c == '=' && i+2 < len(text) && hex(text[i+1]) < 16 && hex(text[i+2]) < 16:
			all = append(all, hex(text[i+1])<<4|hex(text[i+2]))
			i += 2
		default:
			all = append(all, c)
		}
	}
	return all
}

// hex is a digit's value, 16 where it is none.
func hex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 16
}

// printable makes one line of a text.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}
