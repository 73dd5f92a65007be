package detect

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

func birthRule() Rule {
	return Rule{
		Kind:   BirthDate,
		Source: "元号: 元号法, 改元の政令; 西暦の書式: JIS X 0301",
		Names: []string{"生年月日", "誕生日", "生年", "出生", "出生日", "出生年月日", "生れ", "生まれ", "うまれ", "日生", "birthday", "birth date", "birthdate",
			"birth_date", "date of birth", "dateofbirth", "date_of_birth", "dob", "seinengappi", "ｾｲﾈﾝｶﾞｯﾋﾟ"},
		Hints: []string{"氏名", "住所", "性別", "続柄", "年齢", "フリガナ"},
		Denies: []string{"発行日", "交付日", "受付日", "登録日", "更新日", "有効期限", "作成日", "申請日", "届出日", "取得日", "異動日", "納期限",
			"支払日", "入社日", "採用日", "施行日", "開始日", "終了日", "日付", "期限", "受診日", "発送日", "予定日", "転入日", "転出日", "認定日",
			"決定日", "死亡日", "婚姻日", "印刷日", "契約日", "設立", "開設", "竣工", "資格取得", "timestamp", "created", "updated", "modified"},
		Cues:  eraWords,
		least: 3, labelled: true,
		digits: matchBirth, word: matchEra,
	}
}

// A date is worth something under a label only: dates are everywhere.
const (
	birthBase = 10
	otherDay  = -60 // 申込日
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
		if d, ok := readDate(c.text, start); ok {
			emit(d.match(c.text))
			for g+1 < c.n && c.groups[g+1].start < d.end {
				g++
			}
		}
	}
}

// matchEra reads the date at the word of an era, or before 生まれ.
func matchEra(h *handle, emit func(match)) {
	if d, ok := readDate(h.text, h.start); ok {
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

const maxDate = 48 // bytes of the longest date: 昭和六十三年十二月二十九日

func (d *date) match(text []byte) match {
	m := match{start: d.start, end: d.end, value: fmt.Appendf(nil, "%04d%02d%02d", d.year, d.month, d.day), base: birthBase, valid: true}
	if ofSomethingElse(text, d.start) {
		m.base = otherDay
	}
	return m
}

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
			return r == '日' && !bytes.HasSuffix(text[:i], []byte("月日")) && !bytes.HasSuffix(text[:i], []byte("生日"))
		}
	}
	return false
}
