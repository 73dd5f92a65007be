package detect

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

func birthRule() Rule {
	return Rule{
		Kind:   BirthDate,
		Source: "元号: 元号法, 改元の政令; 西暦の書式: JIS X 0301",
		Names: []string{"生年月日", "誕生日", "生年", "出生", "出生日", "出生年月日", "生れ", "生まれ", "うまれ", "日生", "birthday", "birth date", "birthdate",
			"birth_date", "date of birth", "dateofbirth", "date_of_birth", "dob", "birth", "birthyear", "born", "seinengappi", "seinen_gappi", "tanjobi", "ｾｲﾈﾝｶﾞｯﾋﾟ"},
		Hints: []string{"元号", "和暦", "西暦", "氏名", "住所", "性別", "続柄", "年齢", "フリガナ"},
		Denies: []string{"天皇誕生日", "happy birthday", "祝日", "有効期間", "認定期間", "発行日", "交付日", "受付日", "登録日", "更新日", "有効期限", "作成日", "申請日", "届出日", "取得日", "異動日", "納期限",
			"支払日", "入社日", "採用日", "施行日", "開始日", "終了日", "日付", "期限", "受診日", "発送日", "予定日", "転入日", "転出日", "認定日",
			"決定日", "死亡日", "婚姻日", "印刷日", "契約日", "設立", "開設", "竣工", "資格取得", "timestamp", "created", "updated", "modified"},
		Others: []string{"日", "日時", "時刻", "年月", "期限", "期間", "年度"},
		Cues:   eraWords,
		least:  leastDate, labelled: true, spread: true,
		digits: matchBirth, word: matchEra,
	}
}

// A date is worth something under a label only: dates are everywhere.
const (
	birthBase = 10
	leastDate = 3 // digits
	// serialDigits are those of a day counted from 1899-12-30, as spreadsheets
	// do (ECMA-376 part 1, 18.17.4.1), of 1927 to 2036.
	serialDigits = 5
	otherDay     = -60 // 申込日
)

// matchBirth finds 1988-01-02, 1988年1月2日, 19880102, S63.1.2 and 3630102.
func matchBirth(c *chain, emit func(match)) {
	for g := 0; g < c.n; g++ {
		if g > 0 && !loose(c.groups[g].sep) {
			continue
		}
		start := c.groups[g].start
		letters, from := lettersBefore(c.text, start)
		if len(letters) == 1 {
			start = from
		} else if len(letters) > 1 {
			continue
		}
		if d, ok := readDate(c.text, start); !ok {
			c.shortBirth(g, emit)
		} else {
			emit(d.match(c.text))
			for g+1 < c.n && c.groups[g+1].start < d.end {
				g++
			}
		}
	}
}

// shortBirth takes 550302, whose era or century nobody wrote; a word beside it
// must name it.
func (c *chain) shortBirth(g int, emit func(match)) {
	v := c.groups[g]
	if v.n == serialDigits && c.wholeCell && c.active { // 32,143 is 1988-01-01 in a spreadsheet that lost its format
		emit(c.matched(g, g, birthBase, c.digits[v.first] <= '4' && c.digits[v.first] > '0'))
		return
	}
	if v.n != 6 || !c.active || !c.apart(g, g) {
		return
	}
	d := date{start: v.start, end: v.end, year: leastYear, month: two(c.digits[v.first+2:]), day: two(c.digits[v.first+4:])}
	if !d.plausible() {
		return
	}
	m := c.matched(g, g, birthBase, true)
	m.inline = true
	emit(m)
}

// matchEra reads the date at the word of an era, or before 生まれ.
func matchEra(h *handle, emit func(match)) {
	if d, ok := readDate(h.text, h.start); ok {
		emit(d.match(h.text))
		return
	}
	if d, ok := h.dateInCells(); ok {
		emit(d.match(h.text))
		return
	}
	for i := max(h.from, h.start-maxDate); i < h.start; i++ {
		if !utf8.RuneStart(h.text[i]) {
			continue
		}
		if d, ok := readDate(h.text, i); ok {
			if d.end == h.start || d.end == h.start+len("日") {
				d.end = h.start
				emit(d.match(h.text))
				return
			}
		}
	}
}

// dateInCells reads 昭和, 55, 年, 3, 月, 2, 日 where each has a cell of its own.
func (h *handle) dateInCells() (date, bool) {
	if h.sep == 0 || !h.begins() || !h.ends() || !h.active {
		return date{}, false
	}
	row, _, _ := bytes.Cut(h.text[h.start:min(len(h.text), h.start+maxLine)], []byte{'\n'})
	var joined []byte
	cells := 0
	for cell := range bytes.SplitSeq(row, []byte{h.sep}) {
		if cell = bytes.Trim(cell, " \"\r"); len(cell) > 0 && cells < 7 {
			if joined = append(joined, cell...); isDigitAt(cell, 0) && len(cell) <= 2*3 {
				joined = append(joined, '.')
			}
			cells++
		}
	}
	joined = bytes.ReplaceAll(bytes.ReplaceAll(bytes.ReplaceAll(joined, []byte(".年"), []byte("年")), []byte(".月"), []byte("月")), []byte(".日"), []byte("日"))
	d, ok := readDate(joined, 0)
	d.start, d.end = h.start, h.end
	return d, ok
}

const maxDate = 48 // bytes of the longest date: 昭和六十三年十二月二十九日

func (d *date) match(text []byte) match {
	m := match{start: d.start, end: d.end, value: strconv.AppendInt(nil, int64(d.year*10000+d.month*100+d.day), 10), base: birthBase, valid: true}
	if ofSomethingElse(text, d.start) || ofEvent(text, d.end) {
		m.base = otherDay
	}
	m.inline, m.year = inSentence(text, d.start), int16(d.year)
	return m
}

// ofBirth says whether 生年月 or 誕生 ends at text[i], spread or not.
func ofBirth(text []byte, i int) bool {
	for size := blankBefore(text, i); size > 0; size = blankBefore(text, i) {
		i -= size
	}
	r := rune3at(text, i-3)
	return r == '月' || r == '生'
}

// inSentence says whether a sentence leads to text[i]: 前項の規定は、令和3年9月1日.
func inSentence(text []byte, i int) bool {
	for size := blankBefore(text, i); size > 0; size = blankBefore(text, i) {
		i -= size
	}
	r := rune3at(text, i-3)
	return scriptOf(r) == hiragana || r == '、' || r == '。'
}

// ofEvent says whether what follows makes the date that of an event: 平成30年4月1日から施行.
func ofEvent(text []byte, i int) bool {
	rest := text[i:min(len(text), i+maxAfterDate)]
	for _, w := range eventWords {
		if bytes.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

const maxAfterDate = 12 // bytes of the longest of eventWords

var eventWords = [][]byte{[]byte("から"), []byte("より"), []byte("まで"), []byte("付"), []byte("施行"), []byte("現在"), []byte("以後"), []byte("以降"),
	[]byte("以前"), []byte("適用"), []byte("公布"), []byte("改正"), []byte("時点"), []byte("開催"), []byte("実施"), []byte("～"), []byte("〜")}

// ofSomethingElse says whether the date stands directly behind a word that ends
// in 日 and is no birthday: 申込日は.
func ofSomethingElse(text []byte, i int) bool {
	for i >= 3 {
		switch r := rune3at(text, i-3); {
		case text[i-1] == ' ' || text[i-1] == ':':
			i--
		case r == '：' || r == '　' || r == 'は' || r == '＝':
			i -= 3
		default:
			return r == '日' && !ofBirth(text, i-3)
		}
	}
	return false
}
