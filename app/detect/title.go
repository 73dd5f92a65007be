package detect

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// matchTitled looks at 様, さん, 氏 for the name before them, and after a word
// that names one for the name behind it.
func matchTitled(h *handle, emit func(match)) {
	word := h.text[h.start:h.end]
	if word[0] == '(' || rune3at(word, 0) == '（' {
		noted(h, emit)
		return
	}
	if isTitle(word) {
		titled(h, emit)
		return
	}
	i, told := skipLabel(h.text, h.end)
	if isLabel(h, i) || word[0] < utf8.RuneSelf && ofGiven(h.text[:h.start]) {
		return
	}
	end, parted := runAfter(h, i), false
	if b := blankAt(h.text, end); b > 0 && end > i && !isLabel(h, end+b) {
		if next := runAfter(h, end+b); next > end+b {
			end, parted = next, true
		}
	}
	end = kanaAfter(h, end)
	if n, ok := familyName(h, i, end); ok {
		emit(n)
		return
	}
	if n := parseName(h, h.text[i:end]); n.valid && (!n.weak || parted && coloned(h.text, i) && closes(h.text, end)) && (!told || n.base >= personNewGiven || n.base == personGuess && closes(h.text, end)) {
		n.start, n.end = i, end
		emit(n)
	}
}

// ofGiven says whether the label is one of given names alone: first_name.
func ofGiven(before []byte) bool {
	before = bytes.TrimRight(before[max(0, len(before)-8):], "_- ")
	for _, w := range [...]string{"first", "given", "middle"} {
		if len(before) >= len(w) && bytes.EqualFold(before[len(before)-len(w):], []byte(w)) {
			return true
		}
	}
	return false
}

// familyName reads the surname behind a label of surnames: it counts for the
// person where the given name has a field of its own.
func familyName(h *handle, i, end int) (match, bool) {
	switch string(h.text[h.start:h.end]) {
	case "姓", "苗字", "名字", "last_name", "lastName", "surname", "family_name", "familyName", "family", "sei":
	default:
		return match{}, false
	}
	return match{start: i, end: end, value: h.text[i:end], base: personShape, valid: true}, h.dict.is(h.text[i:end], surname)
}

// noted reads the name before a note on a person: 山田太郎（055-234-5678）,
// 山田太郎（やまだたろう）, 山田太郎(女).
func noted(h *handle, emit func(match)) {
	left := runBefore(h, h.start)
	if left == h.start || !isNote(h.text, h.end) {
		return
	}
	if b := blankBefore(h.text, left); b > 0 && left-b > h.from {
		whole := runBefore(h, left-b)
		if isReading(h) || parseName(h, h.text[whole:h.start]).base >= personParted {
			left = whole
		}
	}
	if n := parseName(h, h.text[left:h.start]); n.valid && (n.base >= personTogether || isReading(h) && n.base >= personPair) {
		n.base = max(n.base, personTitled)
		n.start, n.end = left, h.start
		emit(n)
	}
}

// isReading says whether a surname in kana begins behind the bracket.
func isReading(h *handle) bool {
	end := h.end
	s := scriptOf(rune3at(h.text, end))
	for n := 0; n < maxNamePart && scriptOf(rune3at(h.text, end)) == s; n++ {
		end += 3
	}
	if s != hiragana && s != katakana {
		return false
	}
	var buffer [64]byte
	reading := foldName(buffer[:0], h.text[h.end:end], s)
	for i := 2 * len("ア"); i <= len(reading); i += len("ア") {
		if h.dict.is(reading[:i], surnameKana) {
			return true
		}
	}
	return false
}

// isNote says whether digits, kana, a sex or an era stand at text[i].
func isNote(text []byte, i int) bool {
	switch rune3at(text, i) {
	case '男', '女', '昭', '平', '大', '旧', '℡', 'Ｓ', 'Ｈ', '父', '母', '妻', '夫', '子', '長', '次', '二', '三', '兄', '姉', '弟', '妹', '祖', '孫', '続', '満':
		return true
	}
	s := scriptOf(rune3at(text, i))
	return s == hiragana || s == katakana || isDigitAt(text, i)
}

// coloned says whether a colon stands before text[i], blanks aside.
func coloned(text []byte, i int) bool {
	for size := blankBefore(text, i); size > 0; size = blankBefore(text, i) {
		i -= size
	}
	return i > 0 && text[i-1] == ':' || rune3at(text, i-3) == '：'
}

// closes says whether a name may end at text[i] in a sentence: の would go on
// with a place.
func closes(text []byte, i int) bool {
	switch r := rune3at(text, i); {
	case r == 'と' || r == 'で' || r == '、' || r == '。' || r == '（' || r == '）':
		return true
	default:
		return i >= len(text) || text[i] < 0x80 && !isDigitAt(text, i) || bytes.HasPrefix(text[i:], []byte("さん"))
	}
}

// isLabel says whether a word of the rules, and no title, begins at text[i].
func isLabel(h *handle, i int) bool {
	if i >= len(h.text) {
		return false
	}
	w := h.words.match(h.text[i:])
	return w != nil && !isTitle([]byte(w.text))
}

func isTitle(word []byte) bool {
	switch string(word) {
	case "様", "さん", "氏", "殿", "先生", "くん", "ちゃん", "委員", "議員", "課長", "部長", "係長":
		return true
	}
	return false
}

// titled reads the name before a title, unless the title is part of a word:
// 様式, 氏名.
func titled(h *handle, emit func(match)) {
	switch rune3at(h.text, h.end) {
	case '式', '々', '子', '相', '態', '名', '族', '神', '堂', '会', '級', '職':
		return
	}
	switch rune3at(h.text, h.start-3) {
	case '皆', '仕', '同', '多', '異', '各', '両', '貴', '有', '模', '王': // 皆様, 仕様, 有様
		return
	}
	if h.start == h.from {
		return
	}
	end := h.start
	for end > h.from && h.text[end-1] == ' ' {
		end--
	}
	left := runBefore(h, kanaBefore(h, end))
	if left == end {
		return
	}
	n := parseName(h, h.text[left:end])
	if b := blankBefore(h.text, left); b > 0 && left-b > h.from {
		if whole := runBefore(h, left-b); whole < left-b && !isLabel(h, whole) {
			if both := parseName(h, h.text[whole:end]); both.valid && !both.weak {
				n, left = both, whole
			}
		}
	}
	if !n.valid || n.weak {
		return
	}
	n.base = titledBase(n.base)
	n.start, n.end = left, end
	emit(n)
}

// titledBase is what a name proves when a title follows.
func titledBase(base int16) int16 {
	switch {
	case base >= personGuess:
		return max(base, personTitled)
	case base == personOnly:
		return personSurname
	}
	return base
}

// skipLabel steps over what parts a label from its value. told says that a
// sentence does: 担当は.
func skipLabel(text []byte, i int) (next int, told bool) {
	i = restOfLabel(text, i)
	if r := rune3at(text, i); r == '欄' || r == '名' {
		i += 3
	}
	for i < len(text) {
		switch r := rune3at(text, i); {
		case text[i] < 0x80 && strings.IndexByte(" :='\">)].", text[i]) >= 0:
			i++
		case r != 0 && strings.ContainsRune("　：＝「）】〕』・…‥．→｜│", r):
			i += 3
		case r == 'は':
			i, told = i+3, true
		case r == '（': // a note such as （漢字）
			end := bytes.Index(text[i:min(len(text), i+40)], []byte("）"))
			if end < 0 {
				return i, told
			}
			i += end + len("）")
		default:
			return i, told
		}
	}
	return i, told
}

// restOfLabel steps over what goes on with a label up to its colon: 氏名_漢字：,
// 氏名カナ：.
func restOfLabel(text []byte, i int) int {
	if i >= len(text) || text[i] <= ' ' || text[i] == 0xE3 && scriptOf(rune3at(text, i)) == hiragana {
		return i
	}
	for end := i; end < len(text) && end < i+maxLabelRest; end++ {
		switch c := text[end]; {
		case c == ':':
			return end
		case c == 0xEF && rune3at(text, end) == '：':
			return end
		case c <= ' ' || c == ',' || c == '"' || c == 0xE3 && (rune3at(text, end) == '、' || rune3at(text, end) == '。' || rune3at(text, end) == '　'):
			return i
		}
	}
	return i
}

const maxLabelRest = 24 // bytes
