package verbs

import (
	"context"
	"errors"
	"fmt"

	"daicho/cmd/cli"
	"daicho/sync/server"
)

// copyVerb is about the second place, which serve --copy names.
type copyVerb struct {
	data
	To   string `arg:"" optional:"" placeholder:"DIR" help:"A folder to begin one in, as serve --copy does."`
	Anew bool   `help:"Begin it anew in the same folder: what was in it is lost."`
	Stop bool   `help:"Keep none any more."`
}

// Run brings what is missing there, and says how it stands.
func (v *copyVerb) Run(ctx context.Context, console *cli.Console) error {
	if v.Anew && v.Stop || v.To != "" && (v.Anew || v.Stop) {
		return cli.Misused("第二の保管先を始める DIR、作り直す --anew、終える --stop のいずれか1つを指定してください。", "DIR begins a second place, --anew begins it again, and --stop ends it; give one of them")
	}
	return v.with(ctx, console, func(s *server.Server) error {
		var err error
		switch {
		case v.To != "":
			err = s.KeepCopy(ctx, v.To)
		case v.Anew:
			err = s.BeginCopyAnew(ctx)
		case v.Stop:
			err = s.EndCopy(ctx)
		}
		state, failed := s.Copied(ctx)
		if err = errors.Join(err, failed); err != nil {
			return err
		}
		if state.Dir == "" {
			_, err = fmt.Fprintln(console.Out, "there is no second place; serve --copy DIR names one")
			return err
		}
		_, err = fmt.Fprintf(console.Out, "%s: everything that was done at the server is there, up to entry %d\n", state.Dir, state.Last)
		return err
	})
}
