package calendar_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/calendar"
)

// drawn are calendars to draw from; making one takes some milliseconds.
func drawn(t *testing.T) []*calendar.Calendar {
	var all []*calendar.Calendar
	for i := range 20 {
		d := dice{rand.New(rand.NewPCG(uint64(i), 15)), 1}
		c, err := made(t, d.version()).Plus(d.extra(at(t, "2026-11-20 10:00"))...)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// drawInstant draws one around the extra hours, to the nanosecond.
func drawInstant(t *rapid.T, name string) time.Time {
	const days = 40
	from := day(2026, 11, 1).Start()
	return from.Add(time.Duration(rapid.Int64Range(0, int64(days*24*time.Hour)).Draw(t, name)))
}

func TestSplittingAStretchChangesNothing(t *testing.T) {
	all := drawn(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "calendar")
		a, b, m := drawInstant(t, "a"), drawInstant(t, "b"), drawInstant(t, "m")
		if b.Before(a) {
			a, b = b, a
		}
		if m.Before(a) || m.After(b) {
			return
		}
		whole, err := c.Elapsed(a, b)
		first, err2 := c.Elapsed(a, m)
		second, err3 := c.Elapsed(m, b)
		if errors.Join(err, err2, err3) != nil || whole != first+second || first < 0 || second < 0 || whole > b.Sub(a) {
			t.Fatalf("%s to %s: %s; split at %s: %s and %s", a, b, whole, m, first, second)
		}
		var walked time.Duration
		last := a
		err = c.Walk(a, b, func(from, to time.Time, _ string, _ app.Label) {
			if from.Before(last) || !from.Before(to) || to.After(b) {
				t.Fatalf("an interval from %s to %s, after %s", from, to, last)
			}
			walked, last = walked+to.Sub(from), to
		})
		if err != nil || walked != whole {
			t.Fatalf("intervals of %s, elapsed %s, %v", walked, whole, err)
		}
	})
}

// TestDueIsTheFirstInstant: at the due instant the budget is used up, a nanosecond
// earlier it is not, and a larger budget is never due earlier.
func TestDueIsTheFirstInstant(t *testing.T) {
	all := drawn(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "calendar")
		start := drawInstant(t, "start")
		budget := time.Duration(rapid.Int64Range(1, int64(100*time.Hour)).Draw(t, "budget"))
		due, err := c.Due(start, budget)
		if errors.Is(err, calendar.ErrNoHours) || errors.Is(err, calendar.ErrRange) {
			return
		}
		used, err2 := c.Elapsed(start, due)
		before, err3 := c.Elapsed(start, due.Add(-1))
		if errors.Join(err, err2, err3) != nil || used != budget || before != budget-1 {
			t.Fatalf("%s from %s: due %s, where %s are used up and %s just before (%v)", budget, start, due, used, before, errors.Join(err, err2, err3))
		}
		if later, err := c.Due(start, budget+1); err == nil && !later.After(due) {
			t.Fatalf("%s from %s are due %s, a nanosecond more %s", budget, start, due, later)
		}
		if later, err := c.Due(start.Add(1), budget); err == nil && later.Before(due) {
			t.Fatalf("%s from %s are due %s, from a nanosecond later %s", budget, start, due, later)
		}
	})
}

func TestNextIsTheFirstOpenInstant(t *testing.T) {
	all := drawn(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "calendar")
		start := drawInstant(t, "start")
		next, err := c.Next(start)
		if errors.Is(err, calendar.ErrNoHours) {
			return
		}
		open, err2 := c.Open(next)
		shut, err3 := c.Elapsed(start, next)
		now, err4 := c.Open(start)
		if errors.Join(err, err2, err3, err4) != nil || !open || shut != 0 || now != next.Equal(start) {
			t.Fatalf("after %s next %s: open %v, %s between, open at once %v", start, next, open, shut, now)
		}
	})
}

func FuzzSpan(f *testing.F) {
	for _, s := range []string{"08:30-18:00", "0:00-24:00", "08:30:15-08:30:16", "24:00-24:00", "8:3-9", "-", "08:30-24:01", "１-２"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, again calendar.Span
		if s.UnmarshalText([]byte(text)) != nil {
			return
		}
		if s.From < 0 || s.From >= s.To || s.To > 86400 || again.UnmarshalText([]byte(s.String())) != nil || again != s {
			t.Errorf("%q became %v, then %v", text, s, again)
		}
	})
}

func TestHoursAsText(t *testing.T) {
	for text, want := range map[string]string{
		"8:30-18:00": "08:30-18:00", "00:00-24:00": "00:00-24:00", "23:59:59-24:00": "23:59:59-24:00",
		"18:00-08:30": "", "08:30": "", "08:30-08:30": "", "08:30-24:00:01": "", "08:60-09:00": "", "25:00-26:00": "", "": "", "008:30-09:00": "", "8:3-9:00": "",
	} {
		var s calendar.Span
		if err := s.UnmarshalText([]byte(text)); (err == nil) != (want != "") || err == nil && s.String() != want {
			t.Errorf("%q: %v, %v; want %q", text, s, err, want)
		}
	}
}
