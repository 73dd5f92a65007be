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
		if err != nil || len(applied) == 0 {
			return err
		}
		upto, err := r.lacks(ref)
		applied[len(applied)-1].New = upto == 0
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
			bodies, events = append(bodies, body), append(events, app.Event{})
			return err
		})
	for i, body := range bodies {
		if err == nil {
			err = r.tell(&events[i], body, ref)
		}
	}
	return events, err
}

// tell fills an event with what an outcome did to one of its records. The
// command is named only where it was given.
func (r *reader) tell(e *app.Event, body []byte, ref app.Ref) error {
	o, err := app.DecodeOutcome(body, r.keys())
	if err != nil {
		return err
	}
	e.At, e.Err, e.Claimed, e.GSN, e.Device, e.Seq = o.At, o.Err, o.Claimed, o.GSN, o.Device, o.Seq
	e.Author, e.Verdict, e.Say = o.Author, o.Verdict, o.Say
	if o.Ref == ref {
		e.Command = o.Command
	}
	for _, effect := range o.Effects {
		if effect.Ref == ref {
			e.Cells = append(e.Cells, effect.Told()...)
		}
	}
	e.Name, err = r.name(o.Author)
	return err
}
