package server

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"

	"daicho/app"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// Receipt is what the server took of a file.
type Receipt struct {
	Header  bundle.Header
	Taken   bundle.Counts
	Waiting int // changes of it that are not in the order: earlier ones are missing, or they were refused
	Later   int // attachments of it that no record names yet
	Answer  bundle.Answer

	about  bundle.Manifest // what the device said of itself
	rights app.Clearance   // for a device that did not say under which it was filled
}

var errOwnBundle = app.Refuse(app.Invalid, "", "このファイルはサーバーが作成したものです。宛先の端末で取り込んでください。", "the server made this bundle itself; import it on the device that it is for")

// ImportBundle takes in a file that a device made, in the same way as what
// comes by network. What is whole of it is taken in even if not all came; the
// same file any number of times does no harm.
func (s *Server) ImportBundle(ctx context.Context, r io.Reader) (*Receipt, error) {
	key, err := s.boxKey(ctx)
	if err != nil {
		return nil, err
	}
	in, err := bundle.NewReader(r, app.ID{}, key, func(h *bundle.Header) error { return s.belongs(ctx, h) })
	if err != nil {
		return nil, err
	}
	u := &unloading{s: s, in: in, out: &Receipt{Header: *in.Header, about: in.Manifest}}
	if err = u.admit(ctx); err != nil {
		return nil, err
	}
	err = u.all(ctx)
	u.out.Waiting = u.out.waiting()
	if err != nil {
		return u.out, bundle.Partial(err, u.out.Taken, in.Header.Counts)
	}
	return u.out, nil
}

// waiting counts what of the file the server does not acknowledge.
func (r *Receipt) waiting() (n int) {
	mark := map[app.ID]uint64{}
	for _, m := range r.Answer.Watermarks {
		mark[m.Device] = m.Seq
	}
	for _, run := range r.about.Ranges {
		if done := mark[run.Device]; done < run.Last {
			n += int(run.Last - max(done, run.First-1))
		}
	}
	return n
}

// unloading is a file on its way in.
type unloading struct {
	s     *Server
	in    *bundle.Reader
	batch []wire.Box
	out   *Receipt
}

// belongs refuses files that are not for this server. One of an order that ended
// when the server was restored is as good as another: what devices signed does not
// depend on the order.
func (s *Server) belongs(ctx context.Context, h *bundle.Header) error {
	var epoch app.ID
	var pins []wire.Pin
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		if epoch, err = epochOf(tx); err != nil {
			return err
		}
		e, err := epochsOf(tx)
		if err != nil {
			return err
		}
		if _, was := e.of(h.Epoch); was {
			epoch = h.Epoch
		}
		pins, err = pinsOf(tx)
		return err
	})
	if err == nil {
		err = h.Check(epoch, pins...)
	}
	if err == nil && h.FromServer() {
		err = errOwnBundle
	}
	return err
}

// admit refuses files of nobody that the server knows. Of a device that may not
// speak any more it takes what is signed and keeps it aside, as by network.
func (u *unloading) admit(ctx context.Context) error {
	if err := u.s.registered(ctx, u.in.Header.From); err != nil {
		return err
	}
	d, _, err := u.s.find(ctx, u.in.Header.From)
	if err != nil || d.bar() != nil {
		return err
	}
	return u.s.learnBox(ctx, u.in.Header.From, u.in.Manifest.Box)
}

// pinsOf are the pins by which devices know the server, or knew it before its
// key was succeeded: they may not have heard of that yet.
func pinsOf(tx Tx) ([]wire.Pin, error) {
	i, err := identityOf(tx)
	if err != nil {
		return nil, err
	}
	pins := []wire.Pin{wire.PinOf(i.key.Public().(ed25519.PublicKey))}
	for _, text := range i.past {
		past, err := wire.ReadSuccession(text)
		if err != nil {
			return nil, err
		}
		pins = append(pins, wire.PinOf(past.Old))
	}
	return pins, nil
}

func (u *unloading) all(ctx context.Context) error {
	for {
		item, err := u.in.Next()
		if err != nil {
			taken := u.flush(ctx)
			if err == io.EOF {
				return taken
			}
			return errors.Join(taken, err)
		}
		switch {
		case item.Blob != nil:
			if err = u.flush(ctx); err == nil {
				err = u.blob(ctx, item)
			}
		case item.Box != nil:
			err = u.box(ctx, item.Box)
		}
		if err != nil {
			return err
		}
	}
}

// epoch names the order of now.
func (s *Server) epoch(ctx context.Context) (epoch app.ID, err error) {
	return epoch, s.log.Read(ctx, func(tx Tx) error {
		epoch, err = epochOf(tx)
		return err
	})
}

// box gathers boxes up to what one push may carry.
func (u *unloading) box(ctx context.Context, b *wire.Box) error {
	changes, size := b.Last-b.First+1, b.Bytes()
	for i := range u.batch {
		changes, size = changes+u.batch[i].Last-u.batch[i].First+1, size+u.batch[i].Bytes()
	}
	if changes > wire.PageChanges || size > wire.PageBytes {
		if err := u.flush(ctx); err != nil {
			return err
		}
	}
	u.batch = append(u.batch, *b)
	return nil
}

// flush pushes what was gathered.
func (u *unloading) flush(ctx context.Context) error {
	if len(u.batch) == 0 {
		return nil
	}
	batch := u.batch
	u.batch = nil
	var p wire.Push
	var err error
	if p.Epoch, err = u.s.epoch(ctx); err != nil {
		return err
	}
	refused, err := u.s.unbox(ctx, batch, &p)
	if err != nil {
		return err
	}
	out, err := u.s.push(ctx, u.in.Header.Device(), &p, u.s.now())
	if err != nil {
		return err
	}
	for i := range batch {
		u.out.Taken.Segments++
		u.out.Taken.Changes += int(batch[i].Last - batch[i].First + 1)
	}
	u.out.Answer.Note(out.Watermarks, append(refused, out.Refused...))
	return nil
}

// blob stores an attachment that a record names.
func (u *unloading) blob(ctx context.Context, item bundle.Item) error {
	var wanted, here bool
	err := u.s.log.Read(ctx, func(tx Tx) (err error) {
		wanted, here, err = tx.Attachment(item.Blob.ID)
		return err
	})
	if err != nil {
		return err
	}
	if !wanted {
		u.out.Later++
		return nil
	}
	if !here {
		if err = u.s.blobs.put(item.Blob.ID, u.in.Header.Device(), 0, item.Body); err != nil {
			return err
		}
		if err = u.s.log.Write(ctx, func(tx Tx) error { return tx.Got(item.Blob.ID) }); err != nil {
			return err
		}
	}
	u.out.Taken.Blobs++
	u.out.Taken.BlobBytes += item.Blob.Size
	u.out.Answer.Stored = append(u.out.Answer.Stored, item.Blob.ID)
	return nil
}
