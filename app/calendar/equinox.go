package calendar

import (
	"time"

	"daicho/app/civil"
)

// The days of the equinoxes by the formula of 海上保安庁水路部 暦計算研究会編
// 「新こよみ便利帳」 (恒星社厚生閣, 1991), which holds for 1900 to 2099: a day of the
// month in millionths, what it moves by in a year, and the leap days taken off. The
// law names no day (春分日, 秋分日): the National Astronomical Observatory publishes
// those of the next year each February (暦要項), and an update can bring them.
const (
	perYear    = 242_194
	perDay     = 1_000_000
	turnOfLeap = 1980 // the constants of each side have their own leap days
)

func springEquinox(year int) civil.Date {
	return civil.Date{Year: year, Month: time.March, Day: equinox(year, 20_835_700, 20_843_100)}
}

func autumnEquinox(year int) civil.Date {
	return civil.Date{Year: year, Month: time.September, Day: equinox(year, 23_258_800, 23_248_800)}
}

// equinox is the day of the month. Leap days before 1980 are counted towards
// zero, as Go divides.
func equinox(year, before, since int) int {
	if year < turnOfLeap {
		return (before+perYear*(year-turnOfLeap))/perDay - (year-1983)/4
	}
	return (since+perYear*(year-turnOfLeap))/perDay - (year-turnOfLeap)/4
}
