package main

import (
	"context"

	"daicho/app"
	"daicho/store"
)

// showVerb prints one record.
type showVerb struct {
	ID   string `arg:"" name:"id" help:"Id or number of the record."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run prints.
func (v *showVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, g, v.ID)
		if err != nil {
			return err
		}
		return printRecord(s.console.Out, g, rec, v.JSON)
	})
}
