package main

import (
	"context"
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/staffing"
	"daicho/store"
)

type reportStaffingVerb struct {
	On     string `placeholder:"DATE" help:"The day (default: today)."`
	Number string `placeholder:"NUMBER" help:"文書番号 of the report, in its footer."`
	PDF    string `name:"pdf" placeholder:"FILE" xor:"to" help:"Write A4 pages, dates by era; - is the standard output."`
	XLSX   string `name:"xlsx" placeholder:"FILE" xor:"to" help:"Write a workbook, a sheet for each table; - is the standard output."`
}

// Run writes it from what is on this device; without a file it prints a line for each
// post.
func (v *reportStaffingVerb) Run(ctx context.Context, s *session) error {
	now := s.console.Now()
	day, err := typedDay("--on", v.On, civil.DateOf(now))
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		names := func(context.Context, []app.Ref) (app.Names, error) { return namesOf(ctx, r), nil }
		c, err := staffing.LoadChart(ctx, r, app.DayOf(day), names)
		switch {
		case err != nil:
			return err
		case v.PDF != "":
			return (&exportVerb{PDF: v.PDF}).writePDF(s, c.Document(now, v.Number))
		case v.XLSX != "":
			return (&exportVerb{XLSX: v.XLSX}).writeXLSX(s, c.Document(now, v.Number))
		}
		for _, line := range c.Lines(s.console.Lang) {
			if _, err := fmt.Fprintln(s.console.Out, strings.TrimSpace(line)); err != nil {
				return err
			}
		}
		return nil
	})
}
