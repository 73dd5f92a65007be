package detect

import "strconv"

func addressRule() Rule {
	return Rule{
		Kind:   PostalAddress,
		Source: "住居表示に関する法律2条 (街区符号・住居番号), 地方自治法 (市区町村名); 名称: 日本郵便「郵便番号データ」",
		Names: []string{"住所", "現住所", "住所地", "居所", "自宅住所", "住民登録地", "送付先", "届け先", "お届け先", "送付先住所", "本籍", "本籍地",
			"前住所", "転入前住所", "転出先", "方書", "〒", "郵便番号", "じゅうしょ", "ｼﾞｭｳｼｮ", "address", "jusho", "juusho"},
		Hints: []string{"氏名", "世帯主", "フリガナ", "生年月日", "性別", "電話番号", "続柄", "様", "殿", "申請者", "届出人"},
		Denies: []string{"所在地", "本社", "会場", "事務所", "事業所", "庁舎", "工場", "店舗", "開催場所", "工事場所", "工事箇所", "施工場所", "建設地",
			"設置場所", "施設", "場所", "会社", "市役所", "町役場", "村役場", "区役所", "県庁"},
		Cues:   []string{"丁目", "番地"},
		joined: matchHouse, word: matchBlock,
	}
}

const (
	addressKnown    = 50 // a municipality of the list, and a house number
	addressNamed    = 50 // a prefecture, a municipality of no list, and a house number
	addressBoth     = 60
	addressUnlisted = 15 // something that ends like a municipality
	addressTown     = 5  // no municipality at all: a label must stand there
	addressPartial  = -30
	maxTown         = 24 // characters between the municipality and the number
)

// matchHouse looks at digits after a wide character.
func matchHouse(h *handle) (match, bool) {
	switch rune3at(h.text, h.start-3) {
	case '第', '和', '成', '年', '月', '約', '目', '（', '、', '。': // 第3条, 令和8年
		return match{}, false
	}
	n := readHouse(h.text, h.start)
	if !n.ok {
		return match{}, false
	}
	return n.address(h)
}

// matchBlock looks at 丁目 and 番地 after kanji numerals; after digits the other
// matcher has been there.
func matchBlock(h *handle, emit func(match)) {
	start := h.start
	for start >= 3 && (kanjiDigit(rune3at(h.text, start-3)) > 0 || rune3at(h.text, start-3) == '十') {
		start -= 3
	}
	if start == h.start {
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

// address reads leftwards from the number to the municipality.
func (n *house) address(h *handle) (match, bool) {
	p := readPlace(h)
	if p.base == 0 || p.base == addressTown && !h.active {
		return match{}, false
	}
	m := match{start: p.start, end: n.end, base: p.base, valid: true}
	if n.n == 1 && !n.marked {
		m.base += addressPartial
	}
	m.value = append(m.value, p.value...)
	for _, part := range n.parts[:n.n] {
		m.value = strconv.AppendInt(append(m.value, '-'), int64(part), 10)
	}
	return m, true
}
