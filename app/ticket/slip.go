package ticket

import "daicho/app"

// SlipKind is the kind of receipts of the web desk.
const SlipKind app.Kind = "ticket_slip"

// Slip is what somebody looks an inquiry up by that he made without an account
// (受付票): its number, and a word that only he was told. The word itself is nowhere.
type Slip struct {
	app.Head
	About app.Ref
	First string    // the number that stood on the receipt: 仮-… where there was no other yet
	Form  string    // the form that was sent: the same one sent twice is one inquiry
	Proof string    // what the word is checked against
	Taken app.Stamp // he confirmed that he holds number and word
}

// Slips is the register of them.
var Slips = app.Describe(SlipKind, "Web受付票", "Web receipts",
	app.Link("about", "問い合わせ", "Ticket", Kind, func(s *Slip) *app.Ref { return &s.About }).Must().Index(),
	app.Text("first", "受付時の番号", "Number at first", func(s *Slip) *string { return &s.First }).Must().Index(),
	app.Text("form", "受付画面の識別子", "Form", func(s *Slip) *string { return &s.Form }).Must().Index(),
	app.Text("proof", "合言葉の照合値", "Proof of the word", func(s *Slip) *string { return &s.Proof }).Must(),
	app.At("taken", "受領確認", "Confirmed", func(s *Slip) *app.Stamp { return &s.Taken }).ByRule(),
).Clause("3.3.1").Rule(slipped).Can(
	app.Do("take", "受領を確認する", "Confirm receipt", take).Saw("taken"),
).Lists(app.Listed("all", "全て", "All").Newest("first"))

// slipped keeps a slip as it was handed out.
func slipped(_ *app.Act, before, after *Slip) error {
	if !before.IsNew() && (before.About != after.About || before.First != after.First || before.Form != after.Form || before.Proof != after.Proof) {
		return app.Refuse(app.Forbidden, "", "受付票は変更できません。", "a receipt is never changed")
	}
	return nil
}

// take may come twice: who presses again has confirmed already.
func take(a *app.Act, s *Slip, _ struct{}) error {
	if s.Taken == 0 {
		s.Taken = a.At
	}
	return nil
}
