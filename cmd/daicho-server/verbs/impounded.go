package verbs

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/sync/server"
)

// deviceImpounded shows what waits for a person.
type deviceImpounded struct {
	data
	JSON bool `name:"json" help:"Print one JSON array."`
}

// impounded is one segment as printed: counts, never contents.
type impounded struct {
	Device   string `json:"device"`
	First    uint64 `json:"first"`
	Last     uint64 `json:"last"`
	Why      string `json:"why"`
	Received string `json:"received"`
	Kept     string `json:"kept"` // when a person decided to keep it; empty: nobody has
}

// Run shows.
func (v *deviceImpounded) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		all, err := s.Impounded(ctx)
		if err != nil {
			return err
		}
		rows := []impounded{}
		for _, k := range all {
			rows = append(rows, impounded{k.Segment.Device.String(), k.Segment.First, k.Segment.Last, string(k.Why), k.Received.RFC3339(), k.Kept.RFC3339()})
		}
		if v.JSON {
			return printJSON(console, rows)
		}
		for _, r := range rows {
			fmt.Fprintf(console.Out, "%s  changes %d to %d  %s  received %s  %s\n", r.Device, r.First, r.Last, r.Why, r.Received, kept(r.Kept))
		}
		return nil
	})
}

func kept(at string) string {
	if at == "" {
		return "waits for a decision"
	}
	return "kept " + at
}

// oneDevice names a device on the command line.
type oneDevice struct {
	data
	ID string `arg:"" name:"id" help:"Id of the device, as the list shows it."`
}

// of runs f over the device.
func (v *oneDevice) of(ctx context.Context, console *cli.Console, f func(*server.Server, app.ID) error) error {
	id, err := app.ParseID(v.ID)
	if err != nil {
		return err
	}
	return v.with(ctx, console, func(s *server.Server) error { return f(s, id) })
}

type deviceRelease struct{ oneDevice }

// Run releases.
func (v *deviceRelease) Run(ctx context.Context, console *cli.Console) error {
	return v.of(ctx, console, func(s *server.Server, id app.ID) error {
		r, err := s.ReleaseImpounded(ctx, id)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(console.Out, "%d changes of %d segments are in the order now; %d segments do not continue it and are kept\n", r.Changes, r.Segments, r.Kept)
		return err
	})
}

type deviceKeep struct{ oneDevice }

// Run keeps.
func (v *deviceKeep) Run(ctx context.Context, console *cli.Console) error {
	return v.of(ctx, console, func(s *server.Server, id app.ID) error {
		n, err := s.KeepImpounded(ctx, id)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(console.Out, "%d segments are kept outside the order\n", n)
		return err
	})
}
