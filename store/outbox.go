package store

import (
	"context"
	"errors"

	"daicho/app"
)

// Sent is an own change that is not done with.
type Sent struct {
	app.Event
	Ref    app.Ref
	Code   app.Code // of a rejection
	Field  string   // at fault
	Number string   // of the record; empty if it is not here
	Title  string
}

// Outbox is what waits: own changes to be sent or judged, and those that were
// rejected or quarantined; the oldest first.
func (s *Replica) Outbox(ctx context.Context) ([]Sent, error) {
	return s.outbox(ctx, "WHERE state IN ('pending', 'rejected', 'quarantined') ORDER BY seq")
}

// Rejected is what of the outbox a person must retry or dismiss.
func (s *Replica) Rejected(ctx context.Context) ([]Sent, error) {
	return s.outbox(ctx, "WHERE state = 'rejected' ORDER BY seq")
}

func (s *Replica) outbox(ctx context.Context, where string) (list []Sent, err error) {
	err = s.read(ctx, func(r *reader) error {
		if list, err = r.sent(where); err != nil {
			return err
		}
		for i := range list {
			if err := r.entitle(&list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// sent reads own changes from the journal.
func (r *reader) sent(where string, args ...any) ([]Sent, error) {
	var list []Sent
	var bodies [][]byte
	err := r.each("SELECT body, gsn, verdict, code, field, ja, en FROM journal "+where, args, func(scan func(...any) error) error {
		var s Sent
		var body []byte
		err := scan(&body, &s.GSN, (*string)(&s.Verdict), (*string)(&s.Code), &s.Field, &s.Say.JA, &s.Say.EN)
		list, bodies = append(list, s), append(bodies, body)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, body := range bodies {
		c, _, err := r.decodeOwn(body)
		if err != nil {
			return nil, err
		}
		s := &list[i]
		s.At, s.Device, s.Seq, s.Author, s.New, s.Command, s.Ref = c.Clock.Corrected(), c.Device, c.Seq, c.Author, c.New, c.Command, c.Ref
		if c.Command == "" { // those of a command are what it was decided on
			s.Cells = c.Cells
		}
		if s.Name, err = r.name(c.Author); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// entitle adds what the record is called.
func (r *reader) entitle(s *Sent) error {
	rec, err := r.load(s.Ref)
	if app.IsCode(err, app.NotFound) || app.IsCode(err, app.Invalid) { // refused, or of a newer version
		return nil
	}
	if err != nil {
		return err
	}
	s.Number, s.Title = rec.Meta().Number, title(r.s.tables[s.Ref.Kind].g, rec)
	return nil
}

// title is what a record is called: the first line of text that a search
// looks through.
func title(g app.AnyRegister, rec app.Record) string {
	for _, f := range g.About().Fields[1:] { // the number stands first
		if f.Type == app.TText && f.Searched {
			return g.Show(rec, f.Name, app.JA)
		}
	}
	return ""
}

// Dismiss says that a rejected change is done with: it stays in the journal
// and leaves the outbox.
func (s *Replica) Dismiss(ctx context.Context, seq uint64) error {
	return s.transact(ctx, func(st *step) error { return st.dismiss(seq) })
}

func (st *step) dismiss(seq uint64) error {
	n, err := st.count("UPDATE journal SET state = 'dismissed' WHERE seq = ? AND state = 'rejected'", int64(seq))
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

// again is the record of a rejected change with the same input in it.
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
		if err := g.Put(rec, name, now); err != nil {
			return nil, err
		}
	}
	return rec, nil
}
