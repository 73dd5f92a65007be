package detect

import "bytes"

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
}{{"丁目", false}, {"番地の", true}, {"番地", true}, {"番", true}, {"号", true}, {"の", false}, {"ノ", false}, {"之", false}, {"条東", false}, {"条西", false},
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
	case '丁', '番', '号', 'の', 'ノ', '之', '条', '線':
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
