package detect

import (
	"bytes"
	"unicode/utf8"
)

// A date as it stands in text, in any of the usual writings.
type date struct {
	start, end       int
	year, month, day int
}

// eras with the year before their first, by word and by letter. The short and
// the square forms are those of JIS X 0301 and Unicode.
var eras = []struct {
	words  []string
	letter byte
	code   int // in files of municipal systems: 3630102
	before int
	years  int
}{
	{[]string{"明治", "㍾"}, 'm', 1, 1867, 45},
	{[]string{"大正", "㍽"}, 't', 2, 1911, 15},
	{[]string{"昭和", "㍼"}, 's', 3, 1925, 64},
	{[]string{"平成", "㍻"}, 'h', 4, 1988, 31},
	{[]string{"令和", "㋿"}, 'r', 5, 2018, 99},
}

// eraWords are the words that a Japanese date begins with.
var eraWords = func() (words []string) {
	for _, e := range eras {
		words = append(words, e.words...)
	}
	return words
}()

// readDate reads the date that begins at text[i].
func readDate(text []byte, i int) (date, bool) {
	d := date{start: i}
	before, years, i := readEra(text, i)
	year, size, digits := readNumber(text, i)
	i += size
	switch {
	case size == 0:
		return d, false
	case digits >= 6 && !d.together(year, digits, before, years):
		return d, false
	case digits >= 6:
		d.end = i
	case before > 0 && (year < 1 || year > years), before == 0 && digits != 4:
		return d, false
	default:
		d.year = before + year
		if d.end = d.rest(text, i); d.end < 0 {
			return d, false
		}
	}
	return d, d.plausible() && !isDigitAt(text, d.end)
}

func isDigitAt(text []byte, i int) bool {
	if i >= len(text) {
		return false
	}
	_, size := digitAt(text, i)
	return size > 0
}

// readEra reads 昭和 or S, and says which year comes before the era's first.
func readEra(text []byte, i int) (before, years, next int) {
	if i >= len(text) || text[i]-'0' <= 9 {
		return 0, 0, i
	}
	for _, e := range eras {
		for _, w := range e.words {
			if bytes.HasPrefix(text[i:], []byte(w)) {
				return e.before, e.years, skipBlank(text, i+len(w))
			}
		}
	}
	c, size := narrowAt(text, i)
	for _, e := range eras {
		if lower(c) == e.letter {
			next := i + size
			if next < len(text) && (text[next] == '.' || text[next] == '-') {
				next++
			}
			return e.before, e.years, next
		}
	}
	return 0, 0, i
}

func skipBlank(text []byte, i int) int {
	for i < len(text) && text[i] == ' ' || rune3at(text, i) == '　' {
		if text[i] == ' ' {
			i++
		} else {
			i += len("　")
		}
	}
	return i
}

// together takes 19880102, 3630102 (an era's code first) and, after an era's
// letter, 630102 apart.
func (d *date) together(n, digits, before, years int) bool {
	d.day, d.month = n%100, n/100%100
	year := n / 10000
	switch {
	case before > 0 && digits == 6:
		d.year = before + year
		return year >= 1 && year <= years
	case before == 0 && digits == 8:
		d.year = year
		return true
	case before == 0 && digits == 7:
		for _, e := range eras {
			if e.code == year/100 {
				d.year = e.before + year%100
				return year%100 >= 1 && year%100 <= e.years
			}
		}
	}
	return false
}

// rest reads month and day after the year and returns where they end, or -1.
func (d *date) rest(text []byte, i int) int {
	i, mark := readMark(text, i, '年')
	if mark == 0 {
		return -1
	}
	month, size, _ := readNumber(text, i)
	i, second := readMark(text, i+size, '月')
	if size == 0 || second == 0 || mark != '年' && second != mark {
		return -1
	}
	day, size, _ := readNumber(text, i)
	if size == 0 {
		return -1
	}
	d.month, d.day = month, day
	i += size
	if day := skipBlank(text, i); rune3at(text, day) == '日' {
		return day + len("日")
	}
	return i
}

// readMark reads what parts year, month and day: the word, or one of . - / with
// blanks about it; 0 when neither is there.
func readMark(text []byte, i int, word rune) (next int, mark rune) {
	i = skipBlank(text, i)
	if rune3at(text, i) == word {
		return skipBlank(text, i+3), word
	}
	if i >= len(text) {
		return i, 0
	}
	s, size := separatorAt(text, i)
	if s != sepHyphen && s != sepDot && s != sepSlash && s != sepMiddle {
		return i, 0
	}
	return skipBlank(text, i+size), rune(s)
}

const leastYear = 1868 // 明治元年

// plausible refuses what no living person and no date has; how many days a
// month has is not asked, as people mistype.
func (d *date) plausible() bool {
	return d.year >= leastYear && d.year < 2100 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31
}

// readNumber reads digits of either width, eight at most, or kanji numerals up
// to 99 with 元 for the first; digits is how many ASCII or wide digits it had.
func readNumber(text []byte, i int) (n, size, digits int) {
	at := i
	for at < len(text) && digits < 9 {
		d, w := digitAt(text, at)
		if w == 0 {
			break
		}
		n, at, digits = n*10+int(d-'0'), at+w, digits+1
	}
	if digits > 0 {
		return n, at - i, digits
	}
	if rune3at(text, i) == '元' {
		return 1, len("元"), 0
	}
	return readKanji(text, i)
}

// readKanji reads 六十三, 二九 or 一九八八.
func readKanji(text []byte, i int) (n, size, digits int) {
	at, last, tens, count := i, 0, -1, 0
	for count < 5 {
		r := rune3at(text, at)
		v := kanjiDigit(r)
		if v < 0 && r != '十' {
			break
		}
		if r == '十' {
			tens, last = max(last, 1), 0
		} else {
			last = last*10 + v
		}
		at += utf8.RuneLen(r)
		count++
	}
	if tens > 0 {
		last += tens * 10
	}
	if count == 4 && tens < 0 {
		digits = 4
	}
	return last, at - i, digits
}

// kanjiDigit is the value of 〇–九, or -1.
func kanjiDigit(r rune) int {
	for v, k := range [...]rune{'〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'} {
		if r == k {
			return v
		}
	}
	return -1
}
