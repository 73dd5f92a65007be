package app

// Dismissal is what a person decided about a change that the server did not
// take: to be done with it. The change itself stays in the journal of its
// device and at the server; this is how everybody else hears that it was given
// up, by whom and why.
type Dismissal struct {
	Head
	About   Ref    // the record that the change was of
	Device  string // that made the change, 32 hexadecimal digits
	Seq     int64  // of the change on that device
	Command string // empty: it was an edit
	Said    Say
	WhyJA   string // what the server said
	WhyEN   string
	Reason  string // of the person; may be empty
	By      Ref
	At      Stamp
}

// Say is how a change was not taken.
type Say string

// The ways in which a change is not taken.
const (
	SaidRejected    Say = Say(Rejected)
	SaidQuarantined Say = Say(Quarantined)
)

// DismissalKind is the kind of dismissals.
const DismissalKind Kind = "dismissal"

// Dismissals is the register of them. It answers 「変更履歴…版数管理」 of 3.1.2:
// nothing that somebody entered disappears without a trace.
var Dismissals = Describe(DismissalKind, "差し戻しの取下げ", "Dismissed changes",
	Link("about", "対象", "Record", "", func(d *Dismissal) *Ref { return &d.About }).Must().Index(),
	Text("device", "端末", "Device", func(d *Dismissal) *string { return &d.Device }).Must(),
	Int("seq", "変更の番号", "Number of the change", func(d *Dismissal) *int64 { return &d.Seq }).Must(),
	Text("command", "操作", "Command", func(d *Dismissal) *string { return &d.Command }),
	One("said", "判定", "Verdict", func(d *Dismissal) *Say { return &d.Said },
		Is(SaidRejected, "差し戻し", "Refused"), Is(SaidQuarantined, "保留", "Held back")).Must(),
	Text("why_ja", "差し戻しの理由", "Why it was refused", func(d *Dismissal) *string { return &d.WhyJA }).Seal(),
	Text("why_en", "差し戻しの理由（英語）", "Why refused (English)", func(d *Dismissal) *string { return &d.WhyEN }).Seal(),
	Long("reason", "取下げの理由", "Why it was dismissed", func(d *Dismissal) *string { return &d.Reason }).Seal(),
	Link("by", "取り下げた人", "Dismissed by", PersonKind, func(d *Dismissal) *Ref { return &d.By }).ByRule(),
	At("at", "取下げ日時", "Dismissed at", func(d *Dismissal) *Stamp { return &d.At }).ByRule().Index(),
).Clause("3.1.2").Within(func(d *Dismissal) Ref { return d.About }).Rule(dismissOwn).Lists(
	Listed("all", "全て", "All").Newest("at"),
)

// dismissOwn lets a device give up its own changes alone, each decision for good.
func dismissOwn(a *Act, before, after *Dismissal) error {
	switch {
	case !before.IsNew():
		return Refuse(Forbidden, "", "取下げの記録は変更できません。", "a dismissal is never changed")
	case after.Device != a.change.Device.String(), after.Seq < 1, uint64(after.Seq) >= a.change.Seq:
		return Refuse(Forbidden, "seq", "取り下げられるのは、この端末で行った変更だけです。変更を行った端末で操作してください。",
			"only a change that was made on this device can be dismissed here; do it on the device that made it")
	}
	after.By, after.At = personRef(a.Actor.ID), a.At
	return nil
}
