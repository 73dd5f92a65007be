package server

import (
	"context"
	"math"

	"daicho/app"
	"daicho/sync/wire"
)

var errAhead = app.Refuse(app.Stale, "", "この端末は、サーバーにない記録まで同期しています。サーバーが古い状態に戻された可能性があります。管理者に連絡してください。",
	"this device is ahead of the server, which may have been put back to an older state; ask the administrator")

// Pull tells a device what happened after a point, as far as its person may read
// it, a page at a time, with the keys to read it and the people's names.
func (s *Sequencer) Pull(ctx context.Context, device app.ID, p *wire.Pull, at app.Stamp) (*wire.Pulled, error) {
	return s.pull(ctx, device, p, at, math.MaxInt64)
}

// pull is Pull as if the order ended at a line.
func (s *Sequencer) pull(ctx context.Context, device app.ID, p *wire.Pull, at app.Stamp, end int64) (*wire.Pulled, error) {
	out := &wire.Pulled{Epoch: p.Epoch, UpTo: p.GSN}
	err := s.ask(ctx, device, p.Epoch, at, func(a *asking) (err error) {
		a.head = min(a.head, end)
		out.Head = a.head
		if p.GSN < 0 || p.GSN > a.head {
			return errAhead
		}
		if err = a.knows(p.Clearance); err != nil {
			return err
		}
		if out.Clearance = a.differs(p.Clearance); out.Clearance == nil {
			out.Erased, err = a.erasures(p.Erased)
		}
		if err == nil && out.Clearance == nil && len(out.Erased) == 0 {
			err = a.fill(p, out)
		}
		return orElse(err, tellPeople(a.tx, p.People, out))
	})
	return out, err
}

// fill puts outcomes and their keys into a page.
func (a *asking) fill(p *wire.Pull, out *wire.Pulled) error {
	count := p.Max
	if count <= 0 || count > wire.PageChanges {
		count = wire.PageChanges
	}
	page := &page{asking: a, lost: true, after: p.GSN, upTo: a.head, count: count, size: wire.PageBytes, given: map[app.SubjectKey]bool{}}
	if err := page.fill(); err != nil {
		return err
	}
	out.Outcomes, out.Keys, out.UpTo = page.outcomes, wire.KeysOf(page.keys), page.after
	return nil
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
