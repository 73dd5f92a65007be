package document_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"

	"pgregory.net/rapid"
)

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

// Years begin on 1 April after the fiscal year in which a matter was completed.
func TestExpiry(t *testing.T) {
	done, ends := on(2026, 11, 20), on(2031, 3, 31)
	for _, c := range []struct {
		class           document.Retention
		completed, ends app.Day
		want            app.Day
	}{
		{document.Year1, done, 0, on(2028, 3, 31)},
		{document.Year1, on(2027, 3, 31), 0, on(2028, 3, 31)}, // the last day of the fiscal year
		{document.Year1, on(2027, 4, 1), 0, on(2029, 3, 31)},  // the first of the next
		{document.Years3, done, 0, on(2030, 3, 31)},
		{document.Years5, done, 0, on(2032, 3, 31)},
		{document.Years10, done, 0, on(2037, 3, 31)},
		{document.Years30, done, 0, on(2057, 3, 31)},
		{document.Years5, done, ends, on(2032, 3, 31)},
		{document.Contract5, done, ends, on(2036, 3, 31)},
		{document.Contract1, done, on(2031, 4, 1), on(2033, 3, 31)},
		{document.Contract5, done, 0, 0},
		{document.Contract5, 0, ends, 0},
		{document.Years5, 0, 0, 0},
		{document.InUse, done, ends, 0},
		{"", done, ends, 0},
		{"later", done, ends, 0},
	} {
		if got := document.Expiry(c.class, c.completed, c.ends); got != c.want {
			t.Errorf("%s, completed %s, contract to %s: %s, want %s", c.class, c.completed, c.ends, got, c.want)
		}
	}
}

// Nothing is kept for less than its years, nor for two years more.
func TestExpiryKeepsTheYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		done := app.Day(rapid.IntRange(10_000, 40_000).Draw(t, "day")).Civil()
		for class, years := range map[document.Retention]int{document.Year1: 1, document.Years3: 3, document.Years5: 5, document.Years10: 10, document.Years30: 30} {
			last := document.Expiry(class, app.DayOf(done), 0).Civil()
			if least := (civil.Date{Year: done.Year + years, Month: done.Month, Day: min(done.Day, 28)}); last.Compare(least) < 0 || last.Year > done.Year+years+1 || last.Month != time.March || last.Day != 31 {
				t.Fatalf("%s from %s: %s", class, done, last)
			}
		}
	})
}
