package verbs

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"daicho/cmd/cli"
	"daicho/sync/server"
)

// keyVerb is about the key by which devices know the server.
type keyVerb struct {
	Show      keyShow      `cmd:"" help:"Show what devices know the server by."`
	Successor keySuccessor `cmd:"" help:"Make the key that will follow, and tell devices 90 days ahead."`
	Switch    keySwitch    `cmd:"" help:"Let the successor serve from now on, once its day has come."`
}

type keyShow struct {
	data
	JSON bool `name:"json" help:"Print one JSON object."`
}

// shownKey is it as printed.
type shownKey struct {
	Pin  string `json:"pin"`
	Next string `json:"successor"`
	From string `json:"successor_from"`
}

// Run shows.
func (v *keyShow) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		k, err := s.Key(ctx)
		if err != nil {
			return err
		}
		shown := shownKey{Pin: hex.EncodeToString(k.Pin[:])}
		if !k.From.IsZero() {
			shown.Next, shown.From = hex.EncodeToString(k.Next[:]), k.From.Format(time.RFC3339)
		}
		if v.JSON {
			return printJSON(console, shown)
		}
		fmt.Fprintln(console.Out, shown.Pin)
		if shown.Next != "" {
			fmt.Fprintf(console.Out, "%s from %s\n", shown.Next, shown.From)
		}
		return nil
	})
}

type keySuccessor struct{ data }

// Run announces.
func (v *keySuccessor) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		from, err := s.Successor(ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(console.Out, "devices are told of the successor at their next contact; it may serve from %s on: run 'daicho-server key switch' then\n", from.Format(time.DateOnly))
		return err
	})
}

type keySwitch struct{ data }

// Run switches.
func (v *keySwitch) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		if err := s.Switch(ctx); err != nil {
			return err
		}
		_, err := fmt.Fprintln(console.Out, "the successor serves from now on; make a backup now: devices refuse the key that is in earlier ones")
		return err
	})
}
