package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"daicho/app/civil"
	"daicho/app/helpdesk"
	"daicho/app/report"
	"daicho/app/report/xlsx"
	"daicho/cmd/cli"
	"daicho/store"
)

type reportHelpdeskVerb struct {
	Month  string `placeholder:"YEAR-MONTH" help:"The month, such as 2026-11 (default: this one)."`
	Number string `placeholder:"NUMBER" help:"文書番号 of the report, in its footer."`
	PDF    string `name:"pdf" placeholder:"FILE" xor:"to" help:"Write A4 pages, dates by era; - is the standard output."`
	XLSX   string `name:"xlsx" placeholder:"FILE" xor:"to" help:"Write a workbook, a sheet for each table; - is the standard output."`
}

// Run writes it from what is on this device; without a file it prints the indicators.
func (v *reportHelpdeskVerb) Run(ctx context.Context, s *session) error {
	now := s.console.Now()
	first, err := monthOf(v.Month, now)
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		j, err := newJudge(ctx, s, r)
		if err != nil {
			return err
		}
		m, err := helpdesk.Read(ctx, r, j.terms, first, civil.Date{Year: first.Year, Month: first.Month + 1}.AddDays(0), j.now)
		if err != nil {
			return err
		}
		m.Number, m.Made = v.Number, now
		switch {
		case v.PDF != "":
			return (&exportVerb{PDF: v.PDF}).writePDF(s, m.Document())
		case v.XLSX != "":
			return writeTo(s.console, v.XLSX, func(w io.Writer) ([]report.Missing, error) { return nil, xlsx.Write(w, m.Document()) })
		}
		_, err = fmt.Fprintln(s.console.Out, strings.Join(m.Lines(s.console.Lang), "\n"))
		return err
	})
}

func monthOf(text string, now time.Time) (civil.Date, error) {
	if text == "" {
		d := civil.DateOf(now)
		return civil.Date{Year: d.Year, Month: d.Month, Day: 1}, nil
	}
	t, err := time.ParseInLocation("2006-01", text, civil.Tokyo)
	if err != nil {
		return civil.Date{}, cli.Misused("--month %q: 2026-11 のように指定してください。", "--month %q: write 2026-11", text)
	}
	return civil.DateOf(t), nil
}
