package civil_test

import (
	"testing"
	"time"

	"daicho/app/civil"
)

func TestEraBoundaries(t *testing.T) {
	for _, c := range []struct {
		d           civil.Date
		long, short string
	}{
		{day(2026, 11, 20), "令和8年11月20日", "R8.11.20"},
		{day(2019, 5, 1), "令和元年5月1日", "R元.5.1"},
		{day(2019, 12, 31), "令和元年12月31日", "R元.12.31"},
		{day(2020, 1, 1), "令和2年1月1日", "R2.1.1"},
		{day(2019, 4, 30), "平成31年4月30日", "H31.4.30"},
		{day(1989, 1, 8), "平成元年1月8日", "H元.1.8"},
		{day(1989, 1, 7), "昭和64年1月7日", "S64.1.7"},
		{day(1926, 12, 25), "昭和元年12月25日", "S元.12.25"},
		{day(1926, 12, 24), "大正15年12月24日", "T15.12.24"},
		{day(1912, 7, 30), "大正元年7月30日", "T元.7.30"},
		{day(1912, 7, 29), "明治45年7月29日", "M45.7.29"},
		{day(1873, 1, 1), "明治6年1月1日", "M6.1.1"},
		{day(1872, 12, 31), "1872年12月31日", "1872.12.31"},
	} {
		if got := c.d.Wareki(); got != c.long {
			t.Errorf("%v: %s, want %s", c.d, got, c.long)
		}
		if got := c.d.WarekiShort(); got != c.short {
			t.Errorf("%v: %s, want %s", c.d, got, c.short)
		}
	}
}

func TestDayFormats(t *testing.T) {
	at := time.Date(2026, 11, 20, 5, 2, 59, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{today.WarekiWeekday(), "令和8年11月20日（金）"},
		{today.MonthDay(), "11月20日"},
		{today.Slash(), "11/20"},
		{day(2027, 3, 31).InTable(today), "3/31"},
		{day(2026, 3, 31).InTable(today), "R8.3.31"},
		{civil.Clock(at), "14:02"},
		{civil.Clock(at.Add(-6 * time.Hour)), "08:02"},
		{civil.Moment(at), "令和8年11月20日（金）14:02"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

func TestDurations(t *testing.T) {
	for _, c := range []struct {
		d            time.Duration
		words, clock string
	}{
		{72 * time.Second, "1分12秒", "0:01"},
		{41*time.Minute + 59*time.Second, "41分59秒", "0:41"},
		{48 * time.Hour, "2日", "48:00"},
		{26*time.Hour + 5*time.Second, "1日2時間5秒", "26:00"},
		{0, "0秒", "0:00"},
		{999 * time.Millisecond, "0秒", "0:00"},
		{-18 * time.Minute, "▲18分", "▲0:18"},
		{-30 * time.Second, "▲30秒", "0:00"},
	} {
		if got := civil.InWords(c.d); got != c.words {
			t.Errorf("InWords(%v) = %s, want %s", c.d, got, c.words)
		}
		if got := civil.HoursMinutes(c.d); got != c.clock {
			t.Errorf("HoursMinutes(%v) = %s, want %s", c.d, got, c.clock)
		}
	}
}
