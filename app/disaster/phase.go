package disaster

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Phase is how long service has been difficult, in the three steps of the
// specification: 1 within a week, 2 within a month, 3 after that.
type Phase int

const week = 7 * 24 * time.Hour

// PhaseAt is the phase at a moment, and when the next one begins: right after that
// instant, which still belongs to this phase. It is zero in the last one.
func PhaseAt(since app.Stamp, now time.Time) (p Phase, next app.Stamp) {
	first, second := Bounds(since)
	switch at := app.StampOf(now); {
	case at <= first:
		return 1, first
	case at <= second:
		return 2, second
	}
	return 3, 0
}

// Bounds are the last instants of the first two phases: a week of 7 × 24 hours, and
// the same time of the same day of the next month in Tokyo, or of that month's last
// day.
func Bounds(since app.Stamp) (first, second app.Stamp) {
	t := since.Time()
	day := civil.DateOf(t)
	last := civil.Date{Year: day.Year, Month: day.Month + 2, Day: 0}.AddDays(0)
	same := min(day.Day, last.Day)
	moved := time.Date(last.Year, last.Month, same, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), civil.Tokyo)
	return app.StampOf(t.Add(week)), app.StampOf(moved)
}
