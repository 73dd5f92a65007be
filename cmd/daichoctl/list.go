package main

import (
	"context"
	"encoding/json"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// listVerb prints the records of a register.
type listVerb struct {
	selection
	Columns []string `placeholder:"FIELD" help:"Fields of the table, in this order (default: those that lists are sorted by). JSON always has all."`
	JSON    bool     `name:"json" help:"Print one JSON array."`
}

// Run prints.
func (v *listVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	if err := knownFields(g, v.Columns); err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		if v.JSON {
			return v.array(ctx, s, r, g)
		}
		return v.table(ctx, s, r, g)
	})
}

// table prints for people as many records as a list of the window holds.
func (v *listVerb) table(ctx context.Context, s *session, r *store.Replica, g app.AnyRegister) error {
	all := v.Limit == 0
	if all {
		v.Limit = app.MaxList
	}
	records, err := v.records(ctx, r, g)
	if err != nil {
		return err
	}
	if all && len(records) == app.MaxList {
		s.console.Note("20,000件以上あります。--filter、--where、--find で絞り込んでください。--json は全件を出力します。", "20,000 or more: narrow the list with --filter, --where or --find; --json prints all")
	}
	return printTable(s.console.Out, g, records, v.Columns)
}

func (v *listVerb) array(ctx context.Context, s *session, r *store.Replica, g app.AnyRegister) error {
	return printArray(s.console.Out, func(element func(json.RawMessage) error) error {
		return v.each(ctx, r, g, func(rec app.Record) error { return element(app.JSON(nil, g, rec)) })
	})
}

// knownFields refuses names that the register does not have.
func knownFields(g app.AnyRegister, names []string) error {
	for _, n := range names {
		if _, known := app.SpecOf(g, n); !known {
			return cli.Misused("--columns: %s に項目「%s」はありません。「daichoctl kinds」で確かめてください。", "--columns: %s has no field %q; 'daichoctl kinds' lists them", g.About().Kind, n)
		}
	}
	return nil
}
