package main

import (
	"context"
	"fmt"

	"daicho/store"
	"daicho/store/keys"
)

// keyringVerb says whether the system's keyring opens the replica, too.
type keyringVerb struct {
	Add  keyringAddVerb  `cmd:"" help:"Let the system's keyring open the replica, beside the passphrase."`
	Drop keyringDropVerb `cmd:"" help:"Let the keyring open the replica no longer."`
}

type keyringAddVerb struct{}

// Run puts a key into the keyring.
func (keyringAddVerb) Run(ctx context.Context, s *session) error {
	err := s.with(ctx, func(r *store.Replica) error { return r.AddKeyring(ctx) })
	if err == nil {
		_, err = fmt.Fprintln(s.console.Out, "the system's keyring opens this replica now; the passphrase still does")
	}
	return err
}

type keyringDropVerb struct{}

// Run takes it out again.
func (keyringDropVerb) Run(ctx context.Context, s *session) error {
	err := s.with(ctx, func(r *store.Replica) error { return r.DropWay(ctx, keys.ByKeyring) })
	if err == nil {
		_, err = fmt.Fprintln(s.console.Out, "the keyring opens this replica no longer; the other ways still do")
	}
	return err
}
