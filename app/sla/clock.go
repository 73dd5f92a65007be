package sla

import (
	"cmp"
	"slices"
	"time"

	"daicho/app"
)

// Clock is a limit on the time that something may take.
type Clock struct {
	Name   app.Label
	Hours  Hours           // in which time counts
	Limit  time.Duration   // of counted time; to take just so long is in time
	Warn   []time.Duration // of counted time, at which to warn
	Pauses []Party         // waiting for whom stops the clock; nobody, if empty
}

// EventKind is what happens to a clock.
type EventKind string

// The kinds of events.
const (
	Start  EventKind = "start"
	Pause  EventKind = "pause"  // another party is awaited
	Resume EventKind = "resume" // the vendor goes on, also after a stop
	Stop   EventKind = "stop"
)

// Event is something that happened.
type Event struct {
	Kind EventKind
	For  Party // of a pause: who is awaited
	At   Moment
}

// Spell is a time during which one party was awaited.
type Spell struct {
	Party    Party
	From, To Moment
	Open     bool // goes on; To is now
	Counts   bool // the clock ran
}

// Run judges what happened until now. The order of events is that of their times, in
// whatever order they became known.
func (c Clock) Run(events []Event, now Moment) (Result, error) {
	if c.Hours == nil {
		return Result{}, ErrNoCalendar
	}
	r := Result{Clock: c, Verdict: NotStarted, Parties: map[Party]Spent{}}
	stopped := r.follow(events, now)
	if len(r.Spells) == 0 {
		return r, nil
	}
	runs := r.runs()
	if err := r.measure(runs); err != nil {
		return r, err
	}
	if err := r.dues(runs, stopped); err != nil {
		return r, err
	}
	r.judge(stopped)
	return r, nil
}

// follow turns events into spells, and says whether the clock has stopped. An event
// that cannot happen where the clock stands is left out and told.
func (r *Result) follow(events []Event, now Moment) (stopped bool) {
	sorted := slices.SortedStableFunc(slices.Values(events), func(a, b Event) int { return cmp.Compare(a.At.At, b.At.At) })
	var spell *Spell // going on
	for _, e := range sorted {
		began := len(r.Spells) > 0 || spell != nil
		switch {
		case !e.At.happened(), began && e.Kind == Start, !began && e.Kind != Start,
			spell == nil && (e.Kind == Stop || e.Kind == Pause):
			r.Ignored = append(r.Ignored, e)
			continue
		}
		if spell != nil {
			spell.To = e.At
			r.Spells = append(r.Spells, *spell)
			spell = nil
		}
		if e.Kind != Stop {
			spell = r.spell(e)
		}
	}
	if spell == nil {
		return true
	}
	if now.At < spell.From.At { // two clocks that do not agree
		now = spell.From
	}
	spell.To, spell.Open = now, true
	r.Spells = append(r.Spells, *spell)
	return false
}

// spell begins with an event.
func (r *Result) spell(e Event) *Spell {
	s := Spell{Party: Vendor, From: e.At}
	if e.Kind == Pause {
		s.Party = e.For
	}
	s.Counts = !slices.Contains(r.Clock.Pauses, s.Party)
	return &s
}

// run is a time without a gap in which the clock ran.
type run struct {
	from, to Moment
	open     bool
}

// runs joins spells that meet: where one ends as the next begins, nobody knows better
// when that was, so its error must not count twice.
func (r *Result) runs() (all []run) {
	for _, s := range r.Spells {
		if !s.Counts {
			continue
		}
		if n := len(all) - 1; n >= 0 && all[n].to.At == s.From.At {
			all[n].to, all[n].open = s.To, s.Open
			continue
		}
		all = append(all, run{s.From, s.To, s.Open})
	}
	return all
}
