package tickets

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
	"daicho/ui/task"
	"daicho/ui/text"
)

// keyIntake works on every page: who takes a call does not look for a page first.
var keyIntake = ui.Key{Name: fyne.KeyH, Mod: fyne.KeyModifierControl | fyne.KeyModifierAlt}

// intakeFields are what somebody of the city passes on; the rest is asked by the
// helpdesk.
var intakeFields = []string{"title", "requester", "department"}

var (
	intakeName = app.Label{JA: "情報課直受け", EN: "Direct intake"}
	intakeSays = app.Label{JA: "情報課で受けた問い合わせを、ヘルプデスクへ引き継ぎます。", EN: "Hands an inquiry that City IT has taken over to the helpdesk."}
	handOver   = app.Label{JA: "引き継ぐ", EN: "Hand over"}
	handedOver = app.Label{JA: "%s を受け付け、ヘルプデスクへ引き継ぎました。", EN: "%s was taken and handed over to the helpdesk."}
)

// anywhere is what can be done with inquiries on every page.
func anywhere(h ui.Host) []ui.Action {
	return []ui.Action{{Label: intakeName, Icon: "phone", Key: keyIntake, Do: func() { takeDirectly(h) }}}
}

// intake is the card of three fields for a call that the city has taken. It stays
// until the inquiry is recorded.
type intake struct {
	host   ui.Host
	ticket *ticket.Ticket
	form   *kit.Form
	close  func()
	later  func() // stops the keeping that is due; nil: none is
	kept   bool   // as a draft of the register
	busy   bool
}

func takeDirectly(h ui.Host) {
	rec, err := h.Records().New(ticket.Kind)
	if err != nil {
		h.Say(kit.Late, h.Desk().Words.Error(err))
		return
	}
	in := &intake{host: h, ticket: rec.(*ticket.Ticket)}
	in.ticket.Channel = ticket.City
	in.show()
}

func (in *intake) show() {
	desk, words := in.host.Desk().Taking(ui.Ctrl(fyne.KeyReturn), in.send), in.host.Desk().Words
	in.form = kit.NewForm(desk, nil, in.model(), in.keepSoon)
	do := kit.NewButton(desk, kit.Primary, words.Of(handOver), ui.Ctrl(fyne.KeyReturn), in.send)
	leave := kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { in.close() })
	q := kit.NewQuestion(desk, words.Of(intakeName), "", words.Of(intakeSays), in.form, do, leave)
	q.Kept = in
	in.form.In(q.Body)
	in.close = in.host.Ask(q, q.Card())
	in.form.Focus()
}

// keepSoon keeps what was typed in a moment.
func (in *intake) keepSoon() {
	if in.later == nil {
		in.later = task.After(in.host.Desk().Tasks, kit.KeepPause, in.Keep)
	}
}

// Keep keeps what was typed as an inquiry that was begun: there it is found again
// after another person was at the desk.
func (in *intake) Keep() {
	in.stop()
	if in.kept = len(in.form.Typed()) > 0; in.kept {
		register.KeepDraft(in.host, ticket.Register, in.ticket, in.form.Unread())
	} else {
		register.ForgetDraft(in.host, in.ticket.Ref)
	}
}

// Closed forgets it: it was recorded, or nobody wants it.
func (in *intake) Closed() {
	if in.stop(); in.kept {
		register.ForgetDraft(in.host, in.ticket.Ref)
	}
}

func (in *intake) stop() {
	if in.later != nil {
		in.later()
		in.later = nil
	}
}

// model is the ticket with the three fields alone.
func (in *intake) model() *kit.RecordModel {
	hidden := map[string]bool{}
	for _, s := range ticket.Register.About().Fields {
		hidden[s.Name] = !slices.Contains(intakeFields, s.Name)
	}
	return &kit.RecordModel{Register: ticket.Register, Record: in.ticket, Lang: in.host.Desk().Words.Lang(), Hidden: hidden}
}

// send records the inquiry as it is now.
func (in *intake) send() {
	if in.busy || !in.form.Commit() {
		return
	}
	in.busy = true
	sent, records := *in.ticket, in.host.Records()
	task.Go(in.host.Desk().Tasks, func(ctx context.Context) error { return records.Save(ctx, &sent) }, func(err error) {
		in.busy = false
		words := in.host.Desk().Words
		switch {
		case err == nil:
			in.close()
			in.host.Say(kit.Good, fmt.Sprintf(words.Of(handedOver), sent.Number))
		case !in.form.Refuse(err):
			in.host.Say(kit.Late, words.Error(err))
		}
	})
}
