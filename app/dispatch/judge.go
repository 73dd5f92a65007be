package dispatch

import (
	"context"

	"daicho/app"
	"daicho/app/people"
	"daicho/app/sla"
)

// Course is a visit with its steps, in the order of their times.
type Course struct {
	*Visit
	Steps []*Step
	Main  bool // it goes to 本庁舎

	Place        string  // name of the site
	Inquiry      Inquiry // nil: it is not on this device
	TicketNumber string
}

// Inquiry is the ticket of a visit, as far as papers say anything of it.
type Inquiry interface {
	// Called is who asked, for what machine or system, and what is wrong with it.
	Called() (who, asset, symptom string)
}

// Load reads a visit with its steps.
func Load(ctx context.Context, s app.Shelf, v *Visit) (c Course, err error) {
	c.Visit = v
	if c.Steps, err = app.Every(ctx, s, Steps, app.Query{Where: []app.Cond{app.Where("visit", "=", v.Ref.String())}, Sort: "at"}); err != nil {
		return c, err
	}
	site, err := s.Get(ctx, v.Site)
	if err != nil {
		return c, err
	}
	place, ok := site.(*people.Site)
	if ok {
		c.Main, c.Place = place.Main, place.Name
	}
	ticket, err := s.Get(ctx, v.Ticket)
	if app.IsCode(err, app.NotFound) {
		return c, nil
	}
	if err == nil {
		c.TicketNumber = ticket.Meta().Number
		c.Inquiry, _ = ticket.(Inquiry)
	}
	return c, err
}

// People are those whose names the papers of a visit say.
func (c *Course) People() (refs []app.Ref) {
	for _, s := range c.Steps {
		refs = append(refs, s.By)
	}
	return refs
}

// Asked is what the engine is asked, with what was agreed on for the site.
func (c *Course) Asked(travel []sla.Travel) sla.Visit {
	v := sla.Visit{Main: c.Main, Travel: travel}
	for _, s := range c.Steps {
		switch s.What {
		case Wish:
			v.Wishes = append(v.Wishes, sla.Wish{For: s.Wish, Made: s.At, Who: s.Who})
		case Arrive:
			v.Arrived = s.Told().Moment()
		case Remote:
			v.Remote = s.Told().Moment()
		case Finish:
			v.Finished = s.Told().Moment()
		}
	}
	return v
}
