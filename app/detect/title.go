package detect

import "bytes"

// matchTitled looks at 様, さん, 氏 for the name before them, and after a word
// that names one for the name behind it.
func matchTitled(h *handle, emit func(match)) {
	word := h.text[h.start:h.end]
	if isTitle(word) {
		titled(h, emit)
		return
	}
	i, told := skipLabel(h.text, h.end)
	if isLabel(h, i) {
		return
	}
	end, parted := runAfter(h, i), false
	if b := blankAt(h.text, end); b > 0 && end > i && !isLabel(h, end+b) {
		if next := runAfter(h, end+b); next > end+b {
			end, parted = next, true
		}
	}
	end = kanaAfter(h, end)
	if n := parseName(h, h.text[i:end]); n.valid && (!n.weak || parted && coloned(h.text, i) && closes(h.text, end)) && (!told || n.base >= personNewGiven || n.base == personGuess && closes(h.text, end)) {
		n.start, n.end = i, end
		emit(n)
	}
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
	case "様", "さん", "氏", "殿", "先生", "くん", "ちゃん":
		return true
	}
	return false
}

// titled reads the name before a title, unless the title is part of a word:
// 様式, 氏名.
func titled(h *handle, emit func(match)) {
	switch rune3at(h.text, h.end) {
	case '式', '々', '子', '相', '態', '名', '族', '神', '堂':
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
	for i < len(text) {
		switch r := rune3at(text, i); {
		case text[i] == ' ' || text[i] == ':' || text[i] == '=' || text[i] == '"' || text[i] == '\'' || text[i] == '>' || text[i] == ')' || text[i] == ']':
			i++
		case r == '　' || r == '：' || r == '＝' || r == '「' || r == '）' || r == '】' || r == '〕' || r == '』' || r == '・' || r == '欄' || r == '名':
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
