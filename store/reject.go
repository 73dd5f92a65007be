package store

import (
	"context"
	"errors"

	"daicho/app"
)

// refusedState is what of the journal a person must decide about.
const refusedState = "state IN ('rejected', 'quarantined')"

// Rejected is what of the outbox a person must retry or dismiss, the oldest
// first: what the server refused, and what it keeps back.
func (s *Replica) Rejected(ctx context.Context) ([]app.Sent, error) {
	return s.outbox(ctx, "WHERE "+refusedState+" ORDER BY seq")
}

// Dismiss gives up a rejected change. It stays in the journal and leaves the
// outbox; the decision is a record of its own, which everybody hears of who may
// read the record concerned. The reason may be empty.
func (s *Replica) Dismiss(ctx context.Context, actor app.Actor, seq uint64, reason string) error {
	return s.Write(ctx, actor, func(tx *Tx) error {
		list, err := tx.sent("WHERE seq = ? AND "+refusedState, int64(seq))
		if err != nil {
			return tx.keep(err)
		}
		if len(list) == 0 {
			return notRejected
		}
		if err := tx.dismiss(seq); err != nil || list[0].Ref.Kind == app.DismissalKind { // or it would never end
			return tx.keep(err)
		}
		d, err := tx.dismissal(&list[0], reason)
		if err != nil {
			return err
		}
		return tx.Save(d)
	})
}

// dismissal is the record of a decision.
func (tx *Tx) dismissal(s *app.Sent, reason string) (app.Record, error) {
	rec, err := tx.Draft(app.DismissalKind)
	if err != nil {
		return nil, err
	}
	d, ok := rec.(*app.Dismissal)
	if !ok {
		return nil, noSuchChange
	}
	d.About, d.Device, d.Seq, d.Command = s.Ref, s.Device.String(), int64(s.Seq), s.Command
	d.Said, d.WhyJA, d.WhyEN, d.Reason = app.Say(s.Verdict), s.Say.JA, s.Say.EN, reason
	return d, nil
}

func (st *step) dismiss(seq uint64) error {
	n, err := st.count("UPDATE journal SET state = 'dismissed' WHERE seq = ? AND "+refusedState, int64(seq))
	if err == nil && n == 0 {
		return notRejected
	}
	if err == nil {
		err = st.noteChange(seq)
	}
	return err
}

func (st *step) noteChange(seq uint64) error {
	refs, err := st.refs("SELECT kind, id FROM journal WHERE seq = ?", int64(seq))
	for _, ref := range refs {
		st.note(ref)
	}
	return err
}

// Retry journals a rejected change again, as a new one, told against what
// there is now: the person has looked at it. The old one is dismissed.
func (s *Replica) Retry(ctx context.Context, actor app.Actor, seq uint64) error {
	return s.Write(ctx, actor, func(tx *Tx) error {
		c, whole, err := tx.change(seq)
		if err == nil && !whole {
			err = keyNeverCame
		}
		if err != nil {
			return tx.keep(err)
		}
		if err := tx.dismiss(seq); err != nil {
			return tx.keep(err)
		}
		rec, err := tx.again(c)
		if err != nil {
			return err
		}
		if c.Command != "" {
			return tx.Do(rec, c.Command, c.Args)
		}
		return tx.Save(rec)
	})
}

// again is the record of a rejected change with the same input in it, merged
// with what others have entered since.
func (tx *Tx) again(c *app.Change) (app.Record, error) {
	g, err := tx.s.book.Registers.Of(c.Ref.Kind)
	if err != nil {
		return nil, err
	}
	rec, err := tx.load(c.Ref)
	if errors.Is(err, notHere) && c.New {
		rec, err = g.New(), nil
		rec.Meta().Ref = c.Ref
	}
	if err != nil || c.Command != "" {
		return rec, err
	}
	for _, cell := range c.Cells {
		name, now := g.Upcast(cell.Field, cell.Now)
		_, was := g.Upcast(cell.Field, cell.Was)
		spec, _ := app.SpecOf(g, name)
		if err := g.Put(rec, name, app.Again(spec, g.Column(rec, name), app.Cell{Field: name, Was: was, Now: now})); err != nil {
			return nil, err
		}
	}
	return rec, nil
}
