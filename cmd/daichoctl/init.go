package main

import (
	"context"
	"errors"
	"fmt"

	"daicho/store"
)

// initVerb makes a replica: its folder, its keys, and this device's name.
type initVerb struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// identity is how a replica's device is known.
type identity struct {
	Folder string `json:"folder"`
	Device string `json:"device"`
	Author string `json:"author"`
	Short  string `json:"short"` // as in 仮-7QK4-1
}

// Run makes it.
func (v *initVerb) Run(ctx context.Context, s *session) error {
	o, err := s.options()
	if err != nil {
		return err
	}
	passphrase, err := s.console.NewPassphrase(ctx)
	if err != nil {
		return err
	}
	r, err := store.Create(ctx, o, passphrase)
	if err != nil {
		return fmt.Errorf("replica %s: %w", o.Dir, err)
	}
	return errors.Join(v.print(s, r), r.Close())
}

func (v *initVerb) print(s *session, r *store.Replica) error {
	me := identity{r.Dir(), r.Device().String(), r.Actor().ID.String(), r.Device().Short()}
	if v.JSON {
		return printJSON(s.console.Out, me)
	}
	_, err := fmt.Fprintf(s.console.Out, "replica %s, device %s (%s)\n", me.Folder, me.Short, me.Device)
	return err
}
