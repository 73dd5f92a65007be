// Package letter is the register of mails that came in, with the raw mail kept, and
// of those that are held because nobody may see them or nothing could be made of
// them. Fetching and reading mail is not here: the server's intake does that, and
// what became of a mail is a ticket or an entry of one.
package letter

import "daicho/app"

// The kinds: of mails that came in, and of what is held of them.
const (
	Kind     app.Kind = "letter"
	HeldKind app.Kind = "held_letter"
)

// Letter is one mail that came in.
type Letter struct {
	app.Head
	Key       string // of its content: a mail fetched again has the same one
	MessageID string
	From      string
	Subject   string
	Received  app.Stamp
	Outcome   Outcome
	Why       Why
	Ticket    app.Ref // it became, or belongs to
	ReplyTo   string  // whom a receipt goes to once the ticket has a number; empty: nobody
	Protected []string
	Raw       []app.Blob // the mail as it came; none where it is held
}

// Outcome is what became of a mail.
type Outcome string

// The outcomes.
const (
	Opened  Outcome = "opened"  // a ticket of its own
	Entered Outcome = "entered" // an entry of a ticket
	Ignored Outcome = "ignored" // kept, and nothing done: it goes in a circle, or reports on our own mail
	Held    Outcome = "held"    // a person must look
)

// Why says why a mail was ignored or held.
type Why string

// The reasons.
const (
	NoReason   Why = ""
	Circle     Why = "circle"
	Flood      Why = "flood"
	Unreadable Why = "unreadable"
	TooLarge   Why = "too_large"
	Refused    Why = "refused"
	MyNumber   Why = "my_number"
)

var whys = []app.Option[Why]{
	app.Is(Circle, "循環するメール", "Goes in a circle"), app.Is(Flood, "短時間に多数", "Too many at once"), app.Is(Unreadable, "メールとして読めない", "No mail"),
	app.Is(TooLarge, "大きすぎる", "Too large"), app.Is(Refused, "台帳が受け付けない", "Refused by the register"), app.Is(MyNumber, "個人番号を含む", "Holds an individual number"),
}

// Register is the register of mails that came in.
var Register = app.Describe(Kind, "受信メール", "Mails received",
	app.Text("title", "件名", "Subject", func(l *Letter) *string { return &l.Subject }).Search().Index().Seal(),
	app.Text("from", "差出人", "From", func(l *Letter) *string { return &l.From }).Search().Seal(),
	app.At("received", "受信日時", "Received", func(l *Letter) *app.Stamp { return &l.Received }).Index(),
	app.One("outcome", "処理", "Outcome", func(l *Letter) *Outcome { return &l.Outcome },
		app.Is(Opened, "起票", "Ticket opened"), app.Is(Entered, "経過に追加", "Entered"), app.Is(Ignored, "対応なし", "Nothing done"), app.Is(Held, "要確認", "To be looked at")).Must().Index(),
	app.One("why", "理由", "Why", func(l *Letter) *Why { return &l.Why }, whys...).Index(),
	app.Link("ticket", "問い合わせ", "Ticket", "ticket", func(l *Letter) *app.Ref { return &l.Ticket }).Index(),
	app.Text("reply_to", "受付通知の宛先", "Receipt to", func(l *Letter) *string { return &l.ReplyTo }).Seal(),
	app.Tags("protected", "パスワード付き添付", "Protected files", func(l *Letter) *[]string { return &l.Protected }).Seal(),
	app.Text("key", "識別子", "Key", func(l *Letter) *string { return &l.Key }).Must().Index(),
	app.Text("message_id", "Message-ID", "Message-ID", func(l *Letter) *string { return &l.MessageID }).Index(),
	app.Files("raw", "原本", "Original", func(l *Letter) *[]app.Blob { return &l.Raw }),
).Clause("3.3.1").Rule(once).Lists(
	app.Listed("all", "全て", "All").Newest("received"),
	app.Listed("held", "要確認", "To be looked at", app.Where("outcome", "=", string(Held))).Newest("received"),
	app.Listed("outcome", "処理別", "By outcome").Of("outcome").Newest("received"),
)

// once keeps what came as it came.
func once(_ *app.Act, before, _ *Letter) error {
	if !before.IsNew() {
		return app.Refuse(app.Forbidden, "", "受信メールの記録は変更できません。", "a mail that came in is never changed")
	}
	return nil
}

// Withheld is what is kept of a mail apart from it, since few may see it.
type Withheld struct {
	app.Head
	Letter app.Ref
	Why    Why
	Text   string // before anything was masked
	Held   app.Stamp
	Raw    []app.Blob
}

// HeldRegister is the register of what is held. Its records can be erased.
var HeldRegister = app.Describe(HeldKind, "隔離メール", "Mails held apart",
	app.Link("letter", "受信メール", "Mail", Kind, func(w *Withheld) *app.Ref { return &w.Letter }).Must().Index(),
	app.One("why", "理由", "Why", func(w *Withheld) *Why { return &w.Why }, whys...).Must().Index(),
	app.Long("text", "本文", "Text", func(w *Withheld) *string { return &w.Text }).Seal(),
	app.At("held", "隔離日時", "Held since", func(w *Withheld) *app.Stamp { return &w.Held }).Index(),
	app.Files("raw", "原本", "Original", func(w *Withheld) *[]app.Blob { return &w.Raw }),
).Clause("3.3.1").Rule(heldOnce).Lists(
	app.Listed("all", "全て", "All").Newest("held"),
)

func heldOnce(_ *app.Act, before, _ *Withheld) error {
	if !before.IsNew() {
		return app.Refuse(app.Forbidden, "", "隔離したメールは変更できません。", "a mail that is held is never changed")
	}
	return nil
}

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "letter", Registers: []app.AnyRegister{Register, HeldRegister}}
}
