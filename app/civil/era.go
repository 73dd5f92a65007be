package civil

import (
	"strconv"
	"time"
)

// Era is one of the eras by which formal papers count years.
type Era struct {
	Name   string // 令和
	Letter string // R, as in R8.11.20
	First  Date   // its first day; for 明治 the first day of the solar calendar
	Last   Date   // its last day; zero for the present era
	before int    // Gregorian year before its year one
}

// reiwaFirst is the first day of 令和 (元号を改める政令, 平成31年政令第143号, under
// 元号法, 昭和54年法律第43号, 第1項).
var reiwaFirst = Date{2019, time.May, 1}

// eras, newest first. An era begins on the day its decree names, and that day
// belongs to the new era:
// 平成 元号を改める政令 (昭和64年政令第1号); 昭和 改元の詔書 (大正15年12月25日);
// 大正 改元の詔書 (明治45年7月30日); 明治 counts solar days from its sixth year on
// (明治5年太政官布告第337号), so nothing before 1873 is given an era here.
var eras = [...]Era{
	{Name: "令和", Letter: "R", First: reiwaFirst, before: 2018},
	{Name: "平成", Letter: "H", First: Date{1989, time.January, 8}, Last: Date{2019, time.April, 30}, before: 1988},
	{Name: "昭和", Letter: "S", First: Date{1926, time.December, 25}, Last: Date{1989, time.January, 7}, before: 1925},
	{Name: "大正", Letter: "T", First: Date{1912, time.July, 30}, Last: Date{1926, time.December, 24}, before: 1911},
	{Name: "明治", Letter: "M", First: Date{1873, time.January, 1}, Last: Date{1912, time.July, 29}, before: 1867},
}

// EraOf returns the era of a day and the year within it, from 1. ok is false
// before 1873, where Japan had another calendar.
func EraOf(d Date) (era Era, year int, ok bool) {
	for _, e := range eras {
		if d.Compare(e.First) >= 0 {
			return e, d.Year - e.before, true
		}
	}
	return Era{}, 0, false
}

// eraYear writes the year of an era: the first is 元年, never 1年.
func eraYear(n int) string {
	if n == 1 {
		return "元年"
	}
	return strconv.Itoa(n) + "年"
}
