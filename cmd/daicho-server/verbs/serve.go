package verbs

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/sync/server"
)

// serveVerb serves devices.
type serveVerb struct {
	data
	Listen string `required:"" placeholder:"ADDR" help:"Address and port to listen on: 192.0.2.10:8443, :8443 for all; port 0 takes a free one."`
}

// Run serves until an interrupt or SIGTERM, then ends what is under way.
func (v *serveVerb) Run(ctx context.Context, console *cli.Console, cost keys.Cost) error {
	if _, _, err := net.SplitHostPort(v.Listen); err != nil {
		return cli.Misused("--listen: %w; write HOST:PORT or :PORT", err)
	}
	return v.orMade(ctx, console, cost, func(s *server.Server) error {
		listening, kept := false, error(nil)
		err := s.Serve(ctx, v.Listen, func(at net.Addr) {
			listening = true
			kept = os.WriteFile(v.addressFile(), []byte(at.String()+"\n"), 0o600)
			fmt.Fprintln(console.Out, "listening on", at)
		})
		if err != nil && !listening {
			return fmt.Errorf("--listen %s: %w; give an address of this machine and a free port", v.Listen, err)
		}
		return errors.Join(err, kept)
	})
}
