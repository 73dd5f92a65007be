package detect

import (
	"slices"
	"unicode/utf8"
)

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
