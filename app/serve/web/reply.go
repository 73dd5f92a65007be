package web

import (
	"context"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/store"
)

var errEmpty = app.Refuse(app.Invalid, "text", "伝えたいことがありません。入力してから送信してください。", "nothing was written; write what to tell, then send it")

// more is the field for what a requester still has to say.
func more(t *ticket.Ticket) field {
	f := field{ID: "text", Label: "ヘルプデスクへ伝えること", Must: true, Long: true, Auto: "off", Max: 4000, Hint: "個人番号（マイナンバー）は書かないでください。"}
	if t.State == ticket.Closed {
		f.Label = "解決していないこと"
	}
	return f
}

// words are what somebody says of an inquiry, by which form.
type words struct {
	text  string
	nonce []byte
}

// take confirms that number and word arrived.
func (d *Desk) take(tx *store.Tx, s *ticket.Slip, _ *ticket.Ticket, _ words) (string, error) {
	return "受付票の受領を確認しました。", tx.Do(s, "take", nil)
}

// confirm says that the matter is done.
func (d *Desk) confirm(tx *store.Tx, _ *ticket.Slip, t *ticket.Ticket, _ words) (string, error) {
	args := app.Doc(nil).Patch([]app.Cell{{Field: "who", Now: app.TextValue(t.Requester)}})
	return "完了を確認しました。ありがとうございました。", tx.Do(t, "confirm", args)
}

// again says that it is not: the inquiry goes back to the helpdesk.
func (d *Desk) again(tx *store.Tx, _ *ticket.Slip, t *ticket.Ticket, w words) (string, error) {
	told, err := d.tell(tx, t, w)
	if err == nil && !told {
		err = tx.Do(t, "return", nil)
	}
	return "解決していないことをヘルプデスクへ伝えました。", err
}

// add tells the helpdesk something.
func (d *Desk) add(tx *store.Tx, _ *ticket.Slip, t *ticket.Ticket, w words) (string, error) {
	_, err := d.tell(tx, t, w)
	return "ヘルプデスクへ伝えました。", err
}

// tell hands on what somebody wrote.
func (d *Desk) tell(tx *store.Tx, t *ticket.Ticket, w words) (already bool, err error) {
	f := more(t)
	if in := (fill{Values: map[string][]string{f.ID: {w.text}}}).check([]field{f}); len(in.Faults) > 0 && w.text != "" {
		return false, app.Refuse(app.Invalid, f.ID, in.Faults[0].Says, "the text is too long")
	}
	if w.text == "" {
		return false, errEmpty
	}
	return d.enter(tx, t, w)
}

// enter writes an entry of the course, unless the same form entered it already.
func (d *Desk) enter(tx *store.Tx, t *ticket.Ticket, w words) (already bool, err error) {
	n := ticket.Notes.Draft(d.forms.noteID(w.nonce, t.Ref.ID, w.text))
	if _, err := tx.Get(n.Ref); !app.IsCode(err, app.NotFound) {
		return err == nil, err
	}
	n.About, n.From, n.Way, n.At, n.Text = t.Ref, t.Requester, ticket.Web, app.StampOf(d.Now()), w.text
	return false, tx.Save(n)
}

// course is what requester and helpdesk said to each other; what the helpdesk notes for
// itself is not among it.
func (d *Desk) course(ctx context.Context, t *ticket.Ticket) (all []entry, err error) {
	notes, err := app.Every(ctx, d.Replica, ticket.Notes, app.Query{Where: []app.Cond{app.Where("about", "=", t.Ref.String())}, Sort: "at", Limit: 200})
	for _, n := range notes {
		switch {
		case n.Sort == ticket.Answered:
			all = append(all, entry{n.At, "ヘルプデスクの回答", n.Text})
		case n.Sort == ticket.Remark && n.Way == ticket.Web:
			all = append(all, entry{n.At, "あなたから", n.Text})
		}
	}
	return all, err
}
