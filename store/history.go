package store

import (
	"context"

	"daicho/app"
)

// History is what was done to a record, the newest first: own changes that
// the server has not judged or has rejected (their GSN is 0), then what is in
// the server's order.
func (s *Replica) History(ctx context.Context, ref app.Ref) (events []app.Event, err error) {
	err = s.read(ctx, func(r *reader) error {
		own, err := r.sent("WHERE kind = ? AND id = ? AND state IN ('pending', 'rejected', 'quarantined') ORDER BY seq DESC",
			string(ref.Kind), ref.ID[:])
		if err != nil {
			return err
		}
		for _, o := range own {
			o.GSN = 0
			events = append(events, o.Event)
		}
		applied, err := r.applied(ref)
		events = append(events, applied...)
		return err
	})
	return events, err
}

// applied is a record's part of the server's order.
func (r *reader) applied(ref app.Ref) (events []app.Event, err error) {
	var bodies [][]byte
	err = r.each("SELECT body FROM history JOIN outcome USING (gsn) WHERE kind = ? AND id = ? ORDER BY gsn DESC", []any{string(ref.Kind), ref.ID[:]},
		func(scan func(...any) error) error {
			var body []byte
			err := scan(&body)
			bodies = append(bodies, body)
			return err
		})
	if err != nil {
		return nil, err
	}
	for _, body := range bodies {
		o, err := app.DecodeOutcome(body, r.keys())
		if err != nil {
			return nil, err
		}
		e, err := r.event(o, ref)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	if n := len(events); n > 0 && len(events[n-1].Cells) > 0 {
		events[n-1].New = true // what made the record did something to it, before all else
	}
	return events, nil
}

// event is what an outcome did to one of its records. The command is named
// only where it was given.
func (r *reader) event(o *app.Outcome, ref app.Ref) (app.Event, error) {
	e := app.Event{At: o.At, GSN: o.GSN, Device: o.Device, Seq: o.Seq, Author: o.Author, Verdict: o.Verdict, Say: o.Say}
	if o.Ref == ref {
		e.Command = o.Command
	}
	for _, effect := range o.Effects {
		if effect.Ref == ref {
			e.Cells = append(e.Cells, effect.Cells...)
		}
	}
	var err error
	e.Name, err = r.name(o.Author)
	return e, err
}
