package main

import (
	"context"
	"fmt"
	"time"

	"daicho/app"
	"daicho/app/demo"
	"daicho/store"
)

// demoSeed is which of all possible cities is shown.
const demoSeed = 8

// demoVerb fills the replica with an invented city.
type demoVerb struct {
	Share string `placeholder:"DIR" help:"Write the city's file share into this folder, too."`
}

// Run fills. A second run changes nothing.
func (v *demoVerb) Run(ctx context.Context, s *session) error {
	past := &demo.Past{}
	story := demo.Story(demoSeed, app.StampOf(time.Now()))
	err := s.at(ctx, past, func(r *store.Replica) error {
		filled, err := demo.Fill(ctx, r, past, story)
		switch {
		case err != nil:
			return err
		case !filled:
			_, err = fmt.Fprintln(s.console.Out, "the demo city is here already")
		default:
			_, err = fmt.Fprintf(s.console.Out, "the demo city is here: %d changes of six weeks\n", len(story))
		}
		return err
	})
	if err != nil || v.Share == "" {
		return err
	}
	files, err := demo.WriteShare(v.Share)
	if err != nil {
		return fmt.Errorf("share %s: %w; name a folder that can be written", v.Share, err)
	}
	_, err = fmt.Fprintf(s.console.Out, "file share %s: %d files and entries\n", v.Share, len(files))
	return err
}

// at opens the replica with another clock than the machine's.
func (s *session) at(ctx context.Context, past *demo.Past, f func(*store.Replica) error) error {
	return s.open(ctx, func(o *store.Options) { o.Clock, o.Mono = past.Now, past.Mono }, f)
}
