package civil

import (
	"fmt"
	"strings"
	"time"
)

// weekdays begin with Sunday, as time.Weekday does.
var weekdays = [...]string{"日", "月", "火", "水", "木", "金", "土"}

// Wareki returns the day as formal papers have it: 令和8年11月20日. Days before
// 1873 have the Gregorian year.
func (d Date) Wareki() string {
	return d.warekiYear() + d.MonthDay()
}

// WarekiWeekday returns the day with its weekday: 令和8年11月20日（金）.
func (d Date) WarekiWeekday() string {
	return d.Wareki() + "（" + weekdays[d.Weekday()] + "）"
}

// WarekiShort returns the short form of forms and tables: R8.11.20. The first
// year of an era is 元, as in R元.5.1. Days before 1873 are written 1872.12.31.
func (d Date) WarekiShort() string {
	era, n, ok := EraOf(d)
	if !ok {
		return fmt.Sprintf("%d.%d.%d", d.Year, int(d.Month), d.Day)
	}
	year := strings.TrimSuffix(eraYear(n), "年")
	return fmt.Sprintf("%s%s.%d.%d", era.Letter, year, int(d.Month), d.Day)
}

// MonthDay returns 11月20日, for sentences.
func (d Date) MonthDay() string { return fmt.Sprintf("%d月%d日", int(d.Month), d.Day) }

// Slash returns 11/20, for tables.
func (d Date) Slash() string { return fmt.Sprintf("%d/%d", int(d.Month), d.Day) }

// InTable returns 11/20 when d is in the fiscal year of today, otherwise the
// short form with its year, R7.11.20.
func (d Date) InTable(today Date) string {
	if d.FiscalYear() == today.FiscalYear() {
		return d.Slash()
	}
	return d.WarekiShort()
}

func (d Date) warekiYear() string {
	era, n, ok := EraOf(d)
	if !ok {
		return fmt.Sprintf("%d年", d.Year)
	}
	return era.Name + eraYear(n)
}

// Clock returns the time of day in Tokyo, 24 hours, seconds cut off: 14:02, 8:30.
func Clock(t time.Time) string { return t.In(Tokyo).Format("15:04") }

// Moment returns an instant for formal papers, seconds cut off:
// 令和8年11月20日（金）14:02.
func Moment(t time.Time) string { return DateOf(t).WarekiWeekday() + Clock(t) }

// HoursMinutes returns a duration as h:mm, cut off to whole minutes: 0:41,
// 26:05. Less than nothing is marked as offices do: ▲0:18.
func HoursMinutes(d time.Duration) string {
	sign, minutes := "", int64(d/time.Minute)
	if minutes < 0 {
		sign, minutes = "▲", -minutes
	}
	return fmt.Sprintf("%s%d:%02d", sign, minutes/60, minutes%60)
}

// InWords returns a duration in words, cut off to whole seconds and with every
// part that is not nothing: 1分12秒, 2日, 1時間5秒; 0秒 for none, ▲1分 for less.
func InWords(d time.Duration) string {
	seconds := int64(d / time.Second)
	if seconds == 0 {
		return "0秒"
	}
	var b strings.Builder
	if seconds < 0 {
		b.WriteString("▲")
		seconds = -seconds
	}
	for _, part := range []struct {
		unit    string
		seconds int64
	}{{"日", 86400}, {"時間", 3600}, {"分", 60}, {"秒", 1}} {
		if n := seconds / part.seconds; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, part.unit)
		}
		seconds %= part.seconds
	}
	return b.String()
}
