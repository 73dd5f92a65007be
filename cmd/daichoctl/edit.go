package main

import (
	"context"
	"errors"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// newVerb makes a record.
type newVerb struct {
	entry
	JSON bool `name:"json" help:"Print the record as one JSON object."`
}

// Run makes it.
func (v *newVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := r.Draft(g.About().Kind)
		if err != nil {
			return err
		}
		if err = v.save(ctx, r, g, rec); err != nil {
			return err
		}
		return printMade(s.console.Out, g, rec, v.JSON)
	})
}

// editVerb changes records: each for itself, so one that is refused keeps none of the
// others.
type editVerb struct {
	IDs []string `arg:"" name:"id" help:"Ids or numbers of the records."`
	entry
	JSON bool `name:"json" help:"Print the record as one JSON object."`
}

// Run changes it.
func (v *editVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	if len(v.Set)+len(v.Attach) == 0 {
		return cli.Misused("変更する内容がありません。--set FIELD=VALUE か --attach FILE を指定してください。", "nothing to change; give --set FIELD=VALUE or --attach FILE")
	}
	return s.with(ctx, func(r *store.Replica) error {
		var refused error
		for _, id := range v.IDs {
			refused = errors.Join(refused, v.edit(ctx, s, r, g, id))
		}
		return refused
	})
}

func (v *editVerb) edit(ctx context.Context, s *session, r *store.Replica, g app.AnyRegister, id string) error {
	rec, err := find(ctx, r, g, id)
	if err != nil {
		return err
	}
	if err = naming(rec, v.save(ctx, r, g, rec)); err != nil {
		return err
	}
	return printMade(s.console.Out, g, rec, v.JSON)
}

// save enters and writes; the record is then as if loaded anew.
func (e *entry) save(ctx context.Context, r *store.Replica, g app.AnyRegister, rec app.Record) error {
	if err := e.into(ctx, r, g, rec); err != nil {
		return err
	}
	return r.Write(ctx, r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) })
}
