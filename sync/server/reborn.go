package server

import (
	"context"
	"errors"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// maxBeyond is how far beyond what was left out a device may know of a number:
// the margin was too small then, but a device's word moves a counter no further.
const maxBeyond = 1_000_000

// Reborn takes in what a device knows of an order that ended, and tells what
// the restored server has of it.
func (s *Sequencer) Reborn(ctx context.Context, device app.ID, p *wire.Reborn, at app.Stamp) (*wire.Rebirth, error) {
	if len(p.Given) > wire.MaxGiven || len(p.Stood) > wire.MaxStood || len(p.Keys) > wire.MaxTold {
		return nil, errTooMuch
	}
	out := &wire.Rebirth{}
	return out, s.log.Write(ctx, func(tx Tx) error {
		r := reborn{tx: tx, book: s.book, at: at}
		err := checkEpoch(tx, p.Epoch)
		if err == nil {
			r.epochs, err = epochsOf(tx)
		}
		if err != nil {
			return err
		}
		was, there := r.epochs.of(p.Was)
		if !there {
			return errEpoch
		}
		d, _, err := tx.Device(device)
		if err != nil {
			return err
		}
		*out = wire.Rebirth{Watermark: d.Watermark, UpTo: was.Size, Until: was.Until}
		return r.take(&d, p)
	})
}

// reborn is what a device knows on its way into the database.
type reborn struct {
	tx      Tx
	book    app.Book
	epochs  epochs
	at      app.Stamp
	changed bool // what is to be remembered of epochs
}

func (r *reborn) take(d *Device, p *wire.Reborn) error {
	for _, seq := range p.Stood {
		if seq > d.Watermark {
			if err := r.tx.Stand(d.ID, seq); err != nil {
				return err
			}
		}
	}
	for _, g := range p.Given {
		if err := r.given(d, g); err != nil {
			return err
		}
	}
	keep := intake{tx: r.tx, at: r.at}
	if err := keep.putKeys(p.Keys); err != nil {
		return err
	}
	if !r.changed {
		return nil
	}
	return r.epochs.keep(r.tx)
}

// given keeps a number for the change that had it, unless that change is here. Of
// others' changes a device is believed only that the series had come so far.
func (r *reborn) given(by *Device, g wire.Given) error {
	t := r.book.Numbers[app.Kind(g.Kind)]
	series := t.Series(g.At)
	n, is := t.Parse(series, g.Number)
	if !is {
		return nil
	}
	if g.Device == by.ID && g.Seq <= by.Watermark {
		return r.renumbered(series, n, g)
	}
	reached, err := r.reach(series, n)
	if err != nil || !reached || g.Device != by.ID {
		return err
	}
	free, err := r.isFree(series, n)
	if err != nil {
		return err
	}
	kept, there, err := r.tx.ReservedAs(series, n)
	switch {
	case err != nil:
		return err
	case there && kept.Device == g.Device && kept.Seq == g.Seq:
		return nil
	case there || !free || r.epochs.isVoid(series, n):
		r.changed = r.epochs.twice(Twice{series, n, g.Device, g.Seq}) || r.changed
		return nil
	}
	return r.tx.Reserve(Reserved{series, n, g.Device, g.Seq, g.At})
}

// renumbered notes a number that a change had and has not got again: somebody else
// brought the change before its device could tell.
func (r *reborn) renumbered(series string, n int64, g wire.Given) error {
	free, err := r.isFree(series, n)
	if err == nil && free {
		r.changed = r.epochs.twice(Twice{series, n, g.Device, g.Seq}) || r.changed
	}
	return err
}

// reach has a series count on from a number that was given out, if that can be.
func (r *reborn) reach(series string, n int64) (bool, error) {
	last, err := r.tx.Counter(counterNumber + series)
	if err != nil || n > last+maxBeyond {
		return false, err
	}
	if n > last {
		r.epochs.Gaps = append(r.epochs.Gaps, Gap{series, last + 1, n})
		r.changed = true
		_, err = r.tx.Count(counterNumber+series, n-last)
	}
	return true, err
}

// isFree says whether no change has got a number.
func (r *reborn) isFree(series string, n int64) (bool, error) {
	claims, err := r.tx.Claims(series, n-1, 1)
	return len(claims) == 0 || claims[0].N != n, err
}

// twice notes a number for a person, once, and says whether it is new.
func (e *epochs) twice(t Twice) bool {
	if slices.Contains(e.Twice, t) {
		return false
	}
	e.Twice = append(e.Twice, t)
	return true
}

func (s *Server) postReborn(q *request) (any, error) {
	var in wire.Reborn
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	out, err := s.order.Reborn(q, app.DeviceID(q.key), &in, s.now())
	if err != nil {
		return nil, err
	}
	q.said = []any{"numbers", len(in.Given), "stood", len(in.Stood), "watermark", out.Watermark}
	out.Times = s.times(q.at)
	return out, nil
}

// before is what is known of a change that a device brings again after the server
// was restored; empty for every other.
type before struct {
	numbers []Reserved
	at      app.Stamp // when it counted as made; 0: nobody said
	waits   bool      // what its record was made by has not come yet
}

// when is when the change counts as made: as it did before, or its number would
// be one of another year.
func (b *before) when(at app.Stamp) app.Stamp {
	if b.at > 0 {
		return min(at, b.at)
	}
	return at
}

// recall finds it. A change that stood before waits, until nobody is waited for
// any more, if its record is not here, or the key that it is sealed by: for the
// device that made the record, or for one that may still read it. What was done at
// the server has no device that brings it again: it waits otherwise.
func (in *intake) recall(d *Device, seq uint64, body []byte) (b before, err error) {
	if len(in.epochs.Ended) == 0 {
		return b, nil
	}
	if err = in.kept(&b, d, seq); err != nil || in.own || !in.epochs.waits() {
		return b, err
	}
	stood, err := in.tx.Stood(d.ID, seq)
	if err != nil || !stood {
		return b, err
	}
	c, unread := app.DecodeChange(body, in.keys)
	if b.waits = errors.Is(unread, errKeyless); unread != nil || c.New {
		return b, nil
	}
	doc, _, err := in.tx.Row(c.Ref)
	b.waits = doc.IsEmpty()
	return b, err
}

// kept finds the numbers that a change had. One that came too late does not get
// those that are void.
func (in *intake) kept(b *before, d *Device, seq uint64) error {
	was := change{d.ID, seq}
	if in.was != nil {
		was = *in.was
	}
	all, err := in.tx.ReservedFor(was.device, was.seq)
	for _, r := range all {
		b.at = r.At
		if !in.epochs.isVoid(r.Series, r.N) {
			b.numbers = append(b.numbers, r)
		} else if in.epochs.twice(Twice{r.Series, r.N, was.device, was.seq}) {
			err = errors.Join(err, in.epochs.keep(in.tx))
		}
	}
	return err
}
