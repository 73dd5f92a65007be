package demo

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// The helpdesk of 葉月市 is staffed Monday to Friday from 8:30 to 18:00.
// Holidays are left out: the demo needs days that look right, not clauses.
const (
	opens  = 8*time.Hour + 30*time.Minute
	closes = 18 * time.Hour
)

// taking is the longest that a call takes until it is written down.
const taking = 6 * time.Minute

// weeks is how far back the city's story begins.
const weeks = 6

func midnight(t time.Time) time.Time {
	t = t.In(civil.Tokyo)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, civil.Tokyo)
}

func isWeekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// staffed is the first moment from t on at which somebody is there.
func staffed(t time.Time) time.Time {
	day := midnight(t)
	if t.Sub(day) >= closes {
		day = day.AddDate(0, 0, 1)
	}
	for isWeekend(day) {
		day = day.AddDate(0, 0, 1)
	}
	if at := day.Add(opens); t.Before(at) {
		return at
	}
	return t
}

// worked is the moment at which work of so many minutes, begun at t, is done.
func worked(t time.Time, minutes int) time.Time {
	left := time.Duration(minutes) * time.Minute
	for {
		t = staffed(t)
		end := midnight(t).Add(closes)
		if t.Add(left).Before(end) {
			return t.Add(left)
		}
		left -= end.Sub(t)
		t = end
	}
}

// askedAt is a moment in the weeks before until at which somebody calls:
// mostly in the morning, never at night, now and then on a Sunday.
func (d *dice) askedAt(until time.Time) time.Time {
	for {
		day := midnight(until).AddDate(0, 0, -d.below(7*weeks))
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday && !d.once(4) {
			continue
		}
		at := day.Add(opens + time.Duration(d.minuteOfDay())*time.Minute)
		if at.Add(taking).Before(until) {
			return at
		}
	}
}

// minuteOfDay is the lesser of two rolls: more calls come before noon.
func (d *dice) minuteOfDay() int {
	const last = int((closes-opens)/time.Minute) - 15
	return min(d.below(last), d.below(last))
}

func stamp(t time.Time) app.Stamp { return app.StampOf(t) }

// typed is a moment as a person types it into a field.
func typed(t time.Time) string { return t.In(civil.Tokyo).Format(app.TypedTime) }
