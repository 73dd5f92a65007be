package detect

import "bytes"

func personRule() Rule {
	return Rule{
		Kind:   PersonName,
		Source: "戸籍法13条1項1号 (氏名); 辞書: ipadic (姓・名)",
		Names: []string{"氏名", "お名前", "名前", "姓名", "姓", "フリガナ", "ふりがな", "ﾌﾘｶﾞﾅ", "カナ氏名", "氏名カナ", "カナ", "漢字氏名", "ｼﾒｲ", "シメイ",
			"担当者", "担当", "申請者", "申請者名", "届出人", "世帯主", "世帯主名", "保護者", "保護者名", "代表者", "代表者名", "本人", "宛名", "宛先",
			"受給者", "受給者名", "納税者", "納税義務者", "契約者", "契約者名", "患者名", "患者", "児童名", "園児名", "生徒名", "職員名", "社員名", "名義人",
			"口座名義", "口座名義人", "被保険者名", "利用者名", "利用者氏名", "住民名", "相談者", "対象者", "対象者名", "配偶者", "扶養者", "所有者", "借受人",
			"記入者", "作成者", "連絡者", "通報者", "滞納者", "滞納者名", "差出人", "送信者", "受信者", "参加者", "出席者", "name", "full name", "fullname", "full_name", "shimei", "namae", "person_name"},
		Hints: []string{"住所", "生年月日", "性別", "電話番号", "続柄", "年齢", "個人番号", "マイナンバー", "メールアドレス"},
		Denies: []string{"会社名", "法人名", "店名", "施設名", "品名", "件名", "業務名", "事業者名", "部署", "部署名", "商号", "学校名", "団体名", "機関名",
			"商品名", "製品名", "地名", "町名", "駅名", "銀行名", "支店名", "課名", "所属", "システム名", "ファイル名", "項目名", "銀行", "支店", "株式会社"},
		Cues:   []string{"様", "さん", "氏", "殿", "先生", "くん", "ちゃん"},
		person: true, checked: true,
		word: matchTitled, cell: matchNameCell,
	}
}

// What a name proves by how it is written; a label adds nameScore.
const (
	personParted   = 50  // 山田 太郎, both in the lists and a blank between them
	personTitled   = 50  // 山田太郎様
	personTogether = 25  // 山田太郎 alone in a cell
	personNewGiven = 25  // 山田 陽翔: the given name is in no list, its characters are
	personGuess    = 10  // 山田陽翔
	personSurname  = 10  // 山田様
	personShape    = 0   // characters of names, of no list: a label must stand there
	personOnly     = -25 // a surname alone under a label
)

// matchNameCell looks at a whole cell or short line, or around a blank.
func matchNameCell(h *handle, emit func(match)) {
	if blankAt(h.text, h.start) == h.end-h.start {
		matchParted(h, emit)
		return
	}
	cell := h.text[h.start:h.end]
	if isLabel(h, h.start) {
		return
	}
	n := parseName(h, cell)
	if h.sep == 0 && (!n.valid || n.weak || n.base < personGuess || n.base < personTogether && !h.active) {
		return
	}
	n.start, n.end = h.start, h.end
	emit(n)
}

// matchParted reads the name around a blank: 山田 太郎.
func matchParted(h *handle, emit func(match)) {
	left := runBefore(h, h.start)
	right := runAfter(h, h.end)
	if left == h.start || right == h.end || isLabel(h, h.end) {
		return
	}
	for from := left; from < h.start; from += len("山") {
		if from > left && !endsWord(h, from) || isLabel(h, from) {
			continue
		}
		whole := h.text[from:right]
		if n := parseName(h, whole); n.valid && (n.base >= personNewGiven || h.active && n.base >= personGuess) {
			n.start, n.end = from, right
			emit(n)
			return
		}
	}
}

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
		return i >= len(text) || text[i] < 0x80 || bytes.HasPrefix(text[i:], []byte("さん"))
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
	for n := 4; n >= 2; n-- {
		end := i + n*len("あ")
		if end <= len(h.text) && h.dict.givenName(h.text[i:end]) && (scriptOf(rune3at(h.text, end)) != hiragana || closes(h.text, end)) {
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
