package intake

import (
	"context"
	"errors"

	"daicho/app"
	"daicho/app/letter"
	register "daicho/app/notice"
	"daicho/app/serve/notice"
	"daicho/app/ticket"
	"daicho/store"
)

// answerWithin is how long after a mail its receipt is still made, in milliseconds:
// what a server did not manage in two days a person has long answered.
const answerWithin = 48 * 3_600_000

// Answer makes the receipts of tickets that have their official number by now. Each
// is made once, since its notice tells of the ticket. One that fails keeps no other back.
func (in *Intake) Answer(ctx context.Context) error {
	since := app.StampOf(in.Now()) - answerWithin
	list, _, err := in.Replica.List(ctx, letter.Kind, app.Query{
		Where: []app.Cond{app.Where("outcome", "=", string(letter.Opened)), app.Where("received", ">", int64(since))}, Sort: "received", Limit: 1000})
	if err != nil {
		return err
	}
	for _, rec := range list {
		if l := rec.(*letter.Letter); l.ReplyTo != "" {
			err = errors.Join(err, in.answer(ctx, l))
		}
	}
	return err
}

func (in *Intake) answer(ctx context.Context, l *letter.Letter) error {
	made, err := in.first(ctx, register.Kind, "about", l.Ticket.String())
	if err != nil || !made.IsZero() {
		return err
	}
	rec, err := in.Replica.Get(ctx, l.Ticket)
	if err != nil {
		return err
	}
	t := rec.(*ticket.Ticket)
	if t.GSN == 0 {
		return nil // the server has not given one yet
	}
	return in.Replica.Write(ctx, in.Replica.Actor(), func(tx *store.Tx) error {
		rec, err := tx.Draft(register.Kind)
		if err != nil {
			return err
		}
		n := rec.(*register.Notice)
		n.About, n.Way, n.To = l.Ticket, register.Mail, l.ReplyTo
		n.MessageID, n.InReplyTo = notice.MessageID(n.Ref.ID, in.From), l.MessageID
		notice.Receipt(n, t.Number, t.Title, t.Body, l.Received.Time())
		return tx.Save(n)
	})
}
