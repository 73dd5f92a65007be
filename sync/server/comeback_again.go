package server

import (
	"context"
	"errors"
	"math"

	"daicho/app"
	"daicho/sync/wire"
)

// comeBack takes in what was done at the server itself before it was restored,
// under the numbers and in the chain that it had. What is refused now and was not
// then stays held: its records may come with a device.
func (s *Server) comeBack(ctx context.Context) error {
	for more := true; more; {
		err := s.log.Write(ctx, func(tx Tx) (err error) {
			in := &intake{book: s.o.Book, random: s.o.Random, own: true, at: s.now()}
			in.within(tx)
			more, err = in.comeBack()
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// comeBack takes in a page of it; more says that there may be others.
func (in *intake) comeBack() (more bool, err error) {
	if in.epochs, err = epochsOf(in.tx); err != nil {
		return false, err
	}
	for _, id := range in.epochs.Own {
		for next := true; next && !more; {
			if next, err = in.nextOwn(id); err != nil {
				return false, err
			}
			more = len(in.verdicts) >= wire.PageChanges
		}
	}
	return more, in.epochs.keep(in.tx)
}

// nextOwn takes in the next change that is held of a device of the server, if there
// is one.
func (in *intake) nextOwn(id app.ID) (there bool, err error) {
	d, _, err := in.tx.Device(id)
	if err != nil {
		return false, err
	}
	held, err := in.tx.Held(id, d.Watermark+1)
	if err != nil || len(held) == 0 || held[len(held)-1].First != d.Watermark+1 {
		return false, err
	}
	s := &held[len(held)-1]
	in.carrier, in.last, in.refused = id, nil, nil
	if err = in.chain(&d, s); err != nil {
		return false, err
	}
	if len(in.refused) > 0 { // it is impounded, and all that follows would be
		in.epochs.Undone = append(in.epochs.Undone, undone(s.Bodies[0], errSevered))
		return false, in.tx.Release(id, s.First)
	}
	stood, err := in.tx.Stood(id, s.First)
	if err != nil || stood && refusedBy(in.last) != nil {
		return true, err
	}
	return true, in.tx.Release(id, s.First)
}

// again tries what is still held of the server's own changes: each as a change of
// the server's device of now, made when it was made then.
func (s *Server) again(ctx context.Context) error {
	var waiting []wire.Segment
	var finished bool
	err := s.log.Read(ctx, func(tx Tx) error {
		waiting = nil
		e, err := epochsOf(tx)
		finished = e.Finished
		for _, id := range e.Own {
			held, failed := tx.Held(id, math.MaxInt64)
			if failed != nil {
				return failed
			}
			waiting = append(waiting, held...)
		}
		return err
	})
	for i := range waiting {
		if err == nil {
			err = s.onceMore(ctx, &waiting[i], finished)
		}
	}
	if err != nil || len(waiting) == 0 {
		return err
	}
	s.news.tell()
	return nil
}

// onceMore tries one of them. Refused once more it waits on, unless nobody is waited
// for any more: then it is told as not brought back.
func (s *Server) onceMore(ctx context.Context, w *wire.Segment, finished bool) error {
	err := s.act(ctx, func(tx Tx) error {
		a := &Acting{View: tx, s: s}
		if err := a.begin(tx); err != nil {
			return err
		}
		if err := a.repeat(w); err != nil {
			return err
		}
		return tx.Release(w.Device, w.First)
	})
	var refused *app.Error
	if !errors.As(err, &refused) || refused.Code == app.Failed {
		return err
	}
	if !finished {
		return nil
	}
	return s.log.Write(ctx, func(tx Tx) error {
		e, failed := epochsOf(tx)
		if failed != nil {
			return failed
		}
		e.Undone = append(e.Undone, undone(w.Bodies[0], err))
		return errors.Join(e.keep(tx), tx.Release(w.Device, w.First))
	})
}

// repeat makes a change of before once more, with the numbers that it had.
func (a *Acting) repeat(w *wire.Segment) error {
	c, err := app.DecodeChange(w.Bodies[0], a.in.keys)
	if err != nil {
		return err
	}
	a.in.was = &change{w.Device, w.First}
	return a.put(c)
}
