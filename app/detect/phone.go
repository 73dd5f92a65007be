package detect

import (
	"bytes"
	"strings"
)

func phoneRule() Rule {
	return Rule{
		Kind:   Phone,
		Source: "電気通信番号計画 (令和元年総務省告示第6号), 総務省「市外局番の一覧」",
		Names: []string{
			"電話", "電話番号", "電話No", "ＴＥＬ", "Ｔｅｌ", "℡", "☎", "携帯", "携帯番号", "連絡先", "ケータイ",
			"ﾃﾞﾝﾜ", "でんわ", "ＦＡＸ", "Ｆａｘ", "ファックス", "ファクス", "ﾌｧｯｸｽ", "ファクシミリ", "内線",
			"自宅", "勤務先", "tel", "phone", "fax", "mobile", "cell", "denwa", "telephone", "cellphone", "keitai", "telno", "faxno",
		},
		Hints: []string{"氏名", "フリガナ", "ふりがな", "住所", "名前", "担当", "世帯主", "申請者", "緊急"},
		Denies: []string{
			"伝票番号", "注文番号", "受注番号", "型番", "品番", "商品コード", "管理番号", "整理番号", "受付番号",
			"口座番号", "契約番号", "法人番号", "個人番号", "マイナンバー", "住民票コード", "シリアル", "製造番号",
			"バーコード", "追跡番号", "送り状", "資産番号", "取引番号", "isbn", "issn", "serial", "sku", "職員番号",
			"timestamp",
		},
		least: leastPhone, checked: true, public: true,
		digits: matchPhone,
	}
}

// Base scores by how a number is written.
const (
	leastPhone    = 9  // digits: a spreadsheet drops the first
	mobileGrouped = 70 // 090-1234-5678
	fixedGrouped  = 55 // 03-1234-5678
	spacedScore   = 30 // groups with spaces only
	mobileBare    = 45 // 09012345678
	fixedBare     = 20 // 0312345678
	offPlan       = 15 // 03-1234-5678: no exchange begins with 1
)

// Area codes by length (leading zero included). Codes of four digits follow
// from the shorter ones: see isArea.
var (
	areas2 = areaSet("03 04 06")
	areas3 = areaSet("011 015 017 018 019 022 023 024 025 026 027 028 029 042 043 044 045 046 047 048 049" +
		" 052 053 054 055 058 059 072 073 075 076 077 078 079 082 083 084 086 087 088 089" +
		" 092 093 095 096 097 098 099")
	areas5 = areaSet("01267 01372 01374 01377 01392 01397 01398 01456 01457 01466 01547 01558 01564 01586 01587" +
		" 01632 01634 01635 01648 01654 01655 01656 01658 04992 04994 04996 04998 05769 05979" +
		" 07468 08387 08388 08396 08477 08512 08514 09496 09802 09912 09913 09969")
	mobiles = areaSet("050 060 070 080 090")
)

func areaSet(codes string) *[100_000]bool {
	set := new([100_000]bool)
	for _, c := range strings.Fields(codes) {
		set[numberOf([]byte(c))] = true
	}
	return set
}

func numberOf(digits []byte) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}

// matchPhone finds numbers in one, two or three groups, with or without +81.
// Freephone and service numbers (0120, 0800, 0570, 0990) belong to nobody and
// are left out.
func matchPhone(c *chain, emit func(match)) {
	for g := 0; g < c.n; {
		m, used := c.phoneAt(g)
		if used == 0 {
			g++
			continue
		}
		emit(m)
		g += used
	}
}

// phoneAt tries the longest writing first.
func (c *chain) phoneAt(g int) (match, int) {
	if g == 0 && c.plus {
		if m, used := c.international(); used > 0 {
			return m, used
		}
	}
	for _, size := range [...]int{3, 2, 1} {
		if g+size > c.n || !c.apartPhone(g, g+size-1) {
			continue
		}
		if m, ok := c.domestic(g, size); ok {
			return m, size
		}
	}
	return match{}, 0
}

// apartPhone is apart, but a number may follow (03) or end before an extension.
func (c *chain) apartPhone(from, to int) bool {
	for g := from + 1; g <= to; g++ {
		if s := c.groups[g].sep; s == sepSlash || s == sepDot && to-from != 2 {
			return false
		}
	}
	return c.apart(from, to)
}

func (c *chain) domestic(g, size int) (match, bool) {
	v, first := c.digitsOf(g, g+size-1), c.groups[g].n
	lost := c.lostZero(v)
	if lost {
		v, first = append([]byte{'0'}, v...), first+1
	}
	if len(v) != 10 && len(v) != 11 || v[0] != '0' && size > 1 {
		return match{}, false
	}
	m := match{start: c.groups[g].start, end: c.groups[g+size-1].end, value: v, must: lost}
	area := areaLength(v, first)
	m.valid = area > 0 && c.split(g, size, area)
	m.base, m.own = phoneBase(len(v) == 11, c.separators(g, size)), len(v) == 11
	if !m.valid && size > 1 && c.active && c.written(g, size) {
		m.valid, m.base = true, offPlan
	}
	return m, m.valid || size == 1
}

// lostZero says whether a cell under a label holds a number whose first zero a
// spreadsheet dropped.
func (c *chain) lostZero(v []byte) bool {
	return c.wholeCell && c.active && c.n == 1 && v[0] != '0' && (len(v) == 9 || len(v) == 10)
}

// written says whether groups that the plan does not have are written as a
// number is: people invent numbers for lists that are to be filled in later,
// 03-1234-5678. A label must name them. Free numbers are no invention.
func (c *chain) written(g, size int) bool {
	first, last := c.groups[g], c.groups[g+size-1]
	return size == 3 && first.n >= 2 && first.n <= 5 && last.n == 4 && !serviceNumber(c.digitsOf(g, g+size-1))
}

// serviceNumber says whether a number is one that nobody owns: free and shared
// cost numbers, premium services, data lines.
func serviceNumber(v []byte) bool {
	switch numberOf(v[:4]) {
	case 120, 570, 800, 990, 180, 170, 200:
		return true
	}
	return v[1] == '0'
}

// areaLength is the length of the area code of a number in the plan, 0 when the
// plan has no such number. first is the length of the first group as written.
func areaLength(v []byte, first int) int {
	if v[0] != '0' {
		return 0
	}
	if len(v) == 11 {
		if mobiles[numberOf(v[:3])] && v[3] != '0' {
			return 3
		}
		return 0
	}
	if v[1] == '0' || v[2] == '0' {
		return 0
	}
	for _, n := range [...]int{2, 3, 5, 4} {
		written := first >= 10 || first == n || first == 6 && n < 6
		if written && isArea(v, n) && v[n] >= '2' {
			return n
		}
	}
	return 0
}

func isArea(v []byte, n int) bool {
	switch code := numberOf(v[:n]); n {
	case 2:
		return areas2[code]
	case 3:
		return areas3[code]
	case 5:
		return areas5[code]
	}
	// Every geographic code of four digits is 0ABC with A and B from 1; 03 and
	// 06 have none.
	return v[1] != '3' && v[1] != '6'
}

// split says whether the groups are those of a number: area, exchange,
// four-digit line number.
func (c *chain) split(g, size, area int) bool {
	switch size {
	case 1:
		return true
	case 2: // 090-12345678, 03-12345678, 031234-5678
		return c.groups[g].n == area || c.groups[g+1].n == 4
	}
	return c.groups[g].n == area && c.groups[g+2].n == 4
}

func (c *chain) separators(g, size int) separator {
	sep := sepNone
	for k := g + 1; k < g+size; k++ {
		if s := c.groups[k].sep; sep == sepNone || sep == sepSpace {
			sep = s
		}
	}
	return sep
}

func phoneBase(mobile bool, sep separator) int16 {
	switch {
	case sep == sepNone && mobile:
		return mobileBare
	case sep == sepNone:
		return fixedBare
	case sep == sepSpace && !mobile:
		return spacedScore
	case mobile:
		return mobileGrouped
	}
	return fixedGrouped
}

// international reads +81 and a number without its leading zero, or with the
// zero in parentheses: +81-90-1234-5678, +81 (0)3 1234 5678.
func (c *chain) international() (match, int) {
	all := c.digits[:c.nDigits]
	if !bytes.HasPrefix(all, []byte("81")) || c.n > 5 {
		return match{}, 0
	}
	v := append([]byte{'0'}, bytes.TrimPrefix(all[2:], []byte{'0'})...)
	if len(v) != 10 && len(v) != 11 || areaLength(v, 10) == 0 || gluedAfter(c.text, c.end) {
		return match{}, 0
	}
	m := match{start: c.groups[0].start, end: c.end, value: v, base: mobileGrouped, valid: true}
	return m, c.n
}
