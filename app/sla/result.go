package sla

import (
	"time"

	"daicho/app"
)

// Result is what a clock says, and why.
type Result struct {
	Clock     Clock
	Verdict   Verdict
	Due       time.Time // when the limit is used up, if nothing else happens; zero while the clock is stopped before that
	Warnings  []Warning
	Used      Used
	Remaining time.Duration // of the limit; below zero is over it
	Parties   map[Party]Spent
	Spells    []Spell
	Intervals []Interval // each that counted
	Ignored   []Event    // what cannot have happened in this order
	Reading   Reading    // by which it was judged; zero where there is only one
}

// Used is the counted time: as the times say, and at least and at most with their
// errors.
type Used struct {
	Time, Least, Most time.Duration
	Bounded           bool // no time was unknown
}

// Warning is when a part of the limit is used up.
type Warning struct {
	After time.Duration
	At    time.Time
}

// Spent is the time for which a party was awaited: on the wall, and of it in the
// hours of the clock.
type Spent struct{ Wall, Open time.Duration }

// Interval is a time that counted.
type Interval struct {
	From, To time.Time
	Version  string    // of the calendar by which it is open
	Why      app.Label // it is
}

// measure counts the runs and the spells.
func (r *Result) measure(runs []run) error {
	h := r.Clock.Hours
	r.Used.Bounded = true
	past := longAgo // what most has counted already
	for _, x := range runs {
		used, err := h.Elapsed(x.from.At.Time(), x.to.At.Time())
		if err != nil {
			return err
		}
		r.Used.Time += used
		if past, err = r.bounds(x, past); err != nil {
			return err
		}
		err = h.Walk(x.from.At.Time(), x.to.At.Time(), func(from, to time.Time, version string, why app.Label) {
			r.Intervals = append(r.Intervals, Interval{from, to, version, why})
		})
		if err != nil {
			return err
		}
	}
	r.Remaining = r.Clock.Limit - r.Used.Time
	return r.waits()
}

// bounds adds what a run has counted at least and at most, from where the run before
// ended at the latest.
func (r *Result) bounds(x run, past time.Time) (time.Time, error) {
	early, late, ok := x.from.Bounds()
	endEarly, endLate, ok2 := x.to.Bounds()
	r.Used.Bounded = r.Used.Bounded && ok && ok2
	if early.Before(past) {
		early = past
	}
	if late.Before(endEarly) {
		least, err := r.Clock.Hours.Elapsed(late, endEarly)
		if err != nil {
			return past, err
		}
		r.Used.Least += least
	}
	if !early.Before(endLate) {
		return past, nil
	}
	most, err := r.Clock.Hours.Elapsed(early, endLate)
	r.Used.Most += most
	return endLate, err
}

// waits adds up for whom was waited.
func (r *Result) waits() error {
	for _, s := range r.Spells {
		from, to := s.From.At.Time(), s.To.At.Time()
		open, err := r.Clock.Hours.Elapsed(from, to)
		if err != nil {
			return err
		}
		sum := r.Parties[s.Party]
		r.Parties[s.Party] = Spent{sum.Wall + to.Sub(from), sum.Open + open}
	}
	return nil
}

// dues finds when the limit and its warnings are used up.
func (r *Result) dues(runs []run, stopped bool) (err error) {
	if r.Due, err = r.due(runs, r.Clock.Limit, stopped); err != nil {
		return err
	}
	for _, after := range r.Clock.Warn {
		at, err := r.due(runs, after, stopped)
		if err != nil {
			return err
		}
		if !at.IsZero() {
			r.Warnings = append(r.Warnings, Warning{after, at})
		}
	}
	return nil
}

// due is when so much counted time is used up; zero where the clock does not run on
// to there. One that stopped while it ran tells when it would have been.
func (r *Result) due(runs []run, budget time.Duration, stopped bool) (time.Time, error) {
	for i, x := range runs {
		used, err := r.Clock.Hours.Elapsed(x.from.At.Time(), x.to.At.Time())
		if err != nil {
			return time.Time{}, err
		}
		last := i == len(runs)-1 && (x.open || stopped && r.Spells[len(r.Spells)-1].Counts)
		if budget <= used || last {
			return r.Clock.Hours.Due(x.from.At.Time(), budget)
		}
		budget -= used
	}
	return time.Time{}, nil
}

// judge compares with the limit. What goes on is missed as soon as it surely is, and
// otherwise not judged yet.
func (r *Result) judge(stopped bool) {
	switch {
	case r.Used.Least > r.Clock.Limit:
		r.Verdict = Missed
	case !stopped:
		r.Verdict = Pending
	case r.Used.Most <= r.Clock.Limit:
		r.Verdict = Met
	default:
		r.Verdict = Undecided
	}
}
