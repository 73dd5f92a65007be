package store

import (
	"cmp"
	"context"
	"errors"

	"daicho/app"
)

// Tx is one transaction of one person.
type Tx struct {
	*step
	actor app.Actor
	clock app.Reading
	last  point
	given []given
}

// given is a record as the caller gave it, to be put back if the transaction fails.
type given struct {
	rec   app.Record
	head  app.Head
	cells []app.Cell
}

// Write is the door for people and rules. It runs fn in one transaction: what
// fn saves is decided by the rules, shown, and journaled, all in one commit
// that is on the disk when Write returns; or, after any error, nothing of it
// is, and the records given to fn are as they were before.
//
// The actor must be [Replica.Actor]. Watchers are told after the commit, on
// the caller's goroutine. fn must not call the replica, only tx.
func (s *Replica) Write(ctx context.Context, actor app.Actor, fn func(*Tx) error) error {
	var tx *Tx
	err := s.transact(ctx, func(st *step) (err error) {
		if tx, err = st.begin(actor); err != nil {
			return err
		}
		return fn(tx)
	})
	if err != nil && tx != nil {
		tx.giveBack()
	}
	return err
}

var errTried = errors.New("this was a trial")

// Try says what Write would say, and keeps nothing: records given to fn are as they
// were before.
func (s *Replica) Try(ctx context.Context, actor app.Actor, fn func(*Tx) error) error {
	err := s.Write(ctx, actor, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return cmp.Or(tx.failed, errTried)
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}

// begin finds out who writes, when, and after what.
func (st *step) begin(actor app.Actor) (*Tx, error) {
	me, err := st.me()
	if err != nil {
		return nil, err
	}
	st.s.actor.Store(&me)
	if actor.ID != me.ID && actor.ID != app.LocalAuthor(st.s.device) {
		return nil, notMe
	}
	if err := st.unbroken(); err != nil {
		return nil, err
	}
	tx := &Tx{step: st, actor: me}
	if tx.clock, err = st.reading(); err != nil {
		return nil, err
	}
	tx.last, err = st.lastPoint()
	return tx, err
}

// Draft is an empty record with an id; nothing is stored.
func (tx *Tx) Draft(kind app.Kind) (app.Record, error) { return tx.s.Draft(kind) }

// Draft is an empty record with an id; nothing is stored until it is saved.
func (s *Replica) Draft(kind app.Kind) (app.Record, error) {
	g, err := s.book.Registers.Of(kind)
	if err != nil {
		return nil, err
	}
	r := g.New()
	id, err := app.NewID(app.StampOf(s.clock()), s.random)
	r.Meta().Ref = app.Ref{Kind: kind, ID: id}
	return r, err
}

// Get reads a record as this transaction sees it.
func (tx *Tx) Get(ref app.Ref) (app.Record, error) { return tx.load(ref) }

// Save journals what the author changed in r since it was loaded, and shows
// it. Without a difference it does nothing. Then r is as if loaded anew.
func (tx *Tx) Save(r app.Record) error {
	g, err := tx.s.book.Registers.Of(r.Meta().Ref.Kind)
	if err != nil {
		return err
	}
	head := r.Meta()
	cells := g.Diff(r)
	if len(cells) == 0 && !head.IsNew() {
		return nil
	}
	if err := tx.attached(g, cells); err != nil {
		return tx.keep(err)
	}
	return tx.act(g, r, &app.Change{Ref: head.Ref, New: head.IsNew(), Base: head.GSN, Cells: cells})
}

// Do journals a command on r: shown at once, decided by the server. Edits of r
// must have been saved before. Then r is as if loaded anew.
func (tx *Tx) Do(r app.Record, command string, args app.Doc) error {
	head := r.Meta()
	g, err := tx.s.book.Registers.Of(head.Ref.Kind)
	if err != nil {
		return err
	}
	spec, err := app.CommandOf(g, command)
	if err != nil {
		return err
	}
	if head.IsNew() || len(g.Diff(r)) > 0 {
		return unsaved
	}
	c := &app.Change{Ref: head.Ref, Base: head.GSN, Command: command, Args: args}
	for _, f := range spec.Pre {
		c.Cells = append(c.Cells, app.Cell{Field: f, Was: head.Seen().Get(f)})
	}
	return tx.act(g, r, c)
}

// act decides a change, shows what it does, journals it, and loads r anew.
func (tx *Tx) act(g app.AnyRegister, r app.Record, c *app.Change) error {
	next := tx.last.next(tx.clock)
	c.Device, c.Seq, c.HLC, c.Clock = tx.s.device, next.seq, next.hlc, tx.clock
	c.Author, c.App, c.Schema = tx.actor.ID, tx.s.version, app.SchemaVersion
	done, err := tx.decide(c)
	if err != nil {
		return tx.keep(err)
	}
	c.Leased = done.leased
	if len(done.effects) == 0 && c.New {
		return nothingEntered
	}
	tx.given = append(tx.given, given{r, *r.Meta(), g.Diff(r)})
	return tx.keep(tx.commit(g, r, c, next, done))
}

func (tx *Tx) commit(g app.AnyRegister, r app.Record, c *app.Change, next point, done deed) error {
	if err := tx.show(c.Seq, done); err != nil {
		return err
	}
	if err := tx.journal(c, &next); err != nil {
		return err
	}
	tx.last = next
	doc, gsn, err := tx.Row(c.Ref)
	if err != nil {
		return err
	}
	return g.Load(r, c.Ref, gsn, doc)
}

// giveBack undoes what Save and Do did to records: else what the person typed
// would count as saved, though nothing was.
func (tx *Tx) giveBack() {
	for i := len(tx.given) - 1; i >= 0; i-- {
		b := tx.given[i]
		g := tx.s.tables[b.head.Ref.Kind].g
		if g.Load(b.rec, b.head.Ref, b.head.GSN, b.head.Seen()) != nil {
			continue // it was loaded from this very document
		}
		for _, c := range b.cells {
			_ = g.Put(b.rec, c.Field, c.Now) // the value came out of this field
		}
	}
}
