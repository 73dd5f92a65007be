package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/sync/bundle"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// bundleVerb is about files that carry changes where no network does.
type bundleVerb struct {
	Export  bundleExport  `cmd:"" help:"Write what the server does not have into a file for a stick."`
	Import  bundleImport  `cmd:"" help:"Take in files of other devices, or the server's answer."`
	Inspect bundleInspect `cmd:"" help:"Say what files are, without opening them."`
	List    bundleList    `cmd:"" help:"List what this device carries to the server for others, since when, and why the server did not take it."`
	Offer   bundleOffer   `cmd:"" help:"Offer what the server refused to it again, at the next sync."`
	Drop    bundleDrop    `cmd:"" help:"Drop what the server refused and nobody wants to bring any more."`
}

type bundleExport struct {
	File string   `arg:"" placeholder:"FILE" help:"A new file; its name ends in .daicho."`
	For  []string `placeholder:"DEVICE" help:"Device that may carry it on, by id or short id; the server always can open it."`
	All  bool     `help:"Take along what the server has acknowledged, too."`
	Slip string   `placeholder:"FILE" help:"Write a packing slip (持出票) as PDF."`
	Most int64    `name:"part-size" placeholder:"BYTES" help:"Begin another file before this size (default: 3.9 GB, for FAT32)."`
	JSON bool     `name:"json" help:"Print one JSON array."`
}

// Run exports.
func (v *bundleExport) Run(ctx context.Context, s *session) error {
	if !strings.HasSuffix(v.File, bundle.Suffix) {
		return cli.Misused("%s: 持ち運び用ファイルの名前は %s で終わるようにしてください。", "%s: the name of a bundle ends in %s", v.File, bundle.Suffix)
	}
	if err := free(v.Slip); err != nil {
		return err
	}
	return s.open(ctx, toSync, func(r *store.Replica) error {
		p := client.Of(r)
		ship, to, err := v.shipment(ctx, p, s.console.Now)
		if err != nil {
			return err
		}
		seen, err := client.ExportTo(ctx, p, client.Options{Now: s.console.Now}, ship, v.File)
		if err != nil {
			return fmt.Errorf("%s: %w", v.File, err)
		}
		if v.Slip != "" {
			if err := writeSlip(s.console, v.Slip, seen, to); err != nil {
				return err
			}
		}
		return printSeen(s, seen, v.JSON)
	})
}

// toSync opens a replica that may be at the end of its time without its server:
// a file is a way back to it.
func toSync(o *store.Options) { o.ToSync = true }

// shipment is what was asked for, and the names of the devices it is for.
func (v *bundleExport) shipment(ctx context.Context, p client.Port, now app.Clock) (ship client.Shipment, to []string, err error) {
	ship = client.Shipment{All: v.All, Most: v.Most}
	if ship.ID, err = app.NewID(app.StampOf(now()), rand.Reader); err != nil {
		return ship, nil, err
	}
	for _, name := range v.For {
		if name == "server" {
			continue
		}
		card, err := cardOf(ctx, p, now, name)
		if err != nil {
			return ship, nil, fmt.Errorf("--for %s: %w", name, err)
		}
		ship.For, to = append(ship.For, card.Device()), append(to, strings.TrimSpace("端末 "+card.Device().Short()+" "+card.Name))
	}
	return ship, to, nil
}

// cardOf finds a device by its id or short id.
func cardOf(ctx context.Context, p client.Port, now app.Clock, name string) (*wire.Card, error) {
	cards, err := client.Peers(ctx, p, now)
	if err != nil {
		return nil, err
	}
	for i := range cards {
		if id := cards[i].Device(); id.String() == name || id.Short() == name {
			return &cards[i], nil
		}
	}
	return nil, cli.Errorf("この端末が知らない端末です。同期してから、その端末かサーバーで端末の短い ID を確かめてください。", "no such device is known here; sync, and look for its short id on it or at the server")
}

type bundleImport struct {
	Files []string `arg:"" name:"file" placeholder:"FILE" help:"Files, in any order; each any number of times."`
	JSON  bool     `name:"json" help:"Print one JSON array."`
}

// imported is what one file brought.
type imported struct {
	File         string `json:"file"`
	From         string `json:"from"`
	Changes      int    `json:"changes"`
	New          int    `json:"new_segments"`
	Files        int    `json:"files"`
	Pulled       int    `json:"pulled"`
	Acknowledged bool   `json:"acknowledged"`
	More         bool   `json:"more"`
	Unsigned     bool   `json:"unsigned"`
	Vouched      bool   `json:"vouched"`
	Listed       string `json:"shut_out_as_of,omitempty"`
	age          int    // of that, in days
}

// Run imports each file; one that is no good does not keep the others out.
func (v *bundleImport) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		var list []imported
		var heads []bundle.Header
		var failed error
		for _, path := range v.Files {
			got, err := client.ImportFrom(ctx, client.Of(r), client.Options{Now: s.console.Now}, path)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", path, err))
				continue
			}
			heads = append(heads, got.Header)
			list = append(list, imported{path, got.Header.Maker(), got.Taken.Changes, got.Fresh, got.Taken.Blobs, got.Pulled, got.Acknowledged, got.More, got.Unsigned, got.Vouched, stampText(got.Listed), days(got.Listed, s.console.Now())})
		}
		return errors.Join(v.print(s, list, heads), failed)
	})
}

func (v *bundleImport) print(s *session, list []imported, heads []bundle.Header) error {
	if v.JSON {
		return printJSON(s.console.Out, list)
	}
	for _, i := range list {
		fmt.Fprintf(s.console.Out, "%s: from %s: %d changes (%d segments new) and %d files to carry, %d updates of the server\n", i.File, i.From, i.Changes, i.New, i.Files, i.Pulled)
		warnOfPeer(s.console.Out, i.Vouched, i.age)
		if i.Unsigned {
			fmt.Fprintln(s.console.Out, "an older server made it: it does not carry the signed record, so it could not be held against what the server had signed before; the next sync, or a newer file, is")
		}
		if i.More {
			fmt.Fprintln(s.console.Out, "the server had more; bring it another bundle of this device to get the rest")
		}
	}
	if n := bundle.MissingParts(heads); len(n) > 0 {
		fmt.Fprintf(s.console.Out, "still missing of this export: part %s of %d\n", strings.Trim(fmt.Sprint(n), "[]"), heads[0].Parts)
	}
	return nil
}

type bundleInspect struct {
	Files  []string `arg:"" name:"file" placeholder:"FILE" help:"Files to look at."`
	Ranges bool     `help:"Open them with this replica's key, check all of it, and tell whose changes are in them."`
	JSON   bool     `name:"json" help:"Print one JSON array."`
}

// Run looks at files.
func (v *bundleInspect) Run(ctx context.Context, s *session) error {
	var all []bundle.Seen
	for _, path := range v.Files {
		seen, err := bundle.Look(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, seen)
	}
	if err := printSeen(s, all, v.JSON); err != nil || !v.Ranges {
		return err
	}
	return s.open(ctx, toSync, func(r *store.Replica) error {
		for _, path := range v.Files {
			if err := printRanges(ctx, s.console, client.Of(r), path); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		return nil
	})
}

func printRanges(ctx context.Context, console *cli.Console, p client.Port, path string) error {
	f, err := bundle.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	m, err := client.Inspect(ctx, p, f)
	if err != nil {
		return err
	}
	for _, r := range m.Ranges {
		fmt.Fprintf(console.Out, "  device %s: changes %d to %d, chain %x\n", r.Device.Short(), r.First, r.Last, r.After[:8])
	}
	for _, b := range m.Blobs {
		fmt.Fprintf(console.Out, "  attachment %s: %d bytes\n", b.ID, b.Size)
	}
	return nil
}
