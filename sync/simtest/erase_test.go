package simtest

import (
	"context"
	"fmt"
	"slices"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/erasure"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/wire"
)

// erase lets somebody approve what another asked to be erased, or ask for it.
func (s *Sim) erase(n int) error {
	d := s.Devices[n]
	if s.old(n) {
		return nil // its program has no such register
	}
	for _, ref := range d.Refs(erasure.Kind) {
		r, err := d.Get(ref)
		if err != nil {
			return err
		}
		if e := r.(*erasure.Erasure); e.State == erasure.Asked {
			s.say("desk %d decides on an erasure", n)
			return refusedOr(d.Do(r, "approve", nil)) // refused if it is his own
		}
	}
	refs := slices.Concat(d.Refs(ticket.Kind), d.Refs(document.Kind))
	if len(refs) == 0 {
		return nil
	}
	r, err := d.Draft(erasure.Kind)
	if err != nil {
		return err
	}
	e := r.(*erasure.Erasure)
	e.About, e.Basis, e.Reason = refs[s.Rand.IntN(len(refs))], erasure.Claimed, "請求"
	s.say("desk %d asks for an erasure", n)
	return refusedOr(d.Save(e))
}

// buried are the subjects that the server has erased.
func (s *Sim) buried() (map[app.ID]bool, error) {
	all := map[app.ID]bool{}
	return all, s.book.Log.Read(now, func(tx server.Tx) error {
		for after := int64(0); ; {
			some, err := tx.Erasures(after, wire.MaxErased)
			if err != nil || len(some) == 0 {
				return err
			}
			for _, e := range some {
				all[e.Ref.ID], after = true, e.N
			}
		}
	})
}

// erased: nobody holds a key, a value or an attachment of a subject whose erasure
// stands in the order; a program of before knows none, but has no such values in its
// records either.
func (o *oracle) erased() error {
	decided := map[app.Ref]bool{}
	for _, l := range o.book.lines {
		out, err := app.DecodeOutcome(l.Outcome, &o.keys)
		if err != nil {
			return err
		}
		for _, e := range out.Effects {
			if e.IsErasing() {
				decided[e.Ref] = true
			}
		}
	}
	for ref := range decided {
		if !o.keys.buried[ref.ID] {
			return fmt.Errorf("a %s was erased, and the server does not know that", ref.Kind)
		}
		if err := o.emptied(ref, o.rows[ref].doc); err != nil {
			return err
		}
		if err := o.unlocked(ref); err != nil {
			return err
		}
		for n, d := range o.Devices {
			if err := o.forgotten(d, ref); err != nil {
				return fmt.Errorf("device %d: %w", n, err)
			}
		}
	}
	return nil
}

// emptied wants no personal value in a document.
func (o *oracle) emptied(ref app.Ref, doc app.Doc) (err error) {
	g := o.Book.Registers[ref.Kind]
	walked := doc.Each(func(name string, v app.Value) {
		if spec, known := app.SpecOf(g, name); !known && name != app.ErasedField || spec.Personal {
			err = fmt.Errorf("%s of a %s that was erased is still there", name, ref.Kind)
		}
	})
	if walked != nil {
		return walked
	}
	return err
}

// unlocked wants no key at the server.
func (o *oracle) unlocked(ref app.Ref) error {
	return o.Log.Read(now, func(tx server.Tx) error {
		keys, err := tx.KeysOf(ref.ID)
		if err == nil && len(keys) > 0 {
			err = fmt.Errorf("the server has a key of a %s that was erased", ref.Kind)
		}
		return err
	})
}

// forgotten wants nothing on a device.
func (o *oracle) forgotten(r Replica, ref app.Ref) error {
	if err := o.emptied(ref, r.Docs()[ref]); err != nil {
		return err
	}
	switch d := r.(type) {
	case *Device:
		if d.Holds(ref.ID) && !o.isOld(r) {
			return fmt.Errorf("it has a key of a %s that was erased", ref.Kind)
		}
	case *real:
		events, err := d.r.History(now, ref)
		for _, e := range events {
			for _, c := range e.Cells {
				if spec, _ := app.SpecOf(o.Book.Registers[ref.Kind], c.Field); spec.Personal && len(c.Now) > 0 {
					return fmt.Errorf("history tells %s of a %s that was erased", c.Field, ref.Kind)
				}
			}
		}
		return err
	}
	return nil
}

// Erased is what a program says: one of before knows of none.
func (m *mortal) Erased(ctx context.Context) (int64, error) {
	if n := slices.Index(m.Devices, m.Replica); n >= 0 && m.old(n) {
		return -1, nil
	}
	return m.Replica.Erased(ctx)
}

func (m *mortal) Erase(ctx context.Context, e client.Erasures) error {
	return m.do(func() error {
		return m.plant.erase(m.Replica, func() error { return m.Replica.Erase(ctx, e) })
	})
}
