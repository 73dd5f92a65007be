package bigram

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the spelling under which texts are compared: Unicode NFKC (so half
// and full width, ㈱ and ①, composed and decomposed kana are alike), lower case,
// hiragana for katakana, ケ for ヶ and カ for ヵ, a long vowel mark for any dash
// that follows kana, and the kanji of today for their old and variant forms.
// Folding twice changes nothing more.
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

// segment is the length of the shortest start of b that can be normalised alone.
func segment(b []byte) int {
	if r, n := utf8.DecodeRune(b); isPlain(r) {
		if next, _ := utf8.DecodeRune(b[n:]); n == len(b) || isPlain(next) {
			return n
		}
	}
	return norm.NFKC.NextBoundary(b, true)
}

// isPlain reports whether r is its own NFKC and joins with nothing before it:
// most of any text, so worth a look before the tables.
func isPlain(r rune) bool {
	return r < utf8.RuneSelf || r >= 'ぁ' && r <= 'ゖ' || r >= 'ァ' && r <= 'ヾ' || r >= '一' && r <= '鿿' || r == '、' || r == '。'
}

// foldSegment appends one segment, folded, that comes after the folded character
// prev. Lower case and hiragana can have a composed form that the normalised upper
// case or katakana lacks, so it is done twice.
func foldSegment(out []rune, seg []byte, prev rune) []rune {
	if r, n := utf8.DecodeRune(seg); n == len(seg) {
		switch {
		case isDash(r) && isKana(prev):
			return append(out, 'ー')
		case isPlain(r):
			return append(out, foldRune(r))
		}
	}
	once := foldRunes(out, norm.NFKC.Append(nil, seg...))
	return foldRunes(out, norm.NFKC.AppendString(nil, string(once[len(out):])))
}

// foldRunes appends each character of normalised text, folded by itself.
func foldRunes(out []rune, b []byte) []rune {
	for _, r := range string(b) {
		out = append(out, foldRune(r))
	}
	return out
}

// From katakana to hiragana, which Unicode lays out alike.
const toHiragana = 'あ' - 'ア'

func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		return unicode.ToLower(r)
	case r == 'ヶ' || r == 'ゖ':
		return 'け'
	case r == 'ヵ' || r == 'ゕ':
		return 'か'
	case r >= 'ァ' && r <= 'ヴ', r == 'ヽ', r == 'ヾ':
		return r + toHiragana
	}
	if today, old := variants()[r]; old {
		return today
	}
	return unicode.ToLower(r)
}

// isKana reports whether a folded character is kana or its long vowel mark.
func isKana(r rune) bool { return r >= 'ぁ' && r <= 'ヿ' && r != '・' && r != '゠' }

// isDash reports whether r is one of the marks that stand for ー in texts: by
// slips of the keyboard, and in lists that came from half-width systems.
func isDash(r rune) bool {
	switch r {
	case '-', '－', '‐', '‑', '‒', '–', '—', '―', '−', '─', '━', 'ｰ':
		return true
	}
	return false
}
