package verbs

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/sync/server"
)

// deviceVerb is about enrolled devices.
type deviceVerb struct {
	List      deviceList      `cmd:"" help:"List the devices."`
	Revoke    deviceRevoke    `cmd:"" help:"Shut a device out for good: one that is out of use."`
	Lost      deviceLost      `cmd:"" help:"Shut a lost device out, have it erase itself at its next contact, and report what was on it."`
	Impounded deviceImpounded `cmd:"" help:"Show what devices sent that may not speak, or that does not fit; it waits for a decision."`
	Release   deviceRelease   `cmd:"" help:"Let in what a device sent and is impounded, as far as it continues the device's chain."`
	Keep      deviceKeep      `cmd:"" help:"Decide to keep what is impounded of a device outside the order."`
}

type deviceList struct {
	data
	JSON bool `name:"json" help:"Print one JSON array."`
}

// device is one as printed.
type device struct {
	ID        string `json:"id"`
	Short     string `json:"short"`
	Name      string `json:"name"`
	Person    string `json:"person"`
	State     string `json:"state"`
	Enrolled  string `json:"enrolled"`
	Seen      string `json:"seen"`
	Watermark uint64 `json:"watermark"` // its changes up to this one are here
}

// Run lists.
func (v *deviceList) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		list, err := s.Devices(ctx)
		if err != nil {
			return err
		}
		devices := []device{}
		for _, d := range list {
			devices = append(devices, device{d.ID.String(), d.ID.Short(), d.Name, d.Person.String(), string(d.State),
				d.Enrolled.RFC3339(), d.Seen.RFC3339(), d.Watermark})
		}
		if v.JSON {
			return printJSON(console, devices)
		}
		for _, d := range devices {
			fmt.Fprintf(console.Out, "%s  %s  %s  %s  seen %s\n", d.ID, d.Short, d.State, d.Name, d.Seen)
		}
		return nil
	})
}

type deviceRevoke struct{ oneDevice }

// Run revokes.
func (v *deviceRevoke) Run(ctx context.Context, console *cli.Console) error {
	return v.of(ctx, console, func(s *server.Server, id app.ID) error { return s.Revoke(ctx, id) })
}
