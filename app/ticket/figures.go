package ticket

import (
	"slices"

	"daicho/app"
	"daicho/app/sla"
)

// Intake is how the inquiry came in, as the 一次受付率 counts it: by who took it first,
// whatever became of it. Of what the city's staff took without a time of its call
// nobody knows how soon it was handed over.
func (t *Ticket) Intake() sla.Intake {
	switch {
	case t.Abandoned:
		return sla.Intake{Taker: sla.Abandoned}
	case t.Channel == Monitor:
		return sla.Intake{Taker: sla.Monitoring}
	case t.Channel != City:
		return sla.Intake{Taker: sla.Helpdesk}
	case t.CalledAt == 0 || t.PassedAt == 0:
		return sla.Intake{Taker: sla.CityStaff, After: -1}
	}
	return sla.Intake{Taker: sla.CityStaff, After: t.PassedAt.Time().Sub(t.CalledAt.Time())}
}

// Spent is how long an inquiry took, and whom it waited for: of the hours given, and on
// the wall. Its course is its notes; while it was closed nobody was awaited. It has no
// limit, so the verdict says nothing.
func (t *Ticket) Spent(notes []*Note, hours sla.Hours, now sla.Moment) (sla.Result, error) {
	events := []sla.Event{{Kind: sla.Start, At: sla.Moment{At: t.ReceivedAt}}}
	var ends []app.Stamp
	for _, n := range notes {
		switch n.Sort {
		case Waited:
			events = append(events, sla.Event{Kind: sla.Pause, For: n.Party, At: sla.Moment{At: n.At}})
		case Resumed, Reopened:
			events = append(events, sla.Event{Kind: sla.Resume, At: sla.Moment{At: n.At}})
		case Finished:
			ends = append(ends, n.At)
		}
	}
	if t.State == Closed && t.ClosedAt != 0 && !slices.Contains(ends, t.ClosedAt) { // from before its end was an entry
		ends = append(ends, t.ClosedAt)
	}
	for _, at := range ends { // behind the others: closing ends a wait at the same moment
		events = append(events, sla.Event{Kind: sla.Stop, At: sla.Moment{At: at}})
	}
	clock := sla.Clock{Name: app.Label{JA: "対応時間", EN: "time taken"}, Hours: hours, Pauses: []sla.Party{sla.City, sla.Third}}
	return clock.Run(events, now)
}

// ClosedBefore is when an inquiry was closed that was closed as a time came. Its course
// since, the latest first, is taken back from how it stands.
func (t *Ticket) ClosedBefore(end app.Stamp, notes []*Note) (at app.Stamp, closed bool) {
	closed = t.State == Closed
	for _, n := range slices.Backward(notes) {
		switch {
		case n.At >= end && n.Sort == Finished:
			closed = false
		case n.At >= end && n.Sort == Reopened:
			closed = true
		case n.At < end && n.Sort == Finished && closed:
			return n.At, true
		}
	}
	return t.ClosedAt, closed // from before its end was an entry
}

// SentWithin says whether somebody was sent to an inquiry from one time until before
// another. Of one that was sent to before that was an entry, nobody knows when: where it
// stands in 現地手配 still, any time may be it.
func (t *Ticket) SentWithin(from, to app.Stamp, notes []*Note) bool {
	known := false
	for _, n := range notes {
		if n.Sort != Sent {
			continue
		}
		if known = true; n.At >= from && n.At < to {
			return true
		}
	}
	return !known && t.State == Dispatched
}

// Awaited is who is awaited now: the contractor, where nobody else is.
func (t *Ticket) Awaited() sla.Party {
	if t.State == Waiting && t.Awaits != "" {
		return t.Awaits
	}
	return sla.Vendor
}
