package main

import (
	"context"
	"encoding/json"
	"fmt"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/retention"
	"daicho/cmd/cli"
	"daicho/store"
)

// disposeVerb proposes to dispose of all documents whose retention is over.
type disposeVerb struct {
	Until string `placeholder:"DAY" help:"Of those that are kept until this day or an earlier one (default: yesterday)."`
	Why   string `placeholder:"TEXT" help:"The reason, for who approves."`
	Dry   bool   `name:"dry-run" help:"Print the list alone and propose nothing."`
	JSON  bool   `name:"json" help:"Print one JSON array of the documents."`
}

// Run prints the list (廃棄候補) and makes a proposal of each document in it. What is held
// is not in it, and what was proposed already is passed over.
func (v *disposeVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		due, err := v.due(ctx, s, r)
		if err != nil {
			return err
		}
		if !v.Dry {
			for _, d := range due {
				if err = v.propose(ctx, r, d); err != nil {
					return fmt.Errorf("%s %s: %w", d.Number, d.Title, err)
				}
			}
		}
		if v.JSON {
			return printArray(s.console.Out, func(element func(json.RawMessage) error) error {
				for _, d := range due {
					if err := element(app.JSON(nil, document.Register, d)); err != nil {
						return err
					}
				}
				return nil
			})
		}
		records := make([]app.Record, len(due))
		for i, d := range due {
			records[i] = d
		}
		return printTable(s.console.Out, document.Register, records, []string{"number", "title", "retention", "completed", "expires"})
	})
}

// due is what can be disposed of, the earliest first.
func (v *disposeVerb) due(ctx context.Context, s *session, r *store.Replica) (due []*document.Document, err error) {
	today := civil.DateOf(s.console.Now())
	until := today.AddDays(-1)
	if v.Until != "" {
		if until, err = civil.ParseDate(v.Until, today); err != nil {
			return nil, cli.Misused("--until: %q は日付として読めません。2027-03-31 のように指定してください。", "--until: %q is no day; type it as 2027-03-31", v.Until)
		}
	}
	f, _ := app.FilterOf(document.Register, "expired")
	q, err := f.Query(nil).Resolve(document.Register, r.Actor(), s.console.Now())
	if err != nil {
		return nil, err
	}
	q.Where = append(q.Where, app.Where("expires", "<=", int64(app.DayOf(until))))
	all, err := app.Every(ctx, r, document.Register, q)
	if err != nil {
		return nil, err
	}
	waiting, err := app.Every(ctx, r, retention.Disposals, app.Query{Where: []app.Cond{app.Where("state", "=", string(retention.Proposed))}, Sort: "expires"})
	if err != nil {
		return nil, err
	}
	proposed := map[app.Ref]bool{}
	for _, d := range waiting {
		proposed[d.Document] = true
	}
	for _, d := range all {
		if !proposed[d.Ref] && !d.IsOpen() {
			due = append(due, d)
		}
	}
	return due, nil
}

func (v *disposeVerb) propose(ctx context.Context, r *store.Replica, of *document.Document) error {
	return r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		rec, err := tx.Draft(retention.DisposalKind)
		if err != nil {
			return err
		}
		d := rec.(*retention.Disposal)
		d.Document, d.Reason = of.Ref, v.Why
		return tx.Save(d)
	})
}
