package detect

import (
	"strconv"
	"strings"
)

func addressRule() Rule {
	return Rule{
		Kind:   PostalAddress,
		Source: "住居表示に関する法律2条 (街区符号・住居番号), 地方自治法 (市区町村名); 名称: 日本郵便「郵便番号データ」",
		Names: []string{"住所", "現住所", "住所地", "居所", "自宅住所", "住民登録地", "送付先", "届け先", "お届け先", "送付先住所", "使用場所", "所有者住所", "本籍", "本籍地",
			"前住所", "転入前住所", "転出先", "方書", "〒", "郵便番号", "じゅうしょ", "ｼﾞｭｳｼｮ", "address", "addr", "adr", "jusho", "juusho", "jyusho", "juso"},
		Hints: []string{"氏名", "世帯主", "フリガナ", "生年月日", "性別", "電話番号", "続柄", "様", "殿", "申請者", "届出人"},
		Denies: []string{"所在地", "本社", "会場", "事務所", "事業所", "庁舎", "工場", "店舗", "開催場所", "工事場所", "工事箇所", "施工場所", "建設地",
			"設置場所", "施設", "場所", "会社", "市役所", "町役場", "村役場", "区役所", "県庁"},
		Cues:   []string{"丁目", "番地"},
		public: true,
		joined: matchHouse, word: matchBlock, cell: matchStemCell,
	}
}

const (
	addressKnown    = 50 // a municipality of the list, and a house number
	addressNamed    = 50 // a prefecture, a municipality of no list, and a house number
	addressBoth     = 60
	addressUnlisted = 15 // something that ends like a municipality
	addressTown     = 5  // no municipality at all: a label must stand there
	addressPartial  = -30
	addressStem     = 0  // no house number: a label must stand there
	maxTown         = 24 // characters between the municipality and the number
	maxPlace        = maxTown + 16
)

// matchHouse looks at digits after a wide character.
func matchHouse(h *handle) (match, bool) {
	switch rune3at(h.text, h.start-3) {
	case '第', '和', '成', '年', '月', '約', '目', '（', '、', '。': // 第3条, 令和8年
		return match{}, false
	}
	if d, _ := digitAt(h.text, h.start); d == '0' {
		return match{}, false
	}
	n := readHouse(h.text, h.start)
	if !n.ok || n.n == 1 && endsWord(h, h.start) && (h.endsPlace(n.end) || n.end < len(h.text) && h.text[n.end] == ':' || rune3at(h.text, n.end) == '：') { // 住所1 is a label
		return match{}, false
	}
	return n.address(h)
}

// matchBlock looks at 丁目 and 番地 after kanji numerals; after digits the other
// matcher has been there.
func matchBlock(h *handle, emit func(match)) {
	start := h.start
	if !h.cue {
		if start = kanjiHouse(h.text, h.end); start == 0 {
			stemBehind(h, emit)
		}
	}
	for start >= 3 && (kanjiDigit(rune3at(h.text, start-3)) > 0 || rune3at(h.text, start-3) == '十') {
		start -= 3
	}
	if start == h.start || start == 0 {
		return
	}
	at := *h
	at.start, at.end = start, start
	if n := readHouse(h.text, start); n.ok {
		if m, ok := n.address(&at); ok {
			emit(m)
		}
	}
}

// matchStemCell takes a cell that holds an address without its house number, which has
// another cell: 長野県松本市里山辺 under 住所1.
func matchStemCell(h *handle, emit func(match)) {
	if h.sep != 0 && h.active {
		h.stem(h.start, h.end, emit)
	}
}

// stemBehind does the same behind a label, where the line ends with it.
func stemBehind(h *handle, emit func(match)) {
	from, _ := skipLabel(h.text, h.end)
	if isDigitAt(h.text, from) {
		from, _ = skipLabel(h.text, from+1)
	}
	to := from
	for placeRune(rune3at(h.text, to)) {
		to += 3
	}
	if to > from && (to >= len(h.text) || strings.IndexByte("\r\n\"'<,;", h.text[to]) >= 0) {
		h.stem(from, to, emit)
	}
}

// stem takes text[from:to] if it is a municipality of the list and something in it.
func (h *handle) stem(from, to int, emit func(match)) {
	for i := from; i < to; i += 3 {
		if r := rune3at(h.text, i); !placeRune(r) || strings.ContainsRune("にをはでと", r) {
			return
		}
	}
	switch rune3at(h.text, to-3) {
	case '目', '番', '号', '地', '内', '外':
		return
	}
	at := *h
	at.start, at.end = to, to
	if p := readPlace(&at); p.base >= addressKnown && p.town && !p.office {
		emit(match{start: from, end: to, value: p.value, base: addressStem, valid: true, must: true})
	}
}

// kanjiHouse is where a house number in kanji begins behind a label, 0 when none
// stands there: 住所 大阪市北区中之島一ノ三ノ二十.
func kanjiHouse(text []byte, i int) int {
	i, _ = skipLabel(text, i)
	for end := min(len(text), i+3*maxTown); i < end && placeRune(rune3at(text, i)); i += 3 {
		if kanjiDigit(rune3at(text, i)) < 1 {
			continue
		}
		if n := readHouse(text, i); n.ok && n.n > 1 && !gridded(text, i) {
			return i
		}
	}
	return 0
}

// gridded says whether the numeral at text[i] is that of a line of a grid: 南一条東3-34.
// What stands behind it is asked about by its digits.
func gridded(text []byte, i int) bool {
	_, size, _ := readNumber(text, i)
	r := rune3at(text, i+size)
	return (r == '条' || r == '線') && isDigitAt(text, i+size+len("条東"))
}

// inGrid says whether 条 and a side stand before text[i], as in Sapporo: there
// 北3条西6丁目 is a block without a number.
func inGrid(text []byte, i int) bool {
	switch rune3at(text, i-3) {
	case '東', '西', '南', '北':
		r := rune3at(text, i-6)
		return r == '条' || r == '線'
	}
	return false
}

// endsPlace says whether a number ends its cell or line, blanks aside.
func (h *handle) endsPlace(i int) bool {
	if b := blankAt(h.text, i); h.sep == 0 && b > 0 && blankAt(h.text, i+b) > 0 { // a wide gap
		return true
	}
	for i < len(h.text) && (h.text[i] == ' ' || h.text[i] == '"' || h.text[i] == '\'' || h.text[i] == '\r') {
		i++
	}
	return i >= len(h.text) || h.text[i] == '\n' || h.sep != 0 && h.text[i] == h.sep
}

// beginsCell says whether text[i] begins a cell, quotes and blanks aside.
func (h *handle) beginsCell(i int) bool {
	for i > h.from && (h.text[i-1] == ' ' || h.text[i-1] == '"' || h.text[i-1] == '\'') {
		i--
	}
	return i <= h.from || h.text[i-1] == h.sep
}

// address reads leftwards from the number to the municipality.
func (n *house) address(h *handle) (match, bool) {
	p := readPlace(h)
	if p.base == 0 || p.base == addressTown && !h.active {
		return match{}, false
	}
	m := match{start: p.start, end: n.end, base: p.base, valid: true}
	if n.n == 1 && !n.marked && !inGrid(h.text, h.start) && !(p.town && (p.base == addressBoth && !p.office || h.sep != 0 && h.endsPlace(n.end) && h.beginsCell(p.start))) {
		m.base += addressPartial
	}
	m.value = p.value
	for _, part := range n.parts[:n.n] {
		m.value = strconv.AppendInt(append(m.value, '-'), int64(part), 10)
	}
	return m, true
}
