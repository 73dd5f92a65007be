package main

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/requirement"
	"daicho/app/synonym"
	"daicho/app/terms"
	"daicho/store"
)

// preloadVerb registers what the city's specification names, asks for and leaves open,
// and the synonyms that the product comes with.
type preloadVerb struct{}

// Run makes what is missing. A second run changes nothing.
func (*preloadVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		papers, err := app.Every(ctx, r, document.Register, app.Query{Where: []app.Cond{app.Where("key", "<>", "")}, Sort: "title"})
		if err != nil {
			return err
		}
		asked, err := app.Every(ctx, r, requirement.Register, app.Query{Sort: "code"})
		if err != nil {
			return err
		}
		open, err := app.Every(ctx, r, terms.Topics, app.Query{Sort: "item"})
		if err != nil {
			return err
		}
		names, err := app.Every(ctx, r, synonym.Register, app.Query{Sort: "words"})
		if err != nil {
			return err
		}
		for _, load := range []struct {
			what string
			into func(*store.Tx) (int, error)
		}{
			{"key documents", func(tx *store.Tx) (int, error) { return document.Preload(tx, papers) }},
			{"requirements", func(tx *store.Tx) (int, error) { return requirement.Preload(tx, asked) }},
			{"open questions", func(tx *store.Tx) (int, error) { return terms.Preload(tx, open) }},
			{"synonyms", func(tx *store.Tx) (int, error) { return synonym.Preload(tx, names) }},
		} {
			made := 0
			err = r.Write(ctx, r.Actor(), func(tx *store.Tx) (err error) {
				made, err = load.into(tx)
				return err
			})
			if err != nil {
				return err
			}
			if _, err = fmt.Fprintf(s.console.Out, "%d of the %s were missing and are registered now\n", made, load.what); err != nil {
				return err
			}
		}
		return nil
	})
}
