package client

import (
	"bytes"
	"context"
	"errors"
	"io"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// Unpacked says what was taken in of a file, also of one that did not come whole.
type Unpacked struct {
	Header       bundle.Header
	Taken        bundle.Counts // boxes and attachments for the server
	Fresh        int           // of the boxes, those that were not here yet
	Acknowledged bool          // the server's answer to what was brought to it was in it
	Pulled       int           // outcomes of the server
	More         bool          // the server had more than fits into a file
	Vouched      bool          // of a device that only the server's certificate speaks for
	Listed       app.Stamp     // when the server said last who is shut out, as far as is known here; of a device's file
	Unsigned     bool          // a server of before made it: it could not be held against what the server had signed
}

// Import takes in a file that another device or the server made for this one.
// It may come in any order and any number of times. From a device it takes
// cargo for the server, from the server what a pull would bring.
func Import(ctx context.Context, p Port, o Options, r io.Reader) (Unpacked, error) {
	place, err := p.Enrolment(ctx)
	if err != nil {
		return Unpacked{}, err
	}
	box, err := wire.BoxKey(p.DeviceKey().Seed())
	if err != nil {
		return Unpacked{}, err
	}
	pins, err := Pins(ctx, p, o.Now)
	if err != nil {
		return Unpacked{}, err
	}
	in, err := bundle.NewReader(r, deviceID(p), box, func(h *bundle.Header) error { return h.Check(place.Epoch, pins...) })
	if err != nil {
		return Unpacked{}, err
	}
	u := &unpacker{session: session{conn: &conn{now: o.Now}, port: p, o: o, place: place, device: deviceID(p)}, in: in, done: Unpacked{Header: *in.Header}}
	if err = u.admit(ctx); err != nil {
		return u.done, err
	}
	err = u.all(ctx)
	if err == nil && u.circle != nil { // all of the file is its maker's
		err = u.circle.meet(ctx, p, u.in.Header.From, u.maker())
	}
	u.done.Pulled = u.session.done.Pulled
	if err != nil && !errors.Is(err, audit.ErrRewritten) {
		err = bundle.Partial(err, u.done.Taken, in.Header.Counts)
	}
	return u.done, err
}

// unpacker takes a file in.
type unpacker struct {
	session
	in     *bundle.Reader
	boxes  []*wire.Box // not kept yet
	filed  filed
	circle *circle // for the file of a device
	done   Unpacked
}

// admit refuses files of strangers, but for those whom the server vouches for. Who is
// shut out, the file may tell itself: that list is the server's.
func (u *unpacker) admit(ctx context.Context) error {
	if u.in.Header.FromServer() {
		return nil
	}
	err := hearShut(ctx, u.port, u.in.Manifest.Shut, u.o.Now)
	if err != nil {
		return err
	}
	if u.circle, err = circleOf(ctx, u.port, u.o.Now); err != nil {
		return err
	}
	u.done.Listed, u.done.Vouched = u.circle.Listed(), u.circle.stranger(u.in.Header.From)
	_, err = u.circle.Admit(u.in.Header.From, u.maker())
	return err
}

// maker is by what the maker of a file makes himself known.
func (u *unpacker) maker() *wire.Introduction {
	return &wire.Introduction{Certificate: u.in.Manifest.Certificate, Box: u.in.Manifest.Box}
}

// boxBatch is how many boxes are kept in one transaction.
const boxBatch = 32

func (u *unpacker) all(ctx context.Context) error {
	for {
		item, err := u.in.Next()
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			err = errors.Join(u.keep(ctx), notEOF(err))
			return err
		}
		if err = u.one(ctx, item); err != nil {
			return err
		}
		u.o.progress(Unpacking, u.done.Taken.Segments+u.done.Taken.Blobs, u.in.Header.Counts.Segments+u.in.Header.Counts.Blobs)
	}
}

func notEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

func (u *unpacker) one(ctx context.Context, item bundle.Item) error {
	switch {
	case item.Word != nil:
		return u.hear(ctx, item.Word)
	case item.Blob != nil:
		if err := errors.Join(u.keep(ctx), u.port.CarryBlob(ctx, item.Blob.ID, item.Body)); err != nil {
			return err
		}
		u.done.Taken.Blobs++
		return nil
	}
	if u.boxes = append(u.boxes, item.Box); len(u.boxes) < boxBatch {
		return nil
	}
	return u.keep(ctx)
}

// keep keeps the boxes that were read. Own changes that come back are here.
func (u *unpacker) keep(ctx context.Context) error {
	var others []*wire.Box
	for _, b := range u.boxes {
		u.done.Taken.Segments++
		u.done.Taken.Changes += int(b.Last - b.First + 1)
		if b.Device != u.device {
			others = append(others, b)
		}
	}
	u.boxes = nil
	if len(others) == 0 {
		return nil
	}
	n, err := u.port.KeepCargo(context.WithoutCancel(ctx), others, u.in.Header.Device(), app.StampOf(u.o.Now()))
	u.done.Fresh += n
	return err
}

// hear takes in what the server says.
func (u *unpacker) hear(ctx context.Context, w *bundle.Word) error {
	switch w.Kind {
	case bundle.WordSigned:
		return u.witness(ctx, w)
	case bundle.WordRoster:
		var r wire.Roster
		if err := w.Into(&r); err != nil {
			return err
		}
		return keepRoster(ctx, u.port, &r, app.StampOf(u.o.Now()))
	case bundle.WordAnswer:
		var a bundle.Answer
		if err := w.Into(&a); err != nil {
			return err
		}
		return u.answered(ctx, &a)
	case bundle.WordRights:
		return u.begin(ctx, w)
	case bundle.WordPage:
		return u.page(ctx, w)
	}
	return nil // of a later version, which does without
}

func (u *unpacker) answered(ctx context.Context, a *bundle.Answer) error {
	// As by network: what was not sent from here is not acknowledged.
	sent, err := exported(ctx, u.port)
	if err != nil {
		return err
	}
	for _, m := range a.Watermarks {
		if m.Device == u.device {
			if err := u.port.Acknowledge(ctx, min(m.Seq, sent)); err != nil {
				return err
			}
		}
	}
	u.done.Acknowledged = true
	for _, id := range a.Stored {
		if err := u.port.BlobSent(ctx, id); err != nil {
			return err
		}
	}
	return u.settle(ctx, a.Watermarks, a.Refused)
}

// begin has a replica that holds nothing yet follow the order from its first line,
// as far as its person may read it.
func (u *unpacker) begin(ctx context.Context, w *bundle.Word) error {
	var r bundle.Rights
	if err := w.Into(&r); err != nil {
		return err
	}
	mine, err := u.port.Clearance(ctx)
	if err != nil {
		return err
	}
	_, gsn, err := u.port.Cursor(ctx)
	if err != nil || gsn > 0 || mine != [32]byte{} || !u.filed.signed || u.filed.behind {
		return err
	}
	return u.port.Rescope(ctx, u.place.Epoch, wire.ClearanceOf(r.Clearance), 0)
}

var errRights = app.Refuse(app.Stale, "", "この端末の利用者の権限が変わりました。権限の変更はファイルでは受け取れません。ネットワークで一度同期してください。",
	"the rights of this device's person have changed; that cannot come by file; sync once by network")

func (u *unpacker) page(ctx context.Context, w *bundle.Word) error {
	var page bundle.Page
	if err := w.Into(&page); err != nil {
		return err
	}
	news, err := u.within(ctx, &page)
	if err != nil || !news {
		return err
	}
	mine, err := u.port.Clearance(ctx)
	if err != nil {
		return err
	}
	if page.Pulled.Clearance != nil || !bytes.Equal(mine[:], page.Clearance) {
		return errRights
	}
	have, err := u.port.Setting(ctx, settingPeople)
	if err != nil {
		return err
	}
	if len(page.Pulled.Erased) > 0 {
		_, err = u.erase(ctx, page.Pulled.Erased)
		return err
	}
	u.done.More = page.Pulled.UpTo < page.Pulled.Head
	return u.apply(ctx, &wire.Pull{GSN: page.From, Clearance: mine[:]}, &page.Pulled, version(have))
}
