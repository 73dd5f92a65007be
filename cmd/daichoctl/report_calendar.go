package main

import (
	"context"
	"io"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/meeting"
	"daicho/app/report"
	"daicho/app/report/ics"
	"daicho/store"
)

type reportCalendarVerb struct {
	From string `placeholder:"DATE" help:"The first day (default: that of this month)."`
	ICS  string `name:"ics" placeholder:"FILE" required:"" help:"Write iCalendar (RFC 5545), which calendar programs import; - is the standard output."`
}

// Run writes the meetings that are known here, those that were called off too: so a
// calendar that had them takes them out.
func (v *reportCalendarVerb) Run(ctx context.Context, s *session) error {
	now := s.console.Now()
	today := civil.DateOf(now)
	from, err := typedDay("--from", v.From, civil.Date{Year: today.Year, Month: today.Month, Day: 1})
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		all, err := app.Every(ctx, r, meeting.Register, app.Query{Where: []app.Cond{app.Where("begins", ">=", int64(app.StampOf(from.Start())))}, Sort: "begins"})
		if err != nil {
			return err
		}
		events := make([]ics.Event, len(all))
		for i, m := range all {
			events[i] = m.Event()
		}
		return writeTo(s.console, v.ICS, func(w io.Writer) ([]report.Missing, error) {
			return nil, ics.Write(w, meeting.Register.About().Label.In(s.console.Lang), now, events)
		})
	})
}
