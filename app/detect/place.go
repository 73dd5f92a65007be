package detect

import "slices"

// place is what stands left of a house number.
type place struct {
	start  int
	base   int16  // 0: not a place
	town   bool   // more than the municipality
	office bool   // of the municipality: 甲府市役所, 甲府市立
	value  []byte // good until the next question
}

// readPlace reads the characters before h.start that may belong to a place,
// nearest first, and looks for the municipality among them.
func readPlace(h *handle) place {
	runes, starts := placeRunes(h)
	if len(runes) < 2 {
		return place{}
	}
	from, base, town := len(runes), int16(addressTown), true
	for i, r := range runes { // the farthest municipality is the city, not its ward
		if !municipal(r) {
			continue
		}
		if k, b := municipalityAt(h, runes, starts, i); b > base || b == base && k > 0 && b != addressUnlisted {
			from, base, town = k, b, i > 0
		}
	}
	if base == addressTown {
		from = len(runes)
	}
	if base == addressTown && behindNumber(h.text, starts[len(starts)-1]) || from > maxTown && base == addressTown || speaksOfElse(runes) {
		return place{}
	}
	h.left = h.left[:0]
	for _, b := range h.text[starts[from-1]:h.start] {
		if b != ' ' && b != '"' && b != h.sep {
			h.left = append(h.left, b)
		}
	}
	return place{starts[from-1], base, town, officeOf(runes), h.left}
}

// behindNumber says whether a number stands before text[i], a blank aside: what
// follows the number of a house is its name.
func behindNumber(text []byte, i int) bool {
	for rune3at(text, i-3) == '・' || placeRune(rune3at(text, i-3)) { // of メゾン・ド・信濃
		i -= 3
	}
	i -= blankBefore(text, i)
	for k := max(0, i-3); k < i; k++ {
		if _, size := digitAt(text, k); size > 0 && k+size == i {
			return true
		}
	}
	return i >= 3 && (rune3at(text, i-3) == '号' || rune3at(text, i-3) == '地')
}

// municipal says whether names of municipalities end in r.
func municipal(r rune) bool {
	return r == '市' || r == '区' || r == '町' || r == '村' || r == '郡'
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

// placeBuffer is what placeRunes returns, good until the next question.
type placeBuffer struct {
	runes  [maxPlace]rune
	starts [maxPlace]int
}

// placeRunes reads leftwards from h.start while characters may be of a place,
// and where each begins. One blank may stand between two parts.
func placeRunes(h *handle) (runes []rune, starts []int) {
	i, gap := h.start, true
	runes, starts = h.place.runes[:0], h.place.starts[:0]
	for i > h.from && len(runes) < maxPlace {
		r, size := decodeLastRune(h.text[:i])
		if r == ' ' || r == '　' {
			if !gap {
				break
			}
			gap = len(runes) == 0
			i -= size
			continue
		}
		if !placeRune(r) {
			if i = h.cellBefore(i); i < 0 {
				break
			}
			continue
		}
		i -= size
		runes, starts = append(runes, r), append(starts, i)
	}
	return runes, starts
}

// cellBefore is where the cell before the one that begins at text[i] ends, when
// it holds the prefecture or the municipality; -1 when it does not.
func (h *handle) cellBefore(i int) int {
	if h.sep == 0 {
		return -1
	}
	for i > h.from && h.text[i-1] == '"' {
		i--
	}
	if i <= h.from || h.text[i-1] != h.sep {
		return -1
	}
	for i--; i > h.from && h.text[i-1] == '"'; {
		i--
	}
	if r := rune3at(h.text, i-3); municipal(r) || r == '県' || r == '府' || r == '都' || r == '道' {
		return i
	}
	return -1
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
		case 'は', 'が', 'を', 'で', '護', '援', '級', '度', '歳', '階': // 要介護3
			if i == 0 {
				return true
			}
		}
	}
	return false
}

// officeOf says whether a school, an office or a council is meant: 甲府市立, 甲府市役所,
// 甲府市議会. runes run backwards.
func officeOf(runes []rune) bool {
	for i := 0; i+1 < len(runes); i++ {
		if municipal(runes[i+1]) && (runes[i] == '立' || runes[i] == '役' || runes[i] == '議') {
			return true
		}
	}
	return false
}
