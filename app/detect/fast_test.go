package detect

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// pieces are what the quick ways of the pass meet: words of the rules and what they are
// made of, characters of every width, damaged ones, and everything that it stops at.
func pieces() *rapid.Generator[string] {
	var words, chars []string
	for _, w := range Standard().words.words {
		words = append(words, w.text)
		for _, c := range w.text {
			chars = append(chars, string(c))
		}
	}
	return rapid.OneOf(rapid.SampledFrom(words), rapid.SampledFrom(chars),
		rapid.SampledFrom([]string{"山", "ー", "ヴ", "𠮷", "é", "０", "９", "＠", "　", " ", "@", "\n", ",", "1", "090-1234-5678", "\xE3", "\xE3\x81", "\x81", "\xEF\xBC", "\xF0\x9F", "a", "-"}))
}

func textOf(t *rapid.T) []byte {
	return []byte(strings.Join(rapid.SliceOfN(pieces(), 0, 30).Draw(t, "pieces"), ""))
}

// TestPassedOver: where the pass steps over characters without a look at the words, none
// begins, nor anything else that it must stop at.
func TestPassedOver(t *testing.T) {
	x, classes := Standard().words, Standard().classes[0]
	rapid.Check(t, func(t *rapid.T) {
		text := textOf(t)
		if !utf8.Valid(text) {
			text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
		}
		for i := range text {
			k := classes[text[i]]
			if !utf8.RuneStart(text[i]) || k == plain {
				continue
			}
			for at := i; at < x.pass(text, i, k); {
				_, size := utf8.DecodeRune(text[at:])
				_, digits := digitAt(text, at)
				w := x.match(text[at:])
				inside := k == letter && at > 0 && isLetter(text[at-1])
				if w != nil && !inside || digits > 0 || size == 3 && (string(text[at:at+3]) == "＠" || text[at] == 0xE3 && string(text[at:at+3]) == "　") {
					t.Fatalf("%q: %q at %d was passed over from %d", text, text[at:at+size], at, i)
				}
				at += size
			}
		}
	})
}

// TestShortNumber holds the quick look at short numbers to the reading of a chain.
func TestShortNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"0", "12", "345", "-", " ", "(", ")", ".", "/", "－", "ー", "０", "月", "a", "\n", "\xEF\xBC"}), 0, 12).Draw(t, "parts"), ""))
		text = append([]byte{'7'}, text...)
		p := pass{d: Standard().NewDocument(), text: text}
		for p.d.least = 1; p.d.least < 14; p.d.least++ {
			var c chain
			c.read(text, 0)
			c.close()
			if end := p.shortNumber(); end > 0 && (c.nDigits >= p.d.least || end != c.end) {
				t.Fatalf("%q: ends at %d before %d digits, the chain at %d has %d", text, end, p.d.least, c.end, c.nDigits)
			}
		}
	})
}

// TestDecodeRune holds the quick way for characters of three bytes to the library's.
func TestDecodeRune(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.SliceOfN(rapid.Byte(), 0, 6), rapid.Custom(func(t *rapid.T) []byte { return textOf(t) })).Draw(t, "text")
		for i := range text {
			r, size := decodeRune(text[i:])
			if want, n := utf8.DecodeRune(text[i:]); r != want || size != n {
				t.Fatalf("%x: %x, %d", text[i:], r, size)
			}
			r, size = decodeLastRune(text[:i])
			if want, n := utf8.DecodeLastRune(text[:i]); r != want || size != n {
				t.Fatalf("%x, the last: %x, %d", text[:i], r, size)
			}
		}
	})
}

// TestLongChain: however many groups of digits stand before a number in its line, it is
// found: no number is cut where the reading of a chain ends.
func TestLongChain(t *testing.T) {
	for _, c := range []struct{ label, filler, number string }{
		{"個人番号 ", "11 ", "1234 5678 9018"}, {"個人番号 ", "1234567 ", "1234 5678 9018"}, {"TEL ", "11 ", "090 1234 5678"}, {"カード番号 ", "11 ", "4111 1111 1111 1111"},
	} {
		kind, _, _ := strings.Cut(findingsIn(t, c.label+c.filler+c.number+"\n", 0), "/")
		for n := 2; n < 40; n++ {
			text := c.label + strings.Repeat(c.filler, n) + c.number + "\n"
			if got := findingsIn(t, text, 0); kind == "" || !strings.HasPrefix(got, kind+"/") || !strings.HasSuffix(got, "=1") {
				t.Errorf("behind %d groups: %q, want one %s", n, got, kind)
			}
		}
	}
}
