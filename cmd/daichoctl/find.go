package main

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// find reads a record by its id or its number.
func find(ctx context.Context, r *store.Replica, g app.AnyRegister, name string) (app.Record, error) {
	kind := g.About().Kind
	if id, err := app.ParseID(name); err == nil {
		rec, err := r.Get(ctx, app.Ref{Kind: kind, ID: id})
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", kind, name, err)
		}
		return rec, nil
	}
	found, _, err := r.List(ctx, kind, app.Query{Where: []app.Cond{{Field: "number", Op: "=", Value: name}}, Limit: 2})
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0 || name == "":
		return nil, cli.Errorf("%s「%s」はこの端末にありません。「daichoctl %s list」で表示される ID か番号を指定するか、先に同期してください。", "no %s %q here; give an id or number that 'daichoctl %s list' shows, or sync first", kind, name, kind)
	case len(found) > 1:
		return nil, cli.Errorf("%s に番号「%s」の記録が複数あります。ID を指定してください。", "several %s records have the number %q; give the id", kind, name)
	}
	return found[0], nil
}

// naming says which record an error is about.
func naming(rec app.Record, err error) error {
	if err == nil {
		return nil
	}
	head := rec.Meta()
	if head.Number != "" {
		return fmt.Errorf("%s %s: %w", head.Ref.Kind, head.Number, err)
	}
	return fmt.Errorf("%s %s: %w", head.Ref.Kind, head.Ref.ID, err)
}
