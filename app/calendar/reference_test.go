package calendar_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"daicho/app/calendar"
	"daicho/app/civil"
)

// slow is the calendar as a child would work it out: it looks at every second, or
// minute, whether that one is open, and shares no code with the engine but the table
// of holidays.
type slow struct {
	version calendar.Version
	names   *calendar.Holidays
	extra   []calendar.Extra
	day     int64 // that spans are of
	spans   []calendar.Span
}

const (
	tokyo      = 9 * 3600
	secondsDay = 86400
)

// open says whether the second is open that begins at a Unix time.
func (s *slow) open(unix int64) bool {
	if day := (unix + tokyo) / secondsDay; day != s.day {
		s.day, s.spans = day, s.hours(day)
	}
	clock := calendar.Clock((unix + tokyo) % secondsDay)
	for _, h := range s.spans {
		if clock >= h.From && clock < h.To {
			return true
		}
	}
	for i := range s.extra {
		if unix >= s.extra[i].From.Unix() && unix < s.extra[i].To.Unix() {
			return true
		}
	}
	return false
}

// hours are those of a day since 1970, which was a Thursday.
func (s *slow) hours(day int64) []calendar.Span {
	d := civil.DateOf(time.Unix(day*secondsDay-tokyo, 0))
	if _, holiday := s.names.Name(d); holiday && s.version.Holidays {
		return nil
	}
	if newYear := d.Month == time.December && d.Day >= 29 || d.Month == time.January && d.Day <= 3; newYear && s.version.Closed != nil {
		return nil
	}
	return s.version.Week[(day+4)%7]
}

// elapsed and due count in steps of so many seconds; everything asked must be a
// multiple of them.
func (s *slow) elapsed(from, to, step int64) (open int64) {
	for t := from; t < to; t += step {
		if s.open(t) {
			open += step
		}
	}
	return open
}

// due is 0 where the budget is not used up before the limit.
func (s *slow) due(start, budget, limit, step int64) int64 {
	t := start
	for ; budget > 0; t += step {
		if t >= limit {
			return 0
		}
		if s.open(t) {
			budget -= step
		}
	}
	return t
}

// dice draws cases; all instants and lengths are multiples of step seconds.
type dice struct {
	*rand.Rand
	step int64
}

// instant draws one in 2018 to 2029, often near to where a calendar opens or closes.
func (d dice) instant() time.Time {
	t := time.Date(2018, 1, 1+d.IntN(12*365), 0, 0, 0, 0, civil.Tokyo)
	if d.IntN(3) == 0 {
		return t.Add([]time.Duration{0, 510 * time.Minute, 1080 * time.Minute, 1140 * time.Minute}[d.IntN(4)]).Add(time.Duration(d.Int64N(3)-1) * time.Duration(d.step) * time.Second)
	}
	return t.Add(time.Duration(d.Int64N(secondsDay/d.step)*d.step) * time.Second)
}

// length draws up to a limit in seconds, short ones as often as long ones.
func (d dice) length(limit int64) int64 {
	for limit > 2*d.step && d.IntN(2) == 0 {
		limit /= 4
	}
	return d.Int64N(max(1, limit/d.step)) * d.step
}

// version draws one of the three calendars or a week of its own.
func (d dice) version() calendar.Version {
	switch d.IntN(6) {
	case 0:
		return calendar.Onsite()
	case 1:
		return calendar.City()
	case 2:
		return calendar.Always()
	}
	v := calendar.Version{Name: "drawn", Holidays: d.IntN(2) == 0}
	if d.IntN(2) == 0 {
		v.Closed = calendar.City().Closed
	}
	for w := range v.Week {
		for range d.IntN(4) {
			from := d.Int64N(secondsDay/d.step) * d.step
			to := min(secondsDay, from+(1+d.Int64N(secondsDay/d.step))*d.step)
			v.Week[w] = append(v.Week[w], calendar.Span{From: calendar.Clock(from), To: calendar.Clock(to)})
		}
	}
	return v
}

func (d dice) extra(near time.Time) (all []calendar.Extra) {
	for range d.IntN(4) {
		from := near.Add(time.Duration(d.length(5*secondsDay)-secondsDay) * time.Second)
		to := from.Add(time.Duration(d.length(secondsDay)+d.step) * time.Second)
		all = append(all, calendar.Extra{From: from, To: to, Agreed: from.Add(-time.Second)})
	}
	return all
}

// TestAgainstASlowReference compares due dates and elapsed times of random calendars,
// starts, budgets and extra hours: by seconds over 3 days, by minutes over a year.
// DAICHO_CLOCKS says how many cases.
func TestAgainstASlowReference(t *testing.T) {
	cases := 1000
	if n, err := strconv.Atoi(os.Getenv("DAICHO_CLOCKS")); err == nil {
		cases = n
	}
	names, reached := shipped(t), 0
	for i := range cases / 100 {
		step, limit := int64(1), int64(3*secondsDay)
		if i%2 == 1 {
			step, limit = 60, 366*secondsDay
		}
		d := dice{rand.New(rand.NewPCG(uint64(i), 8)), step}
		version := d.version()
		c := made(t, version)
		for range 100 {
			start := d.instant()
			s := &slow{version: version, names: names, extra: d.extra(start)}
			if s.agrees(t, d, c, start, limit) {
				reached++
			}
		}
	}
	if reached < cases/2 {
		t.Errorf("only %d of %d budgets were used up within the limit", reached, cases)
	}
	t.Logf("%d cases", cases/100*100)
}

// agrees compares one case, and says whether its budget was used up within the limit.
func (s *slow) agrees(t *testing.T, d dice, c *calendar.Calendar, start time.Time, limit int64) bool {
	t.Helper()
	c, err := c.Plus(s.extra...)
	if err != nil {
		t.Fatal(err)
	}
	length, budget := d.length(limit), d.length(limit/3)
	from, until := start.Unix(), start.Unix()+limit
	got, err := c.Elapsed(start, start.Add(time.Duration(length)*time.Second))
	if want := s.elapsed(from, from+length, d.step); err != nil || got != time.Duration(want)*time.Second {
		t.Fatalf("%+v: %d s from %s: %s open, %v; the reference has %d s", s, length, start, got, err, want)
	}
	want := s.due(from, budget, until, d.step)
	due, err := c.Due(start, time.Duration(budget)*time.Second)
	if want == 0 && err == nil && due.Unix() <= until || want != 0 && (err != nil || due.UnixNano() != want*1e9) {
		t.Fatalf("%+v: %d s from %s: due %s, %v; the reference has %s", s, budget, start, due, err, time.Unix(want, 0).In(civil.Tokyo))
	}
	return want != 0
}
