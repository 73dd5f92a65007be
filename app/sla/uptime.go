package sla

import (
	"slices"
	"time"

	"daicho/app"
)

// UptimeRequired is the 稼働率 that the contract asks for, in per cent of the city's
// hours (clause 3.3.1).
const UptimeRequired = 95

// Outage is a time in which the helpdesk did not run.
type Outage struct {
	From, To time.Time // half-open
	// Excluded is the number of the document that agreed on it, such as for planned work:
	// it then counts neither as running nor as not. Empty: it counts as not running.
	Excluded string
}

// Uptime is the 稼働率 from one instant to another, in nanoseconds of the city's
// hours. Staff alone runs in its own hours only; by the other reading the system that
// takes inquiries runs in the others, too.
func (c Contract) Uptime(from, to time.Time, outages []Outage) (b Both, err error) {
	if err := c.check(); err != nil {
		return b, err
	}
	business, err := hours(c.City, from, to)
	if err != nil {
		return b, err
	}
	staffed, err := hours(c.Onsite, from, to)
	if err != nil {
		return b, err
	}
	down := spansOf(outages, func(Outage) bool { return true })
	excluded := spansOf(outages, func(o Outage) bool { return o.Excluded != "" })
	whole := business.length() - business.and(excluded).length()
	part := func(running spans) Fraction {
		return Fraction{int64(running.length() - running.and(down).length()), int64(whole)}
	}
	return both(c.Ledger.In(UptimeBy, from), map[Choice]Fraction{
		Staffed: part(business.and(staffed)), WithIntake: part(business),
	}, UptimeRequired), nil
}

// spans are times in order that do not overlap.
type spans []span

type span struct{ from, to time.Time }

func hours(h Hours, from, to time.Time) (s spans, err error) {
	err = h.Walk(from, to, func(from, to time.Time, _ string, _ app.Label) { s = append(s, span{from, to}) })
	return s, err
}

// spansOf puts outages in order and joins those that overlap.
func spansOf(outages []Outage, which func(Outage) bool) (s spans) {
	for _, o := range slices.SortedFunc(slices.Values(outages), func(a, b Outage) int { return a.From.Compare(b.From) }) {
		if !which(o) || !o.From.Before(o.To) {
			continue
		}
		if n := len(s) - 1; n >= 0 && !o.From.After(s[n].to) {
			if s[n].to.Before(o.To) {
				s[n].to = o.To
			}
			continue
		}
		s = append(s, span{o.From, o.To})
	}
	return s
}

func (s spans) length() (sum time.Duration) {
	for _, x := range s {
		sum += x.to.Sub(x.from)
	}
	return sum
}

// and is the times that are in both.
func (s spans) and(o spans) (in spans) {
	for i, j := 0, 0; i < len(s) && j < len(o); {
		from, to := s[i].from, s[i].to
		if from.Before(o[j].from) {
			from = o[j].from
		}
		if o[j].to.Before(to) {
			to = o[j].to
		}
		if from.Before(to) {
			in = append(in, span{from, to})
		}
		if s[i].to.Before(o[j].to) {
			i++
		} else {
			j++
		}
	}
	return in
}
