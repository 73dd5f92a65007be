package detect

import "unicode/utf8"

// decodeRune is utf8.DecodeRune, and quick at characters of three bytes.
func decodeRune(text []byte) (rune, int) {
	if r := wholeRune3(text); r != 0 {
		return r, 3
	}
	return utf8.DecodeRune(text)
}

// decodeLastRune is utf8.DecodeLastRune, as decodeRune is.
func decodeLastRune(text []byte) (rune, int) {
	if len(text) >= 3 {
		if r := wholeRune3(text[len(text)-3:]); r != 0 {
			return r, 3
		}
	}
	return utf8.DecodeLastRune(text)
}

// wholeRune3 is the character of three bytes that text begins with, 0 for any other.
func wholeRune3(text []byte) rune {
	if len(text) < 3 || text[0]&0xF0 != 0xE0 || text[1]&0xC0 != 0x80 || text[2]&0xC0 != 0x80 {
		return 0
	}
	if r := rune3(text); r >= 0x800 && (r < 0xD800 || r > 0xDFFF) {
		return r
	}
	return 0
}

// blankBefore is the size of a blank before text[i]; 0 when there is none.
func blankBefore(text []byte, i int) int {
	switch {
	case i > 0 && text[i-1] == ' ':
		return 1
	case i > 2 && blankAt(text, i-3) == 3:
		return 3
	}
	return 0
}

// blankAt is the size of a blank at text[i]; 0 when there is none.
func blankAt(text []byte, i int) int {
	switch {
	case i < len(text) && text[i] == ' ':
		return 1
	case rune3at(text, i) == '　':
		return len("　")
	}
	return 0
}

// maxNamePart is how many characters a surname or a given name has at most,
// with a little that may be joined to it.
const maxNamePart = 8

// runBefore is where the run of kanji that ends at text[i] begins.
func runBefore(h *handle, i int) int {
	for n := 0; n < maxNamePart && i-3 >= h.from && isNameKanji(rune3at(h.text, i-3)); n++ {
		i -= 3
	}
	return i
}

// kanaBefore is where a given name in kana that ends at text[i] begins: さくら,
// ヨシ子.
func kanaBefore(h *handle, i int) int {
	from := i
	if from-3 >= h.from && endsKana(rune3at(h.text, from-3)) {
		from -= 3
	}
	script := scriptOf(rune3at(h.text, from-3))
	for n := 0; n < 4 && from-3 >= h.from && script != kanji && scriptOf(rune3at(h.text, from-3)) == script; n++ {
		from -= 3
	}
	if h.dict.givenName(h.text[from:i]) || script == katakana {
		return from
	}
	return i
}

// kanaAfter is where a given name in hiragana that begins at text[i] ends, when
// no more hiragana but a particle follows.
func kanaAfter(h *handle, i int) int {
	run := 0
	for run <= 4 && scriptOf(rune3at(h.text, i+run*len("あ"))) == hiragana {
		run++
	}
	for n := min(run, 4); n >= 2; n-- {
		end := i + n*len("あ")
		if (n == run || closes(h.text, end)) && h.dict.givenName(h.text[i:end]) {
			return end
		}
	}
	return i
}

// endsKana says whether given names in kana may end in this kanji.
func endsKana(r rune) bool {
	switch r {
	case '子', '美', '江', '代', '枝', '恵', '乃', '香', '世':
		return true
	}
	return false
}

// runAfter is where the run of kanji or, when it begins so, of one kana, ends.
func runAfter(h *handle, i int) int {
	script := scriptOf(rune3at(h.text, i))
	if script == 0 {
		return i
	}
	for n := 0; n < maxNamePart; n++ {
		s := scriptOf(rune3at(h.text, i))
		if script == kanji && s == katakana { // 岩崎トメ
			script = katakana
		}
		if s != script {
			if script != kanji && n > 0 && endsKana(rune3at(h.text, i)) { // ヨシ子
				i += 3
			}
			break
		}
		i += 3
	}
	return i
}

func isNameKanji(r rune) bool { return scriptOf(r) == kanji }

type script uint8

const (
	kanji script = iota + 1
	hiragana
	katakana
)

// scriptOf is the script of a character that names are written with, else 0.
// Half-width kana is katakana.
func scriptOf(r rune) script {
	switch {
	case r >= '一' && r <= '鿿' || r == '々' || r == 'ヶ' || r == 'ノ' || r >= '豈' && r <= '﫿' || r >= '㐀' && r <= '䶿':
		return kanji
	case r >= 'ぁ' && r <= 'ゖ':
		return hiragana
	case r >= 'ァ' && r <= 'ヺ' || r == 'ー' || r >= 'ｦ' && r <= 'ﾟ':
		return katakana
	}
	return 0
}

// endsWord says whether a word that names a person ends at text[i]: 担当者山田 太郎.
func endsWord(h *handle, i int) bool {
	for size := 3; size <= 15 && i-size >= h.from; size += 3 {
		if w := h.words.match(h.text[i-size:]); w != nil && len(w.text) == size {
			return true
		}
	}
	return false
}
