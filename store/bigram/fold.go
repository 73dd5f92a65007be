package bigram

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the spelling under which texts are compared:
//
//   - Unicode NFKC: half and full width, ㈱ and ①, composed and decomposed kana
//     are alike; ゛ and ゜ join the kana before, as people type them on old systems;
//   - lower case; hiragana for katakana; large kana for small (キャ is キヤ, ヶ is け,
//     ヵ is か, but ヶ is not ヵ: every け would be a か);
//   - a long vowel mark for any dash or wave that follows kana, and a hyphen for
//     any, the long vowel mark too, that does not (2ー3 is 2-3);
//   - the kanji of today for their old and variant forms;
//   - nothing for what nobody sees: variation selectors, zero-width characters.
//
// The marks 々 ゝ ゞ stay as they are, for a part of a text that begins with one
// must be found in it; only 〻 is 々. Folding twice changes nothing more.
func Fold(s string) string {
	out := make([]byte, 0, len(s))
	each([]byte(s), func(r rune, _, _ int) bool {
		out = utf8.AppendRune(out, r)
		return true
	})
	return string(out)
}

// each calls emit for every folded character with the place in b, from and to, of
// what it was made of, until emit reports false.
func each(b []byte, emit func(r rune, from, to int) bool) {
	var prev rune
	var folded []rune
	for from := 0; from < len(b); {
		to := from + segment(b[from:])
		folded = foldSegment(folded[:0], b[from:to], prev)
		for _, r := range folded {
			if !emit(r, from, to) {
				return
			}
			prev = r
		}
		from = to
	}
}

// segment is the length of the shortest start of b that can be folded alone, what
// nobody sees and voicing marks with what they follow.
func segment(b []byte) int {
	if r, n := utf8.DecodeRune(b); isPlain(r) {
		if next, _ := utf8.DecodeRune(b[n:]); n == len(b) || isPlain(next) {
			return n
		}
	}
	n := norm.NFKC.NextBoundary(b, true)
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if !isUnseen(r) && !isVoicing(r) {
			break
		}
		n += size
		if more := norm.NFKC.FirstBoundary(b[n:]); more >= 0 {
			n += more
		} else {
			n = len(b)
		}
	}
	return n
}

// isPlain reports whether r is its own NFKC and joins with nothing before it:
// most of any text, so worth a look before the tables.
func isPlain(r rune) bool {
	return r < utf8.RuneSelf || r >= 'ぁ' && r <= 'ゖ' || r >= 'ァ' && r <= 'ヾ' || r >= '一' && r <= '鿿' || r == '、' || r == '。'
}

func isUnseen(r rune) bool { return unicode.In(r, unicode.Cf, unicode.Variation_Selector) }

func isVoicing(r rune) bool { return r == '゛' || r == '゜' }

// foldSegment appends one segment, folded, that comes after the folded character
// prev. Lower case and hiragana can have a composed form that the normalised upper
// case or katakana lacks, so it is done twice.
func foldSegment(out []rune, seg []byte, prev rune) []rune {
	if r, n := utf8.DecodeRune(seg); n == len(seg) && isPlain(r) {
		return append(out, foldRune(r, prev))
	}
	once := foldRunes(out, norm.NFKC.Append(nil, seen(seg)...), prev)
	return foldRunes(out, norm.NFKC.AppendString(nil, string(once[len(out):])), prev)
}

// seen leaves out what nobody sees, and makes voicing marks combine.
func seen(seg []byte) []byte {
	return bytes.Map(func(r rune) rune {
		switch {
		case r == '゛':
			return '\u3099'
		case r == '゜':
			return '\u309a'
		case isUnseen(r):
			return -1
		}
		return r
	}, seg)
}

// foldRunes appends each character of normalised text, folded by itself.
func foldRunes(out []rune, b []byte, prev rune) []rune {
	for _, r := range string(b) {
		prev = foldRune(r, prev)
		out = append(out, prev)
	}
	return out
}

// From katakana to hiragana, which Unicode lays out alike.
const toHiragana = 'あ' - 'ア'

// foldRune folds a normalised character that comes after the folded one prev.
func foldRune(r, prev rune) rune {
	switch {
	case isLong(r):
		if isKana(prev) {
			return 'ー'
		}
		return '-'
	case r < 0x80:
		return unicode.ToLower(r)
	case r >= 'ァ' && r <= 'ヶ', r == 'ヽ', r == 'ヾ':
		return large(r + toHiragana)
	case r >= 'ぁ' && r <= 'ゖ':
		return large(r)
	case r >= 'ㇰ' && r <= 'ㇿ':
		return ainu[r-'ㇰ']
	}
	if today, old := variants()[r]; old {
		return today
	}
	return unicode.ToLower(r)
}

// large is the large kana for a small hiragana.
func large(r rune) rune {
	switch r {
	case 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ':
		return r + 1
	case 'ゕ':
		return 'か'
	case 'ゖ':
		return 'け'
	}
	return r
}

// ainu are the large hiragana for the small katakana ㇰ to ㇿ.
var ainu = []rune("くしすとぬはひふへほむらりるれろ")

// isKana reports whether a folded character is kana or its long vowel mark.
func isKana(r rune) bool { return r >= 'ぁ' && r <= 'ヿ' && r != '・' && r != '゠' }

// isLong reports whether r is the long vowel mark or one of the marks that stand
// for it: by slips of the keyboard, in lists that came from half-width systems, or
// as people draw a voice out (え〜).
func isLong(r rune) bool {
	switch r {
	case 'ー', '-', '‐', '‒', '–', '—', '―', '−', '─', '━', '~', '〜', '〰', '∼':
		return true
	}
	return false
}
