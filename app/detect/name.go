package detect

import (
	"bytes"
	"unicode/utf8"
)

// parseName judges text that may be a person's name: one or two runs of
// characters of one script, with or without a blank. Titles after it are left
// out. The match has no place yet; its value is good until the next question.
func parseName(h *handle, text []byte) match {
	left, right := cutBlank(withoutTitle(text))
	script, second := scriptAll(left), scriptAll(right)
	n := match{base: personShape, second: script == katakana || script == hiragana}
	if n.second && second != script && len(right) > 0 {
		return n
	}
	if script == 0 || second == 0 && len(right) > 0 || placeEnding(left) && !h.dict.is(left, surname) || placeEnding(right) && len(right) > 3 {
		return n
	}
	h.left, h.right = foldName(h.left[:0], left, script), foldName(h.right[:0], right, second)
	switch {
	case n.second:
		n.base, n.valid = kanaName(h.dict, h.left, h.right)
	case len(right) > 0:
		n.base, n.valid = parted(h.dict, h.left, h.right)
	default:
		n.base, n.valid = together(h.dict, h.left)
	}
	if !n.valid && !n.second && nameLength(left, right) {
		n.base, n.valid, n.weak, n.whole = personShape, true, true, len(right) == 0
	}
	h.left = append(h.left, h.right...)
	n.value = h.left
	return n
}

// nameLength says whether the parts are as long as names are.
func nameLength(left, right []byte) bool {
	l, r := utf8.RuneCount(left), utf8.RuneCount(right)
	return r == 0 && l >= 2 && l <= 6 || r > 0 && l <= 4 && r <= 4
}

// withoutTitle drops 様, さん and such from the end, and blanks.
func withoutTitle(text []byte) []byte {
	if text = trimBlank(text); !endsTitle(text) {
		return text
	}
	for _, t := range [...]string{"様", "さん", "氏", "殿", "先生", "委員", "議員", "課長", "部長", "係長", "主任", "主事", "主査", "市長", "会長", "理事", "医師", "校長", "園長", "局長", "次長"} {
		if len(text) > len(t)+3 && bytes.HasSuffix(text, []byte(t)) {
			return trimBlank(text[:len(text)-len(t)])
		}
	}
	return text
}

// endsTitle says whether the last character is that of a title.
func endsTitle(text []byte) bool {
	switch rune3at(text, len(text)-3) {
	case '様', 'ん', '氏', '殿', '生', '員', '長', '任', '事', '査', '師':
		return true
	}
	return false
}

// trimBlank drops blanks of either width from both ends.
func trimBlank(text []byte) []byte {
	for size := blankAt(text, 0); size > 0; size = blankAt(text, 0) {
		text = text[size:]
	}
	for {
		switch {
		case len(text) > 0 && text[len(text)-1] == ' ':
			text = text[:len(text)-1]
		case len(text) > 2 && blankAt(text, len(text)-3) == 3:
			text = text[:len(text)-3]
		default:
			return text
		}
	}
}

// cutBlank parts text at its only blank; at two it is no name.
func cutBlank(text []byte) (left, right []byte) {
	for i := 0; i < len(text); i++ {
		if size := blankAt(text, i); size > 0 {
			return text[:i], trimBlank(text[i+size:])
		}
	}
	return text, nil
}

// scriptAll is the one script of all of text, 0 when there are several. Kanji
// with kana behind it, as 山田さくら has, is kanji.
func scriptAll(text []byte) script {
	var first script
	for len(text) > 0 {
		r, size := decodeRune(text)
		if r >= 0x20000 && r <= 0x3FFFF { // 𠮷
			r = '吉'
		}
		s := scriptOf(r)
		if s == 0 || first != 0 && s != first && first != kanji && s != kanji {
			return 0
		}
		if first == 0 || s == kanji {
			first = s
		}
		text = text[size:]
	}
	return first
}

// placeEnding says whether a word ends as places, offices, firms and things do.
func placeEnding(word []byte) bool {
	switch r, _ := utf8.DecodeLastRune(word); r {
	case '市', '区', '県', '府', '都', '郡', '課', '係', '局', '署', '院', '校', '省', '部', '班', '党', '団', '連', '隊', '寺', '名', '番', '価', '品', '物', '業', '無', '済', '中', '外', '内', '園', '館', '店', '社', '組', '会', '法', '号', '型', '式', '用', '料',
		'費', '税', '額', '率', '数', '量', '性', '者', '等', '的', '所', '線', '駅', '庁', '室', '員', '長', '書', '表', '票', '図', '別', '類', '日', '年', '橋', '峠', '池', '湖', '港', '町', '村', '沼', '滝', '街', '場', '設':
		return len(word) > 6 || len(word) == 3
	}
	return false
}

// parted judges a surname and a given name with a blank between them.
func parted(d *dictionary, left, right []byte) (int16, bool) {
	known, last := d.is(left, surname), d.givenName(right) || d.is(right, givenWord)
	switch n := utf8.RuneCount(left) + utf8.RuneCount(right); {
	case known && last && n > 2:
		return personParted, true
	case known && d.is(right, surname) && !last: // 千葉 福島 are two places, 柴田 湊様 is a name
		return personGuess, true
	case known && (last || d.writes(right, &d.givenRunes) && utf8.RuneCount(right) <= 3):
		return personNewGiven, true
	}
	return personShape, false
}

// together judges a name without a blank, at every place it may be parted.
func together(d *dictionary, name []byte) (int16, bool) {
	if d.is(name, surname) {
		return personOnly, true
	}
	best, valid := int16(personShape), false // the best of all places
	for i := 3; i < len(name); i += 3 {
		if !d.is(name[:i], surname) {
			continue
		}
		switch right := name[i:]; {
		case len(name) == len("本文") && d.is(right, givenWord):
			return personPair, true
		case len(name) == len("本文"): // two kanji are a word more often than a name
			return personOnly, true
		case d.givenName(right):
			best, valid = max(best, togetherBase(i, len(right))), true
		case i >= len("山田") && d.is(right, givenWord):
			best, valid = max(best, personTogether), true
		case utf8.RuneCount(right) <= 3 && d.writes(right, &d.givenRunes):
			best, valid = max(best, personGuess), true
		}
	}
	return best, valid
}

// togetherBase: two kanji and two or more are hardly ever another word; of the
// 113,000 ordinary words and places of ipadic 60 can be read so.
func togetherBase(left, right int) int16 {
	if left >= len("山田") && right >= len("太郎") {
		return personWhole
	}
	return personTogether
}

// kanaName judges a name in kana, by the readings of the lists. A part of one
// character is a particle more often than a name.
func kanaName(d *dictionary, left, right []byte) (int16, bool) {
	const two = 2 * len("ア")
	if len(right) > 0 {
		return personShape, len(left) >= two && len(right) >= two && d.is(left, surnameKana)
	}
	for i := two; i+two <= len(left); i += 3 {
		if d.is(left[:i], surnameKana) && d.is(left[i:], givenKana) {
			return personShape, true
		}
	}
	return personOnly, len(left) >= two && d.is(left, surnameKana)
}

// writes says whether all of a word's characters are in the set.
func (d *dictionary) writes(word []byte, set *runeSet) bool {
	for len(word) > 0 {
		r, size := decodeRune(word)
		if r > 0xFFFF || !set.has(r) {
			return false
		}
		word = word[size:]
	}
	return true
}
