package client

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// Shipment says what an export is to be.
type Shipment struct {
	ID   app.ID   // of the export
	For  []app.ID // devices that may carry it on, beside the server
	All  bool     // own changes that the server has acknowledged, too
	Most int64    // bytes of one file; 0: [bundle.MaxPart]
}

// Export writes what the server does not have yet, own changes and those that
// are carried for others, with their attachments. create makes the file of each
// part, and must throw away what was not closed if there is an error. What was exported is sent
// by network all the same, until the server has said that it is there. It gives the header of each part.
func Export(ctx context.Context, p Port, o Options, ship Shipment, create func(part, parts int) (io.WriteCloser, error)) ([]bundle.Header, error) {
	k, err := newPacker(ctx, p, o, ship)
	if err != nil {
		return nil, err
	}
	if err = k.gather(ctx); err != nil {
		return nil, err
	}
	sizes := make([]int64, len(k.things))
	for i, t := range k.things {
		sizes[i] = t.size
	}
	if ship.Most == 0 {
		ship.Most = bundle.MaxPart
	}
	ends, first := bundle.Divide(sizes, ship.Most), 0
	var heads []bundle.Header
	for i, end := range ends {
		k.head.Part, k.head.Parts = i+1, len(ends)
		h, err := k.part(ctx, k.things[first:end], create)
		if err != nil {
			return nil, err
		}
		heads, first = append(heads, h), end
	}
	return heads, k.noteExported(ctx)
}

// settingExported is up to which own change files were written: what the answer
// on a stick may acknowledge.
const settingExported = "sync/exported"

func (k *packer) noteExported(ctx context.Context) error {
	last, err := exported(ctx, k.port)
	if err != nil {
		return err
	}
	me, most := deviceID(k.port), last
	for _, t := range k.things {
		if t.run.Device == me {
			most = max(most, t.run.Last)
		}
	}
	if most == last {
		return nil
	}
	return k.port.SetSetting(ctx, settingExported, binary.BigEndian.AppendUint64(nil, most))
}

func exported(ctx context.Context, p Port) (uint64, error) {
	b, err := p.Setting(ctx, settingExported)
	return uint64(version(b)), err
}

// packer makes an export.
type packer struct {
	port   Port
	o      Options
	ship   Shipment
	circle *circle
	to     []bundle.To
	head   bundle.Header
	about  bundle.Manifest // what each part says of the replica
	things []thing
	done   int
}

// thing is what one frame will hold: a run of changes, or an attachment.
type thing struct {
	size  int64
	run   bundle.Range
	box   func(context.Context) (*wire.Box, error)
	blob  app.BlobID
	bytes int64 // of the attachment
}

func newPacker(ctx context.Context, p Port, o Options, ship Shipment) (*packer, error) {
	place, err := p.Enrolment(ctx)
	if err != nil {
		return nil, err
	}
	k := &packer{port: p, o: o, ship: ship, head: bundle.Header{ID: ship.ID, Pin: place.Pin, Epoch: place.Epoch, Created: app.StampOf(o.Now())}}
	if k.circle, err = circleOf(ctx, p, o.Now); err != nil {
		return nil, err
	}
	k.to = []bundle.To{{Box: k.circle.Roster.Box}}
	for _, id := range ship.For {
		to, err := k.recipient(id)
		if err != nil {
			return nil, err
		}
		k.to = append(k.to, to)
	}
	return k, k.introduce(ctx)
}

var errNoBox = app.Refuse(app.Invalid, "", "宛先の端末は、暗号化の鍵をまだ登録していません。宛先の端末を一度同期し、この端末も同期してから書き出してください。",
	"the device has no key to seal to yet; sync it once, then this one, and export again")

func (k *packer) recipient(id app.ID) (bundle.To, error) {
	card, err := k.circle.card(id)
	if err == nil && len(card.Box) == 0 {
		err = errNoBox
	}
	if err != nil {
		return bundle.To{}, err
	}
	return bundle.To{Device: id, Box: card.Box}, nil
}

// introduce says what the replica has, so that the server can answer.
func (k *packer) introduce(ctx context.Context) (err error) {
	m := &k.about
	if _, m.Cursor, err = k.port.Cursor(ctx); err != nil {
		return err
	}
	if m.Erased, err = k.port.Erased(ctx); err != nil {
		return err
	}
	m.Erased++
	people, err := k.port.Setting(ctx, settingPeople)
	if err != nil {
		return err
	}
	if hash, err := k.port.Clearance(ctx); err != nil {
		return err
	} else if hash != [32]byte{} {
		m.Clearance = hash[:]
	}
	trail, err := Trail(ctx, k.port)
	if err != nil {
		return err
	}
	last, _ := trail.Last()
	m.Seen = last.Size
	m.People, m.Have = version(people), k.circle.Roster.Hashes()
	if m.Wants, err = k.port.MissingBlobs(ctx, blobPage); err != nil {
		return err
	}
	in, err := introduction(ctx, k.port)
	if err != nil {
		return err
	}
	m.Box, m.Certificate = in.Box, in.Certificate
	m.Shut, err = Revocations(ctx, k.port)
	return err
}

// gather finds out what there is to be exported: changes first, then what they name.
func (k *packer) gather(ctx context.Context) error {
	named := map[app.BlobID]bool{}
	if err := k.gatherOwn(ctx, named); err != nil {
		return err
	}
	theirs, err := k.gatherCargo(ctx, named)
	if err != nil {
		return err
	}
	unsent, err := k.port.UnsentBlobs(ctx, blobPage)
	if err != nil {
		return err
	}
	for _, id := range unsent {
		named[id] = named[id] || !theirs[id]
	}
	maps.DeleteFunc(named, func(_ app.BlobID, goes bool) bool { return !goes })
	return k.gatherBlobs(ctx, named)
}

func (k *packer) gatherOwn(ctx context.Context, named map[app.BlobID]bool) error {
	runs, err := k.port.Signed(ctx, k.ship.All)
	if err != nil {
		return err
	}
	before := app.Chain{}
	if len(runs) > 0 && runs[0].First == 1 {
		before = app.ChainStart(publicKey(k.port.DeviceKey()))
	}
	for _, run := range runs {
		box, err := k.own(ctx, run)
		if err != nil {
			return err
		}
		for _, id := range box.Blobs {
			named[id] = true
		}
		k.things = append(k.things, thing{size: int64(box.Bytes()), run: bundle.Range{Device: run.Device, First: run.First, Last: run.Last, Before: before, After: run.Head},
			box: func(ctx context.Context) (*wire.Box, error) { return k.own(ctx, run) }})
		before = run.Head
	}
	return nil
}

// own packs a run of own changes. It is done twice, to know its size and to
// write it, so that no more than one run is in memory.
func (k *packer) own(ctx context.Context, run app.Segment) (*wire.Box, error) {
	bodies, keys, err := k.port.Bodies(ctx, run)
	if err != nil {
		return nil, err
	}
	var blobs []app.BlobID
	for _, body := range bodies {
		ids, err := app.BlobsOf(body)
		if err != nil && !app.IsCode(err, app.Damaged) && !app.IsCode(err, app.Invalid) { // the server judges it
			return nil, err
		}
		blobs = append(blobs, ids...)
	}
	blobs = blobs[:min(len(blobs), wire.MaxBlobsOfBox)]
	return wire.NewBox(wire.SegmentOf(run, bodies), wire.KeysOf(keys), blobs, k.port.DeviceKey(), k.circle.Roster.Box)
}

// gatherCargo takes along what is carried for others. What the only one that a file
// is for has written itself does not go back to it: of that it gives the attachments.
func (k *packer) gatherCargo(ctx context.Context, named map[app.BlobID]bool) (theirs map[app.BlobID]bool, err error) {
	theirs = map[app.BlobID]bool{}
	list, err := k.port.Cargo(ctx)
	for _, c := range list {
		if slices.Equal(k.ship.For, []app.ID{c.Box.Device}) {
			for _, id := range c.Box.Blobs {
				theirs[id] = true
			}
			continue
		}
		for _, id := range c.Box.Blobs {
			named[id] = true
		}
		k.things = append(k.things, thing{size: int64(c.Size + c.Box.Bytes()), run: bundle.Range{Device: c.Box.Device, First: c.Box.First, Last: c.Box.Last, After: c.Box.Head},
			box: func(ctx context.Context) (*wire.Box, error) {
				sealed, err := k.port.CargoBox(ctx, c.N)
				c.Box.Sealed = sealed
				return &c.Box, err
			}})
	}
	return theirs, err
}

// gatherBlobs takes along the attachments that are here. A damaged one stays.
func (k *packer) gatherBlobs(ctx context.Context, named map[app.BlobID]bool) error {
	for _, id := range sorted(named) {
		f, size, err := k.port.SealedBlob(ctx, id)
		if app.IsCode(err, app.NotFound) || app.IsCode(err, app.Damaged) {
			continue
		}
		if err != nil {
			return err
		}
		if err = f.Close(); err != nil {
			return err
		}
		if size <= wire.MaxSealedBlob {
			k.things = append(k.things, thing{size: size, blob: id, bytes: size})
		}
	}
	return nil
}

func sorted(ids map[app.BlobID]bool) (list []app.BlobID) {
	for id := range ids {
		list = append(list, id)
	}
	slices.SortFunc(list, func(a, b app.BlobID) int { return bytes.Compare(a[:], b[:]) })
	return list
}

// part writes one file.
func (k *packer) part(ctx context.Context, things []thing, create func(part, parts int) (io.WriteCloser, error)) (bundle.Header, error) {
	h, m := k.head, k.about
	for _, t := range things {
		if t.box == nil {
			h.Counts.Blobs++
			h.Counts.BlobBytes += t.bytes
			m.Blobs = append(m.Blobs, bundle.Blob{ID: t.blob, Size: t.bytes})
			continue
		}
		h.Counts.Segments++
		h.Counts.Changes += int(t.run.Last - t.run.First + 1)
		m.Add(t.run)
	}
	f, err := create(h.Part, h.Parts)
	if err != nil {
		return h, err
	}
	w, err := bundle.NewWriter(f, h, k.to, k.port.DeviceKey(), &m)
	if err != nil {
		return h, err
	}
	if err = k.write(ctx, w, things); err != nil {
		return h, err
	}
	return w.Header(), f.Close()
}

func (k *packer) write(ctx context.Context, w *bundle.Writer, things []thing) error {
	for _, t := range things {
		if err := errors.Join(ctx.Err(), k.put(ctx, w, t)); err != nil {
			return err
		}
		k.done++
		k.o.progress(Packing, k.done, len(k.things))
	}
	return w.Close()
}

func (k *packer) put(ctx context.Context, w *bundle.Writer, t thing) error {
	if t.box != nil {
		b, err := t.box(ctx)
		if err != nil {
			return err
		}
		return w.Box(b)
	}
	f, size, err := k.port.SealedBlob(ctx, t.blob)
	if err != nil {
		return err
	}
	defer f.Close()
	return w.Blob(t.blob, size, f)
}
