package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"path/filepath"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
	"daicho/store"
	"daicho/sync/bundle"
	"daicho/sync/client"
	"daicho/sync/wire"
	"daicho/ui"
)

// carrier is the replica as it carries changes, with the names of the devices
// and people that it knows.
type carrier struct {
	*store.Replica
	roster *wire.Roster // nil: it never heard of others
}

// carrier opens the replica for carrying.
func (l *link) carrier(ctx context.Context) (*carrier, error) {
	r, err := l.door.open()
	if err != nil {
		return nil, err
	}
	roster, err := client.KnownDevices(ctx, client.Of(r))
	return &carrier{r, roster}, err
}

// device names a device, as far as it is known.
func (c *carrier) device(ctx context.Context, id app.ID) ui.Device {
	d := ui.Device{ID: id, Short: id.Short()}
	card, err := c.roster.Card(id)
	if err != nil {
		return d
	}
	return c.named(ctx, card)
}

func (c *carrier) named(ctx context.Context, card *wire.Card) ui.Device {
	id := card.Device()
	person, _ := c.Person(ctx, card.Person) // a name that is not known is not shown
	return ui.Device{ID: id, Short: id.Short(), Name: card.Name, Person: person}
}

func (l *link) Devices(ctx context.Context) (list []ui.Device, err error) {
	c, err := l.carrier(ctx)
	if err != nil {
		return nil, err
	}
	for i := range c.roster.Cards {
		if card := &c.roster.Cards[i]; !card.Barred && len(card.Box) > 0 && card.Device() != c.Device() {
			list = append(list, c.named(ctx, card))
		}
	}
	return list, nil
}

func (l *link) Cargo(ctx context.Context) (list []ui.Cargo, err error) {
	c, err := l.carrier(ctx)
	if err != nil {
		return nil, err
	}
	all, err := c.CargoList(ctx)
	for _, one := range all {
		list = append(list, ui.Cargo{Device: c.device(ctx, one.Run.Device), First: one.Run.First, Last: one.Run.Last, Files: len(one.Blobs), Bytes: int64(one.Size),
			Via: c.device(ctx, one.Via), At: one.At, Said: one.Said})
	}
	return list, err
}

// working are the options of work whose steps are told.
func (l *link) working(told func(ui.Work)) client.Options {
	return client.Options{Now: l.now, Progress: func(p client.Progress) { told(ui.Work{What: p.Step.Label(), Done: p.Done, Total: p.Total}) }}
}

func (l *link) Pack(ctx context.Context, folder string, p ui.Parcel, told func(ui.Work)) (out ui.Packed, err error) {
	c, err := l.carrier(ctx)
	if err != nil {
		return out, err
	}
	id, err := app.NewID(app.StampOf(l.now()), rand.Reader)
	if err != nil {
		return out, err
	}
	short := c.Replica.Device().Short()
	name := "daicho-" + short + "-" + l.now().In(civil.Tokyo).Format("20060102-150405")
	seen, err := client.ExportTo(ctx, client.Of(c.Replica), l.working(told), client.Shipment{ID: id, For: p.For, All: p.All}, filepath.Join(folder, name+bundle.Suffix))
	if err != nil {
		return out, err
	}
	for _, b := range seen {
		out.Bundles = append(out.Bundles, c.bundle(ctx, b))
	}
	out.Slip = name + ".pdf"
	out.Print, err = printed(slipOf(id, seen, out.Bundles))
	return out, err
}

// slipOf is the paper that goes along.
func slipOf(id app.ID, seen []bundle.Seen, said []ui.Bundle) report.Document {
	devices := said[0].To[1:] // the server comes first
	s := report.Slip{ID: id.String(), Short: id.Short(), Made: seen[0].Header.Created.Time(), Maker: said[0].From, To: devices}
	for _, b := range seen {
		s.Files = append(s.Files, report.SlipFile{Name: filepath.Base(b.Path), Changes: b.Header.Counts.Changes, Attached: b.Header.Counts.Blobs, Bytes: b.Size, SHA256: hex.EncodeToString(b.Hash[:])})
	}
	return s.Document()
}

func (l *link) Look(ctx context.Context, path string) (ui.Bundle, error) {
	c, err := l.carrier(ctx)
	if err != nil {
		return ui.Bundle{}, err
	}
	seen, err := bundle.Look(path)
	return c.bundle(ctx, seen), err
}

// bundle is what a file says of itself.
func (c *carrier) bundle(ctx context.Context, b bundle.Seen) ui.Bundle {
	h := b.Header
	out := ui.Bundle{Export: h.ID.String(), Part: h.Part, Parts: h.Parts, Path: b.Path, File: filepath.Base(b.Path), Made: h.Created, Changes: h.Counts.Changes,
		Files: h.Counts.Blobs, Bytes: b.Size, SHA256: report.Grouped(hex.EncodeToString(b.Hash[:])), Whole: b.Whole}
	if !h.FromServer() {
		out.From = c.said(ctx, h.Device())
	}
	for _, to := range h.To {
		if to.Device.IsZero() {
			out.To = append(out.To, "")
			continue
		}
		out.To = append(out.To, c.said(ctx, to.Device))
		out.ForMe = out.ForMe || to.Device == c.Replica.Device()
	}
	return out
}

// said is a device in one line: 7QK4 髙橋 直.
func (c *carrier) said(ctx context.Context, id app.ID) string {
	d := c.device(ctx, id)
	return strings.TrimSpace(d.Short + " " + d.Person)
}

func (l *link) Unpack(ctx context.Context, path string, told func(ui.Work)) (out ui.Unpacked, err error) {
	c, err := l.carrier(ctx)
	if err != nil {
		return out, err
	}
	got, err := client.ImportFrom(ctx, client.Of(c.Replica), l.working(told), path)
	out = ui.Unpacked{Changes: got.Taken.Changes, New: got.Fresh, Files: got.Taken.Blobs, Updates: got.Pulled, Answer: got.Acknowledged, More: got.More}
	if err != nil {
		return out, err
	}
	l.nudge() // what is carried goes on as soon as the server is there
	out.Bundle = c.bundle(ctx, bundle.Seen{Path: path, Header: got.Header, Whole: true})
	return out, nil
}
