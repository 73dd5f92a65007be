package terms

import (
	"context"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/sla"
)

// Terms are what is judged by.
type Terms struct {
	sla.Contract
	Outages []sla.Outage
	travel  map[app.Ref][]sla.Travel
}

// Travel is what was agreed on for a site, in the order of first days.
func (t *Terms) Travel(site app.Ref) []sla.Travel { return t.travel[site] }

// Read gathers the terms that are known here. Extra hours reach the city's calendar
// alone (但し書き of clause 3.1.4).
func Read(ctx context.Context, s app.Shelf, holidays *calendar.Holidays) (*Terms, error) {
	t := &Terms{travel: map[app.Ref][]sla.Travel{}}
	if err := t.calendars(ctx, s, holidays); err != nil {
		return nil, err
	}
	readings, err := app.Every(ctx, s, Readings, app.Query{Sort: "from"})
	for _, r := range readings {
		if r.Question != "" { // else people alone go by it
			t.Ledger = append(t.Ledger, r.entry())
		}
	}
	if err != nil {
		return nil, err
	}
	travels, err := app.Every(ctx, s, Travels, app.Query{Sort: "from"})
	for _, v := range travels {
		t.travel[v.Site] = append(t.travel[v.Site], v.entry())
	}
	if err != nil {
		return nil, err
	}
	outages, err := app.Every(ctx, s, Outages, app.Query{Sort: "begins"})
	for _, o := range outages {
		t.Outages = append(t.Outages, sla.Outage{From: o.Begins.Time(), To: o.Ends.Time(), Excluded: o.Excluded})
	}
	return t, err
}

func (t *Terms) calendars(ctx context.Context, s app.Shelf, holidays *calendar.Holidays) error {
	always, err := calendar.New(holidays, calendar.Always())
	if err != nil {
		return err
	}
	onsite, err := calendar.New(holidays, calendar.Onsite())
	if err != nil {
		return err
	}
	city, err := calendar.New(holidays, calendar.City())
	if err != nil {
		return err
	}
	extras, err := app.Every(ctx, s, Extras, app.Query{Sort: "begins"})
	if err != nil {
		return err
	}
	var more []calendar.Extra
	for _, e := range extras {
		more = append(more, calendar.Extra{From: e.Begins.Time(), To: e.Ends.Time(), Agreed: e.Agreed.Time(), Document: e.Document})
	}
	if city, err = city.Plus(more...); err != nil {
		return err
	}
	t.Always, t.Onsite, t.City = always, onsite, city
	return nil
}

// entry is the agreement as the engine has it.
func (t *Travel) entry() sla.Travel {
	e := sla.Travel{Time: time.Duration(t.Minutes) * time.Minute, Whole: t.Whole, Document: t.Document, From: t.From.Civil()}
	if t.Until != 0 {
		e.Until = t.Until.Civil()
	}
	return e
}
