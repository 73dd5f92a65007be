// Package agreement is the register of consultations, agreements and requests
// (協議・合意・要望, clause 2.1.1), and of where each agreement was written down: what
// was agreed on goes into the document that it concerns, so that nobody has to look
// in two places (3.1.2). One that is not there after [Limit] business days is late.
//
// The letters by which people consult are documents; what was said in a meeting is
// its minutes. Here stands only what has to be answered or written down.
package agreement

import "daicho/app"

// Kind is the kind of entries.
const Kind app.Kind = "agreement"

// documentKind is that of app/document, which modules name and never import.
const documentKind app.Kind = "document"

// Agreement is one entry: something asked for, talked about, decided or agreed on.
type Agreement struct {
	app.Head
	Title      string
	Type       Type
	State      State
	Held       app.Day // 日付: it was said or agreed on
	Raised     Side
	City       string // who took part for the city
	Contractor string // and for the contractor
	Content    string
	Source     app.Ref // the minutes, or whatever it came from
	Paper      app.Ref // 合意文書
	Letter     string  // its number, also where the paper is the city's own
	Clause     string

	ReplyDue app.Day
	Answer   string
	Answered app.Day
	Result   app.Ref // the agreement that came of it

	ReflectBy     app.Day // last day on which an agreement may be missing in its document
	Target        app.Ref // 反映先文書
	TargetVersion string
	TargetPlace   string
	Reflected     app.Day

	Exemption       Exemption
	ExemptionReason string
	ExemptionBy     app.Ref // who asked
	ExemptionLetter string  // the city's number
	ExemptionReply  string  // why it was declined
}

// Type is what kind of entry it is.
type Type string

// The types. The last two have to be written into a document.
const (
	Request      Type = "request"
	Consultation Type = "consultation"
	Decision     Type = "decision"
	Agreed       Type = "agreement"
)

// Side is who brought it up.
type Side string

// The sides.
const (
	City       Side = "city"
	Contractor Side = "contractor"
)

// State is where an entry stands.
type State string

// The states.
const (
	Open      State = ""
	Held      State = "held" // answered, but not yet in the matter
	Answered  State = "answered"
	Concluded State = "concluded" // an agreement came of it
	Reflected State = "reflected"
	Exempted  State = "exempted"
	Withdrawn State = "withdrawn"
)

// Exemption is whether an agreement may stay out of every document.
type Exemption string

// The exemptions.
const (
	NotAsked Exemption = ""
	Asked    Exemption = "asked"
	Allowed  Exemption = "allowed"
	Declined Exemption = "declined"
)

// Reply is an answer to a request or a consultation.
type Reply struct {
	Answer string
	Hold   bool // 保留
}

// Conclusion is what was agreed on.
type Conclusion struct {
	Title   string
	Content string
	Letter  string
}

// Reflection is where an agreement was written down.
type Reflection struct {
	Document app.Ref
	Version  string
	Place    string
}

// Reason is why something is asked for, declined or given up.
type Reason struct{ Reason string }

// Permit is the city's decision that an agreement may stay out of every document.
type Permit struct{ Letter string }

func register(versions Versions) *app.Register[Agreement] {
	return Register.Can(
		app.Do("reflect", "文書に反映した", "Written down", reflect(versions),
			app.Link("document", "反映先文書", "Document", documentKind, func(r *Reflection) *app.Ref { return &r.Document }).Must(),
			app.Text("version", "版", "Version", func(r *Reflection) *string { return &r.Version }).Must(),
			app.Text("place", "箇所", "Place", func(r *Reflection) *string { return &r.Place }).Must()).Saw("state"),
	)
}

// Register is the register of entries, without the one command for which it must ask
// what versions a document has: [Module] adds that.
var Register = app.Describe(Kind, "協議・合意・要望", "Consultations and agreements",
	app.Text("title", "件名", "Title", func(r *Agreement) *string { return &r.Title }).Must().Search().Index().Seal(),
	app.One("type", "種別", "Type", func(r *Agreement) *Type { return &r.Type }, app.Is(Request, "要望", "Request"), app.Is(Consultation, "協議", "Consultation"),
		app.Is(Decision, "決定", "Decision"), app.Is(Agreed, "合意", "Agreement")).Must().Index(),
	app.One("state", "状態", "State", func(r *Agreement) *State { return &r.State },
		app.First(Open, "open", "未了", "Open"), app.Is(Held, "保留", "On hold"), app.Is(Answered, "回答済", "Answered"), app.Is(Concluded, "合意済", "Agreed on"),
		app.Is(Reflected, "反映済", "Written down"), app.Is(Exempted, "反映不要", "Exempted"), app.Is(Withdrawn, "取下げ", "Withdrawn")).ByRule().Index(),
	app.On("held", "日付", "Date", func(r *Agreement) *app.Day { return &r.Held }).Index(),
	app.One("raised", "発議", "Raised by", func(r *Agreement) *Side { return &r.Raised }, app.Is(City, "市", "City"), app.Is(Contractor, "事業者", "Contractor")).Must(),
	app.Text("city", "相手（市）", "For the city", func(r *Agreement) *string { return &r.City }).Search().Seal(),
	app.Text("contractor", "相手（事業者）", "For the contractor", func(r *Agreement) *string { return &r.Contractor }).Search().Seal(),
	app.Long("content", "内容", "Content", func(r *Agreement) *string { return &r.Content }).Must().Search().Seal(),
	app.Link("source", "発端の記録", "Source", "", func(r *Agreement) *app.Ref { return &r.Source }),
	app.Link("paper", "合意文書", "Document of it", documentKind, func(r *Agreement) *app.Ref { return &r.Paper }),
	app.Text("letter", "合意文書番号", "Document number", func(r *Agreement) *string { return &r.Letter }).Search().Index(),
	app.Text("clause", "条項", "Clause", func(r *Agreement) *string { return &r.Clause }).Search().Index(),
	app.On("reply_due", "回答期限", "Reply due", func(r *Agreement) *app.Day { return &r.ReplyDue }).Index(),
	app.Long("answer", "回答・結論", "Answer", func(r *Agreement) *string { return &r.Answer }).ByRule().Search().Seal(),
	app.On("answered", "回答日", "Answered", func(r *Agreement) *app.Day { return &r.Answered }).ByRule(),
	app.Link("result", "成立した合意", "Resulting agreement", Kind, func(r *Agreement) *app.Ref { return &r.Result }).ByRule(),
	app.On("reflect_by", "反映期限", "Write down by", func(r *Agreement) *app.Day { return &r.ReflectBy }).ByRule().Index().Clause("3.1.2"),
	app.Link("target", "反映先文書", "Written into", documentKind, func(r *Agreement) *app.Ref { return &r.Target }).ByRule(),
	app.Text("target_version", "反映先の版", "Its version", func(r *Agreement) *string { return &r.TargetVersion }).ByRule(),
	app.Text("target_place", "反映箇所", "Place in it", func(r *Agreement) *string { return &r.TargetPlace }).ByRule(),
	app.On("reflected", "反映日", "Written down on", func(r *Agreement) *app.Day { return &r.Reflected }).ByRule(),
	app.One("exemption", "反映不要の申請", "Exemption", func(r *Agreement) *Exemption { return &r.Exemption }, app.First(NotAsked, "none", "なし", "None"),
		app.Is(Asked, "申請中", "Asked for"), app.Is(Allowed, "承認", "Allowed"), app.Is(Declined, "不承認", "Declined")).ByRule().Index(),
	app.Long("exemption_reason", "反映不要の理由", "Why it is exempted", func(r *Agreement) *string { return &r.ExemptionReason }).ByRule().Seal(),
	app.Link("exemption_by", "反映不要の申請者", "Exemption asked by", app.PersonKind, func(r *Agreement) *app.Ref { return &r.ExemptionBy }).ByRule(),
	app.Text("exemption_letter", "市の文書番号", "The city's number", func(r *Agreement) *string { return &r.ExemptionLetter }).ByRule(),
	app.Long("exemption_reply", "認めない理由", "Why it was declined", func(r *Agreement) *string { return &r.ExemptionReply }).ByRule().Seal(),
).Clause("2.1.1", "3.1.2").Rule(settled).Rule(dated).Can(
	app.Do("answer", "回答する", "Answer", answer,
		app.Long("answer", "回答・結論", "Answer", func(r *Reply) *string { return &r.Answer }).Must().Seal(),
		app.Bool("hold", "保留とする", "Put on hold", func(r *Reply) *bool { return &r.Hold })).Saw("state"),
	app.Do("conclude", "合意として登録する", "Agree on it", conclude,
		app.Text("title", "件名", "Title", func(c *Conclusion) *string { return &c.Title }),
		app.Long("content", "合意した内容", "What was agreed on", func(c *Conclusion) *string { return &c.Content }).Must().Seal(),
		app.Text("letter", "合意文書番号", "Document number", func(c *Conclusion) *string { return &c.Letter })).Saw("state"),
	app.Do("exempt", "反映不要を申請する", "Ask for an exemption", exempt,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state", "exemption"),
	app.Do("allow", "反映不要を承認する", "Allow the exemption", allow,
		app.Text("letter", "市の文書番号", "The city's number", func(p *Permit) *string { return &p.Letter }).Must()).Saw("state", "exemption", "exemption_reason", "content"),
	app.Do("decline", "反映不要を認めない", "Decline the exemption", decline,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state", "exemption"),
	app.Do("withdraw", "取り下げる", "Withdraw", withdraw,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").Newest("held"),
	app.Listed("unreflected", "文書に未反映", "Not written down", app.Where("state", "=", string(Open)), app.Where("reflect_by", ">", int64(0))).By("reflect_by"),
	app.Listed("late", "反映の遅れ", "Late", app.Where("state", "=", string(Open)), app.Where("reflect_by", ">", int64(0)), app.Where("reflect_by", "<", app.Today)).By("reflect_by"),
	app.Listed("unanswered", "回答の遅れ", "Reply overdue", app.Where("state", "=", string(Open)), app.Where("reply_due", ">", int64(0)), app.Where("reply_due", "<", app.Today)).By("reply_due"),
	app.Listed("exemptions", "反映不要の申請", "Exemptions asked for", app.Where("exemption", "=", string(Asked))).By("reflect_by"),
	app.Listed("type", "種別", "By type").Of("type").Newest("held"),
	app.Listed("state", "状態別", "By state").Of("state").Newest("held"),
	app.Listed("clause", "条項別", "By clause").Of("clause").Newest("held"),
)

// Versions are the versions of a document that were approved on a day or later, of which
// it asks another module.
type Versions func(a *app.Act, document app.Ref, since app.Day) ([]string, error)

// Module is what the product takes from this package.
func Module(versions Versions) app.Module {
	return app.Module{Name: "agreement", Registers: []app.AnyRegister{register(versions)}}
}
