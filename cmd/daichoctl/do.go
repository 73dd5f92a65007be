package main

import (
	"context"
	"strings"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// doVerb does a command of the register. What it does counts once the server
// has decided it; until then it is shown as if it had.
type doVerb struct {
	ID      string   `arg:"" name:"id" help:"Id or number of the record."`
	Command string   `arg:"" help:"The command; 'daichoctl kinds' lists them."`
	Set     []string `sep:"none" placeholder:"ARG=VALUE" help:"An argument of the command; may be given several times."`
	JSON    bool     `name:"json" help:"Print the record as one JSON object."`
}

// Run does it.
func (v *doVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	for _, a := range v.Set {
		if !strings.Contains(a, "=") {
			return cli.Misused("--set %q: ARG=VALUE の形で指定してください。", "--set %q: write ARG=VALUE", a)
		}
	}
	args, err := app.Args(g, v.Command, v.Set)
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, g, v.ID)
		if err != nil {
			return err
		}
		err = r.Write(ctx, r.Actor(), func(tx *store.Tx) error { return tx.Do(rec, v.Command, args) })
		if err != nil {
			return naming(rec, err)
		}
		return printMade(s.console.Out, g, rec, v.JSON)
	})
}
