package civil_test

import (
	"testing"
	"time"

	"daicho/app/civil"

	"pgregory.net/rapid"
)

// today is a Friday in 令和8年度.
var today = civil.Date{Year: 2026, Month: time.November, Day: 20}

func day(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

func TestDateOfIsTheDayInTokyo(t *testing.T) {
	newYork := time.FixedZone("EST", -5*60*60)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 3, 31, 14, 59, 59, 0, time.UTC), "2026-03-31"},
		{time.Date(2026, 3, 31, 15, 0, 0, 0, time.UTC), "2026-04-01"},
		{time.Date(2026, 3, 31, 10, 0, 0, 0, newYork), "2026-04-01"},
	} {
		if got := civil.DateOf(c.at).String(); got != c.want {
			t.Errorf("DateOf(%v) = %s, want %s", c.at, got, c.want)
		}
	}
}

func TestValid(t *testing.T) {
	for d, want := range map[civil.Date]bool{
		day(2024, 2, 29): true, day(2023, 2, 29): false, day(2026, 4, 31): false, day(2026, 13, 1): false,
		day(1, 1, 1): true, day(0, 1, 1): false, day(9999, 12, 31): true, day(10000, 1, 1): false, {}: false,
	} {
		if got := d.Valid(); got != want {
			t.Errorf("%v valid = %v, want %v", d, got, want)
		}
	}
}

func TestFiscalYearTurnsAtMidnightInTokyo(t *testing.T) {
	turn := civil.FiscalYearStart(2026)
	if got := turn.UTC().Format(time.RFC3339); got != "2026-03-31T15:00:00Z" {
		t.Errorf("fiscal year 2026 starts %s", got)
	}
	if got := civil.FiscalYear(turn); got != 2026 {
		t.Errorf("first instant is of %d", got)
	}
	if got := civil.FiscalYear(turn.Add(-time.Nanosecond)); got != 2025 {
		t.Errorf("instant before is of %d", got)
	}
}

func TestFiscalYearName(t *testing.T) {
	for year, want := range map[int]string{
		2026: "令和8年度", 2019: "令和元年度", 2018: "平成30年度", 1989: "平成元年度", 1988: "昭和63年度", 1872: "1872年度",
	} {
		if got := civil.FiscalYearName(year); got != want {
			t.Errorf("FiscalYearName(%d) = %s, want %s", year, got, want)
		}
	}
}

// drawDate draws a valid day; the eras get more than their share.
func drawDate(t *rapid.T) civil.Date {
	from, to := day(1, 1, 2), day(9999, 12, 30)
	if rapid.Bool().Draw(t, "modern") {
		from, to = day(1872, 12, 1), day(2100, 1, 1)
	}
	return from.AddDays(rapid.IntRange(0, from.DaysUntil(to)).Draw(t, "days"))
}

func TestDayArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := drawDate(t), drawDate(t)
		if got := d.AddDays(d.DaysUntil(e)); got != e {
			t.Fatalf("%v + days until %v = %v", d, e, got)
		}
		if (d.Compare(e) < 0) != (d.String() < e.String()) || (d.Compare(e) == 0) != (d == e) {
			t.Fatalf("order of %v and %v", d, e)
		}
		if fy := d.FiscalYear(); d.Start().Before(civil.FiscalYearStart(fy)) || !d.Start().Before(civil.FiscalYearStart(fy+1)) {
			t.Fatalf("%v is not in fiscal year %d", d, fy)
		}
	})
}
