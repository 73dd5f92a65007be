package server

import (
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

var errAhead = app.Refuse(app.Stale, "", "この端末は、サーバーにない記録まで同期しています。サーバーが古い状態に戻された可能性があります。管理者に連絡してください。",
	"this device is ahead of the server, which may have been put back to an older state; ask the administrator")

// Pull tells what happened after a point, a page at a time, with the keys to
// read it and the people's names.
func (s *Sequencer) Pull(ctx context.Context, p *wire.Pull) (*wire.Pulled, error) {
	out := &wire.Pulled{Epoch: p.Epoch, UpTo: p.GSN}
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		if err = checkEpoch(tx, p.Epoch); err != nil {
			return err
		}
		if out.Head, err = tx.Counter(counterGSN); err != nil {
			return err
		}
		if p.GSN < 0 || p.GSN > out.Head {
			return errAhead
		}
		if err = fill(tx, p, out); err != nil {
			return err
		}
		return tellPeople(tx, p.People, out)
	})
	return out, err
}

// fill puts outcomes and their keys into a page.
func fill(tx Tx, p *wire.Pull, out *wire.Pulled) error {
	count := p.Max
	if count <= 0 || count > wire.PageChanges {
		count = wire.PageChanges
	}
	lines, err := tx.Since(p.GSN, count, wire.PageBytes)
	if err != nil {
		return err
	}
	for _, l := range lines {
		out.Outcomes, out.UpTo = append(out.Outcomes, l.Outcome), l.GSN
	}
	keys, err := tx.KeysNeeded(p.GSN, out.UpTo)
	out.Keys = wire.KeysOf(keys)
	return err
}

// tellPeople adds the directory if the device has another version of it.
func tellPeople(tx Tx, have int64, out *wire.Pulled) (err error) {
	if out.Directory, err = tx.Counter(counterPeople); err != nil || have == out.Directory {
		return err
	}
	persons, err := tx.Persons()
	for _, p := range persons {
		out.People = append(out.People, wire.Person{ID: p.ID, Name: p.Name})
	}
	return err
}

// Head is the last gsn of the order.
func (s *Sequencer) Head(ctx context.Context) (head int64, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		head, err = tx.Counter(counterGSN)
		return err
	})
	return head, err
}
