package civil

import (
	"fmt"
	"time"
)

// FiscalYear returns the fiscal year in which t falls in Tokyo. A fiscal year
// of a municipality runs from 1 April, 00:00, to 31 March and bears the year of
// its first day (地方自治法第208条第1項).
func FiscalYear(t time.Time) int { return DateOf(t).FiscalYear() }

// FiscalYear returns the fiscal year to which the day belongs.
func (d Date) FiscalYear() int {
	if d.Month < time.April {
		return d.Year - 1
	}
	return d.Year
}

// FiscalYearStart returns the first instant of a fiscal year, 1 April 00:00 in
// Tokyo. It ends with FiscalYearStart(year+1), which no longer belongs to it.
func FiscalYearStart(year int) time.Time {
	return Date{year, time.April, 1}.Start()
}

// FiscalYearName returns the name of a fiscal year: 令和8年度. It is the era of
// 1 April, but for 2019, which is 令和元年度 as a whole although it began in
// 平成31年 (改元に伴う元号による年表示の取扱いについて, 新元号への円滑な移行に
// 向けた関係省庁連絡会議申合せ, 平成31年4月1日).
func FiscalYearName(year int) string {
	first := Date{year, time.April, 1}
	if year == reiwaFirst.Year {
		first = reiwaFirst
	}
	era, n, ok := EraOf(first)
	if !ok {
		return fmt.Sprintf("%d年度", year)
	}
	return era.Name + eraYear(n) + "度"
}
