package detect

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"
)

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

// house is the number at the end of an address: 1-18-1, 一丁目18番1号, 1234番地の5.
type house struct {
	parts  [maxParts]int
	n      int // parts
	end    int
	marked bool // 番, 番地 or 号 stands there
	ok     bool
}

const maxParts = 5

// houseMarks stand between and after the parts; some prove that it is a house.
var houseMarks = []struct {
	word  string
	marks bool
}{{"丁目", false}, {"番地の", true}, {"番地", true}, {"番", true}, {"号", true}, {"の", false}, {"条東", false}, {"条西", false},
	{"条南", false}, {"条北", false}, {"線東", false}, {"線西", false}, {"線南", false}, {"線北", false}}

func readHouse(text []byte, i int) house {
	h := house{end: i}
	for h.n < maxParts {
		n, size, digits := readNumber(text, i)
		if size == 0 || digits > 5 || n == 0 {
			break
		}
		h.parts[h.n] = n
		h.n++
		h.end = i + size
		next, marks := readHouseMark(text, h.end)
		if next == h.end {
			break
		}
		h.marked = h.marked || marks
		if marks {
			h.end = next
		}
		i = next
	}
	h.ok = h.n > 0 && (h.n > 1 || h.marked || !isUnit(text, h.end)) && !isDigitAt(text, h.end)
	return h
}

// readHouseMark reads what stands after a number, blanks aside.
func readHouseMark(text []byte, i int) (next int, marks bool) {
	if i >= len(text) {
		return i, false
	}
	switch rune3at(text, i) {
	case '丁', '番', '号', 'の', '条', '線':
		for _, m := range houseMarks {
			if bytes.HasPrefix(text[i:], []byte(m.word)) {
				return skipBlank(text, i+len(m.word)), m.marks
			}
		}
		return i, false
	}
	if s, size := separatorAt(text, i); s == sepHyphen {
		return i + size, false
	}
	return i, false
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

// place is what stands left of a house number.
type place struct {
	start int
	base  int16 // 0: not a place
	value []byte
}

// readPlace reads the characters before h.start that may belong to a place,
// nearest first, and looks for the municipality among them.
func readPlace(h *handle) place {
	runes, starts := placeRunes(h)
	if len(runes) < 2 {
		return place{}
	}
	from, base := len(runes), int16(addressTown)
	for i, r := range runes { // the farthest municipality is the city, not its ward
		if r != '市' && r != '区' && r != '町' && r != '村' && r != '郡' {
			continue
		}
		if k, b := municipalityAt(h, runes, starts, i); b > base || b == base && k > 0 && b != addressUnlisted {
			from, base = k, b
		}
	}
	if base == addressTown {
		from = len(runes)
	}
	if from > maxTown && base == addressTown || speaksOfElse(runes) {
		return place{}
	}
	value := slices.DeleteFunc(slices.Clone(h.text[starts[from-1]:h.start]), func(b byte) bool { return b == ' ' })
	return place{starts[from-1], base, value}
}

// municipalityAt asks whether the municipality ends at runes[i]. It returns how
// many runes, counted from the number, its name takes in.
func municipalityAt(h *handle, runes []rune, starts []int, i int) (int, int16) {
	end := starts[i] + 3
	for n := 8; n >= 2; n-- {
		if i+n > len(runes) || !h.dict.is(h.text[starts[i+n-1]:end], municipality) {
			continue
		}
		if prefectureAt(runes[i+n:]) || countyBefore(runes[i+n:]) {
			return i + n, addressBoth
		}
		return i + n, addressKnown
	}
	for n := 2; n <= 7 && i+n <= len(runes); n++ {
		if prefectureAt(runes[i+n:]) {
			return i + n, addressNamed
		}
	}
	if i+2 < len(runes) {
		return min(i+4, len(runes)), addressUnlisted
	}
	return 0, 0
}

func countyBefore(runes []rune) bool { return len(runes) > 0 && runes[0] == '郡' }

// prefectureAt says whether a prefecture's name, written backwards, begins runes.
func prefectureAt(runes []rune) bool {
	for _, p := range prefectures {
		if len(runes) >= len(p) && slices.Equal(runes[:len(p)], p) {
			return true
		}
	}
	return false
}

var prefectures = func() (backwards [][]rune) {
	for _, name := range []string{"北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県",
		"埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県",
		"愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県",
		"山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"} {
		r := []rune(name)
		slices.Reverse(r)
		backwards = append(backwards, r)
	}
	return backwards
}()

// placeRunes reads leftwards from h.start while characters may be of a place,
// and where each begins. One blank may stand between two parts.
func placeRunes(h *handle) (runes []rune, starts []int) {
	i, gap := h.start, true
	for i > h.from && len(runes) < maxTown+16 {
		r, size := utf8.DecodeLastRune(h.text[:i])
		if r == ' ' || r == '　' {
			if !gap {
				break
			}
			gap = len(runes) == 0
			i -= size
			continue
		}
		if !placeRune(r) {
			break
		}
		i -= size
		runes, starts = append(runes, r), append(starts, i)
	}
	return runes, starts
}

// placeRune says whether names of places are written with r.
func placeRune(r rune) bool {
	return r >= '一' && r <= '鿿' || r >= 'ぁ' && r <= 'ん' || r >= 'ァ' && r <= 'ヶ' || r == '々' || r == 'ー' || r == '〆'
}

// speaksOfElse looks for words that stand between a municipality and a number
// in ordinary text. runes run backwards.
func speaksOfElse(runes []rune) bool {
	for i, r := range runes {
		switch r {
		case '第', '約', '計', '年', '億', '円', '項', '款', '件', '号', '率', '費', '額':
			return true
		case '条': // 上条 is a place, 条例 is none
			if i > 0 && runes[i-1] == '例' {
				return true
			}
		case '目': // 丁目: the number before it has been asked about
			if i == 0 {
				return true
			}
		case '和', '成': // 令和, 平成, 昭和
			if i+1 < len(runes) && (runes[i+1] == '令' || runes[i+1] == '昭' || runes[i+1] == '平') {
				return true
			}
		case 'は', 'が', 'を', 'で':
			if i == 0 {
				return true
			}
		}
	}
	return false
}
