package store

import (
	"context"

	"daicho/app"
)

// Outbox is what waits: own changes to be sent or judged, and those that were
// rejected or quarantined; the oldest first.
func (s *Replica) Outbox(ctx context.Context) ([]app.Sent, error) {
	return s.outbox(ctx, "WHERE state IN ('pending', 'rejected', 'quarantined') ORDER BY seq")
}

func (s *Replica) outbox(ctx context.Context, where string) (list []app.Sent, err error) {
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
func (r *reader) sent(where string, args ...any) ([]app.Sent, error) {
	var list []app.Sent
	var bodies [][]byte
	err := r.each("SELECT body, gsn, verdict, code, field, ja, en FROM journal "+where, args, func(scan func(...any) error) error {
		var s app.Sent
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
		s.Err, s.Claimed = c.Clock.Err, c.Clock.Wall
		s.At, s.Device, s.Seq, s.Author, s.New, s.Command, s.Ref = c.Clock.Corrected(), c.Device, c.Seq, c.Author, c.New, c.Command, c.Ref
		if s.Cells = c.Cells; c.Command != "" {
			s.Cells, s.Saw, s.Args = nil, c.Cells, c.Args
		}
		if s.Name, err = r.name(c.Author); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// entitle adds what the record is called.
func (r *reader) entitle(s *app.Sent) error {
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
