package main

import (
	"context"
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/requirement"
	"daicho/store"
)

type reportMatrixVerb struct {
	Number string `placeholder:"NUMBER" help:"文書番号 of the report, in its footer."`
	PDF    string `name:"pdf" placeholder:"FILE" xor:"to" help:"Write A4 pages, dates by era; - is the standard output."`
	XLSX   string `name:"xlsx" placeholder:"FILE" xor:"to" help:"Write a workbook, a sheet for each table; - is the standard output."`
}

// Run writes it from what is on this device; without a file it prints a line for each
// requirement.
func (v *reportMatrixVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		all, err := app.Every(ctx, r, requirement.Register, app.Query{Sort: "code"})
		if err != nil {
			return err
		}
		count := func(ctx context.Context, kind app.Kind, where []app.Cond) (int, error) {
			return r.Count(ctx, kind, app.Query{Where: where})
		}
		m, err := requirement.Build(ctx, r.Book().Registers, count, all)
		switch {
		case err != nil:
			return err
		case v.PDF != "":
			return (&exportVerb{PDF: v.PDF}).writePDF(s, m.Document(s.console.Now(), v.Number))
		case v.XLSX != "":
			return (&exportVerb{XLSX: v.XLSX}).writeXLSX(s, m.Document(s.console.Now(), v.Number))
		}
		_, err = fmt.Fprintln(s.console.Out, strings.Join(m.Lines(s.console.Lang), "\n"))
		return err
	})
}
