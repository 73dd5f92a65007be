package main

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/sync/client"
)

type bundleList struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// carriage is one run of changes that is carried.
type carriage struct {
	Device string `json:"device"`
	Name   string `json:"name,omitempty"`
	First  uint64 `json:"first"`
	Last   uint64 `json:"last"`
	Files  int    `json:"files"`
	Bytes  int    `json:"bytes"`
	For    string `json:"for"`
	Via    string `json:"via"`
	At     string `json:"at"`
	Said   string `json:"said,omitempty"`
}

func (c carriage) String() string {
	why := "the server was not asked yet"
	if c.Said != "" {
		why = "refused: " + c.Said
	}
	return fmt.Sprintf("%s  %s changes %d to %d, %d files, %d bytes, for the %s, brought by %s at %s  %s", c.Device, c.Name, c.First, c.Last, c.Files, c.Bytes, c.For, c.Via, c.At, why)
}

// Run lists.
func (v *bundleList) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		list, err := r.CargoList(ctx)
		if err != nil {
			return err
		}
		return printCargo(ctx, s, r, list, v.JSON)
	})
}

func printCargo(ctx context.Context, s *session, r *store.Replica, list []store.Cargo, asJSON bool) error {
	all := []carriage{}
	for _, c := range list {
		all = append(all, carriageOf(ctx, s, r, c))
	}
	if asJSON {
		return printJSON(s.console.Out, all)
	}
	for _, c := range all {
		fmt.Fprintln(s.console.Out, c)
	}
	return nil
}

func carriageOf(ctx context.Context, s *session, r *store.Replica, c store.Cargo) carriage {
	out := carriage{c.Run.Device.Short(), "", c.Run.First, c.Run.Last, len(c.Blobs), c.Size, "server", c.Via.Short(), c.At.RFC3339(), c.Said}
	if card, err := cardOf(ctx, client.Of(r), s.console.Now, c.Run.Device.String()); err == nil { // else it has no name here
		out.Name = card.Name
	}
	return out
}

// carriedOf finds whose changes are carried, by the device's id or short id.
func carriedOf(ctx context.Context, r *store.Replica, name string) (device app.ID, list []store.Cargo, err error) {
	all, err := r.CargoList(ctx)
	for _, c := range all {
		if id := c.Run.Device; id.String() == name || id.Short() == name {
			device, list = id, append(list, c)
		}
	}
	if err == nil && len(list) == 0 {
		err = cli.Errorf("%s: この端末から預かっているものはありません。「daichoctl bundle list」で確かめてください。", "%s: nothing of this device is carried here; see 'daichoctl bundle list'", name)
	}
	return device, list, err
}

type bundleOffer struct {
	Device string `arg:"" placeholder:"DEVICE" help:"Whose changes, by id or short id, as the list shows it."`
}

// Run has the next sync ask again.
func (v *bundleOffer) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		device, _, err := carriedOf(ctx, r, v.Device)
		if err != nil {
			return err
		}
		return r.RefuseCargo(ctx, device, "")
	})
}

type bundleDrop struct {
	Device  string `arg:"" placeholder:"DEVICE" help:"Whose changes, by id or short id, as the list shows it."`
	Unasked bool   `help:"Also what the server was never asked to take."`
	Yes     string `placeholder:"DEVICE" help:"Say the short id of the device once more: what is dropped is in no order, and lost if its device is."`
	JSON    bool   `name:"json" help:"Print one JSON array of what was dropped."`
}

// Run drops, once the person has seen what, and said so.
func (v *bundleDrop) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		device, list, err := carriedOf(ctx, r, v.Device)
		if err != nil {
			return err
		}
		if short := device.Short(); v.Yes != short {
			for _, c := range list {
				fmt.Fprintln(s.console.Out, carriageOf(ctx, s, r, c))
			}
			return cli.Misused("これらの変更はサーバーにありません。端末 %s が失われると、変更も失われます。よければ --yes %s を指定してください。", "the server does not have these changes; where device %s is lost, they would be lost with them; say --yes %s if you mean it", short, short)
		}
		gone, err := r.AbandonCargo(ctx, device, v.Unasked)
		if err != nil {
			return err
		}
		return printCargo(ctx, s, r, gone, v.JSON)
	})
}
