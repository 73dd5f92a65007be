package sla

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Moment is a corrected time and how far it may be off.
type Moment struct {
	At  app.Stamp // zero: has not happened
	Err int64     // milliseconds either way; app.Unknown: nothing vouches for it
	// What else is known, such as from contacts with the server before and after; zero: nothing.
	NotBefore, NotAfter app.Stamp
}

// Exactly is a moment without an error, such as a time that was agreed on.
func Exactly(t time.Time) Moment { return Moment{At: app.StampOf(t)} }

// happened says whether it has.
func (m Moment) happened() bool { return m.At != 0 }

// The bounds of a moment of which nothing is known: whoever counts from or to them
// comes to no verdict.
var (
	longAgo = time.Date(1970, time.January, 2, 0, 0, 0, 0, civil.Tokyo)
	farOff  = time.Date(2050, time.December, 31, 0, 0, 0, 0, civil.Tokyo)
)

// Bounds are the earliest and the latest instant that it can have been. ok is false
// where one of them is not known, and then stands far away. Evidence that leaves no
// instant at all counts as none.
func (m Moment) Bounds() (early, late time.Time, ok bool) {
	early, late = longAgo, farOff
	if m.Err >= 0 {
		early, late = (m.At - app.Stamp(m.Err)).Time(), (m.At + app.Stamp(m.Err)).Time()
	}
	if t := m.NotBefore.Time(); m.NotBefore != 0 && t.After(early) {
		early = t
	}
	if t := m.NotAfter.Time(); m.NotAfter != 0 && t.Before(late) {
		late = t
	}
	if late.Before(early) {
		return longAgo, farOff, false
	}
	return early, late, !early.Equal(longAgo) && !late.Equal(farOff)
}

// by judges a moment against a due time that may be off itself.
func by(m Moment, due deadline) Verdict {
	early, late, _ := m.Bounds()
	switch {
	case !late.After(due.early):
		return Met
	case early.After(due.late):
		return Missed
	}
	return Undecided
}

// deadline is a due time and its own bounds.
type deadline struct{ at, early, late time.Time }

// deadlineOf is what due makes of a moment and of its bounds. Where nobody knows the
// latest instant nobody knows what is due after it, and no calendar goes on so far.
func deadlineOf(m Moment, due func(time.Time) (time.Time, error)) (d deadline, err error) {
	early, late, _ := m.Bounds()
	for _, p := range []struct {
		to   *time.Time
		from time.Time
	}{{&d.at, m.At.Time()}, {&d.early, early}, {&d.late, late}} {
		if p.from.Equal(farOff) {
			*p.to = farOff
			continue
		}
		if *p.to, err = due(p.from); err != nil {
			return d, err
		}
	}
	return d, nil
}
