package helpdesk

import (
	"cmp"
	"context"
	"slices"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/incident"
	"daicho/app/sla"
	"daicho/app/terms"
	"daicho/app/ticket"
)

// reading is a month in the making, out of what a shelf holds.
type reading struct {
	*Month
	ctx      context.Context
	shelf    app.Shelf
	terms    *terms.Terms
	now      sla.Moment
	from, to app.Stamp // half-open
	intakes  []sla.Intake
}

// Read counts and judges what was between two days, the last included, by the terms, as
// it is now; of days gone by, as it was at their end. Inquiries are read once, and not all
// at a time.
func Read(ctx context.Context, s app.Shelf, by *terms.Terms, from, until civil.Date, now sla.Moment) (*Month, error) {
	r := &reading{&Month{From: from, Until: until, Made: now.At.Time()}, ctx, s, by, now, app.StampOf(from.Start()), app.StampOf(until.AddDays(1).Start()), nil}
	var err error
	if r.Uptime, err = by.Uptime(r.from.Time(), r.to.Time(), by.Outages); err != nil {
		return nil, err
	}
	for _, part := range []func() error{r.inquiries, r.acts, r.visits, r.failures} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return r.Month, nil
}

// inquiries are those that came in the time, and those before it that are open still or
// were closed since it began.
func (r *reading) inquiries() error {
	from, to := int64(r.from), int64(r.to)
	before, closed := app.Where("received", "<", from), string(ticket.Closed)
	for _, q := range []app.Query{
		{Where: []app.Cond{app.Where("received", ">=", from), app.Where("received", "<", to)}, Sort: "received"},
		{Where: []app.Cond{app.Where("state", "<>", closed), before}, Sort: "received"},
		{Where: []app.Cond{app.Where("state", "=", closed), app.Where("closed", ">=", from), before}, Sort: "closed"},
	} {
		if err := app.Pages(r.ctx, r.shelf, ticket.Register, q, r.count); err != nil {
			return err
		}
	}
	slices.SortFunc(r.Unvisited, func(a, b Unvisited) int { return cmp.Compare(a.Number, b.Number) })
	r.Intakes = r.terms.Ledger.FirstLine(r.from.Time(), r.intakes)
	return nil
}

// count counts some inquiries, with what was noted about them.
func (r *reading) count(some []*ticket.Ticket) error {
	notes, err := r.notes(some)
	if err != nil {
		return err
	}
	if err := r.unvisited(some, notes); err != nil {
		return err
	}
	for _, t := range some {
		if t.ReceivedAt >= r.from {
			in := t.Intake()
			r.intakes = append(r.intakes, in)
			if in.Taker == sla.CityStaff && in.After >= 0 {
				r.HandedOver = append(r.HandedOver, in.After)
			}
		}
		if err := r.work(t, notes[t.Ref]); err != nil {
			return err
		}
	}
	return nil
}

// work counts an inquiry as it was at the end, unless it was closed all the time.
func (r *reading) work(t *ticket.Ticket, notes []*ticket.Note) error {
	at, closed := t.ClosedBefore(r.to, notes)
	if closed && at < r.from && t.ReceivedAt < r.from {
		return nil
	}
	then, end := *t, min(r.now.At, r.to)
	if then.ClosedAt >= r.to { // that was later
		then.ClosedAt = 0
	}
	notes = slices.DeleteFunc(notes, func(n *ticket.Note) bool { return n.At >= r.to })
	spent, err := then.Spent(notes, r.terms.City, sla.Moment{At: end})
	if err != nil {
		return err
	}
	r.Work.Add(Inquiry{Open: !closed, Age: end.Time().Sub(t.ReceivedAt.Time()), Waits: awaited(spent), Spent: spent})
	return nil
}

// awaited is who is awaited at the end of a course: the contractor, where nobody else is.
func awaited(spent sla.Result) sla.Party {
	if n := len(spent.Spells); n > 0 {
		return spent.Spells[n-1].Party
	}
	return sla.Vendor
}

// acts are what was noted in the time, of whatever inquiry.
func (r *reading) acts() error {
	q := app.Query{Where: []app.Cond{app.Where("at", ">=", int64(r.from)), app.Where("at", "<", int64(r.to))}, Sort: "at"}
	return app.Pages(r.ctx, r.shelf, ticket.Notes, q, func(some []*ticket.Note) error {
		for _, n := range some {
			switch {
			case n.Sort == ticket.Reopened:
				r.Reopened++
			case n.Sort == ticket.Staff && n.Need == ticket.Needless:
				r.Needless++
			}
		}
		return nil
	})
}

// notes are those of some inquiries, in the order of their times.
func (r *reading) notes(of []*ticket.Ticket) (map[app.Ref][]*ticket.Note, error) {
	notes := map[app.Ref][]*ticket.Note{}
	if len(of) == 0 {
		return notes, nil
	}
	var names []string
	for _, t := range of {
		names = append(names, t.Ref.String())
	}
	q := app.Query{Where: []app.Cond{{Field: "about", Op: "=", Value: names}}, Sort: "at"}
	return notes, app.Pages(r.ctx, r.shelf, ticket.Notes, q, func(some []*ticket.Note) error {
		for _, n := range some {
			notes[n.About] = append(notes[n.About], n)
		}
		return nil
	})
}

// unvisited notes to which of some inquiries somebody was sent without a visit.
func (r *reading) unvisited(some []*ticket.Ticket, notes map[app.Ref][]*ticket.Note) error {
	var sent []*ticket.Ticket
	var names []string
	for _, t := range some {
		if t.SentWithin(r.from, r.to, notes[t.Ref]) {
			sent, names = append(sent, t), append(names, t.Ref.String())
		}
	}
	if len(sent) == 0 {
		return nil
	}
	visited := map[app.Ref]bool{}
	q := app.Query{Where: []app.Cond{{Field: "ticket", Op: "=", Value: names}}, Sort: "wished"}
	err := app.Pages(r.ctx, r.shelf, dispatch.Register, q, func(some []*dispatch.Visit) error {
		for _, v := range some {
			visited[v.Ticket] = true
		}
		return nil
	})
	for _, t := range sent {
		if !visited[t.Ref] {
			r.Unvisited = append(r.Unvisited, Unvisited{Number: t.Number, Site: t.Site})
		}
	}
	return err
}

func (r *reading) visits() error {
	q := app.Query{Where: []app.Cond{app.Where("wished", ">=", int64(r.from)), app.Where("wished", "<", int64(r.to))}, Sort: "wished"}
	return app.Pages(r.ctx, r.shelf, dispatch.Register, q, func(some []*dispatch.Visit) error {
		for _, v := range some {
			if v.State == dispatch.Cancelled {
				continue
			}
			c, err := dispatch.Load(r.ctx, r.shelf, v)
			if err != nil {
				return err
			}
			verdict, err := r.terms.Visit(c.Asked(r.terms.Travel(v.Site)), r.now)
			if err != nil {
				return err
			}
			r.Visits = append(r.Visits, Visit{Number: v.Number, Site: c.Place, Visited: verdict})
		}
		return nil
	})
}

func (r *reading) failures() error {
	q := app.Query{Where: []app.Cond{app.Where("occurred", ">=", int64(r.from)), app.Where("occurred", "<", int64(r.to))}, Sort: "occurred"}
	return app.Pages(r.ctx, r.shelf, incident.Register, q, func(some []*incident.Incident) error {
		for _, i := range some {
			c, err := incident.Load(r.ctx, r.shelf, i)
			if err != nil {
				return err
			}
			verdicts, err := r.terms.Failure(c.Asked(), r.now)
			if err != nil {
				return err
			}
			r.Failures = append(r.Failures, Failure{Number: i.Number, Occurred: i.Occurred, Affects: i.Affects, Judged: verdicts})
		}
		return nil
	})
}
