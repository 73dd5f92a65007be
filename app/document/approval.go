package document

import "daicho/app"

// ApprovalKind is the kind of approvals.
const ApprovalKind app.Kind = "approval"

// Approval is what one person said to a revision at one step. The change that made
// it is signed by his device, over the hash of what he saw.
type Approval struct {
	app.Head
	Revision app.Ref
	Document app.Ref
	Version  string
	Step     Step
	Verdict  Verdict
	By       app.Ref
	For      app.Ref // who had delegated it; none: nobody
	At       app.Stamp
	Station  string // short name of the device
	Hash     string
	Reason   string
}

// Verdict is what somebody says to a revision.
type Verdict string

// The verdicts.
const (
	Sent Verdict = "sent" // by the author
	Yes  Verdict = "approved"
	No   Verdict = "returned"
)

// Approvals is the register of approvals: rules alone write it.
var Approvals = app.Describe(ApprovalKind, "承認記録", "Approvals",
	app.Link("revision", "版", "Revision", RevisionKind, func(p *Approval) *app.Ref { return &p.Revision }).ByRule().Index(),
	app.Link("document", "文書", "Document", Kind, func(p *Approval) *app.Ref { return &p.Document }).ByRule().Index(),
	app.Text("version", "版", "Version", func(p *Approval) *string { return &p.Version }).ByRule(),
	app.One("step", "段階", "Step", func(p *Approval) *Step { return &p.Step },
		app.First(Draft, "author", "作成", "Author"), app.Is(Review1, "1次レビュー", "First review"), app.Is(Review2, "2次レビュー", "Second review"),
		app.Is(Vendor, "事業者承認", "Contractor"), app.Is(City, "市承認", "City")).ByRule().Index(),
	app.One("verdict", "結果", "Verdict", func(p *Approval) *Verdict { return &p.Verdict },
		app.Is(Sent, "回付", "Submitted"), app.Is(Yes, "承認", "Approved"), app.Is(No, "差戻し", "Returned")).ByRule().Index(),
	app.Link("by", "承認した者", "By", app.PersonKind, func(p *Approval) *app.Ref { return &p.By }).ByRule().Index(),
	app.Link("for", "委任した者", "For", app.PersonKind, func(p *Approval) *app.Ref { return &p.For }).ByRule(),
	app.At("at", "日時", "At", func(p *Approval) *app.Stamp { return &p.At }).ByRule().Index(),
	app.Text("station", "端末", "Device", func(p *Approval) *string { return &p.Station }).ByRule(),
	app.Text("hash", "内容の照合値", "Hash of the content", func(p *Approval) *string { return &p.Hash }).ByRule(),
	app.Long("reason", "理由", "Why", func(p *Approval) *string { return &p.Reason }).ByRule().Seal(),
).Clause("1.1.1", "2.1.1", "3.1.2").Within(func(p *Approval) app.Ref { return p.Document }).ErasedWith(func(p *Approval) app.Ref { return p.Document }).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("by", "承認した者別", "By person").Of("by").Newest("at"),
)

// FlowKind is the kind of approval flows.
const FlowKind app.Kind = "approval_flow"

// Flow says which steps the revisions of one type of documents, or of all, pass.
// The newest counts; without any, all four, and of minutes the last two.
type Flow struct {
	app.Head
	Type    Type    // empty: every type without a flow of its own
	Of      app.Ref // the type, for links
	Review1 bool
	Review2 bool
	Vendor  bool
	City    bool
	Days    int // each step may take
	Reason  string
}

// Flows is the register of approval flows.
var Flows = app.Describe(FlowKind, "承認経路", "Approval flows",
	app.One("type", "文書の種別", "Type of documents", func(f *Flow) *Type { return &f.Type }, types...).Index(),
	app.Link("of", "対象", "Of", typeKind, func(f *Flow) *app.Ref { return &f.Of }).ByRule(),
	app.Bool("review1", "1次レビュー", "First review", func(f *Flow) *bool { return &f.Review1 }),
	app.Bool("review2", "2次レビュー", "Second review", func(f *Flow) *bool { return &f.Review2 }),
	app.Bool("vendor", "事業者承認", "Contractor's approval", func(f *Flow) *bool { return &f.Vendor }),
	app.Bool("city", "市承認", "City's approval", func(f *Flow) *bool { return &f.City }),
	app.Int("days", "各段階の日数", "Days for each step", func(f *Flow) *int { return &f.Days }).Range(1, 90),
	app.Long("reason", "理由（合意文書の番号）", "Why", func(f *Flow) *string { return &f.Reason }).Must().Search().Seal(),
).Clause("1.1.1", "2.1.1", "3.1.2").Rule(whole).Lists(app.Listed("all", "全て", "All").By("type"))

// DelegationKind is the kind of delegations.
const DelegationKind app.Kind = "delegation"

// Delegation lets one person do a step for another for some days.
type Delegation struct {
	app.Head
	From      app.Ref
	To        app.Ref
	Step      Step
	Since     app.Day // the first day, in Tokyo
	Until     app.Day // the last
	Reason    string
	RevokedAt app.Stamp
}

// Delegations is the register of delegations.
var Delegations = app.Describe(DelegationKind, "承認の委任", "Delegations",
	app.Link("delegator", "委任する者", "From", app.PersonKind, func(d *Delegation) *app.Ref { return &d.From }).ByRule().Index(),
	app.Link("delegate", "受ける者", "To", app.PersonKind, func(d *Delegation) *app.Ref { return &d.To }).Must().Index(),
	app.One("step", "段階", "Step", func(d *Delegation) *Step { return &d.Step }, app.Is(Review1, "1次レビュー", "First review"),
		app.Is(Review2, "2次レビュー", "Second review"), app.Is(Vendor, "事業者承認", "Contractor"), app.Is(City, "市承認", "City")).Must().Index(),
	app.On("since", "開始日", "From day", func(d *Delegation) *app.Day { return &d.Since }).Must().Index(),
	app.On("until", "終了日", "Until", func(d *Delegation) *app.Day { return &d.Until }).Must().Index(),
	app.Long("reason", "理由", "Why", func(d *Delegation) *string { return &d.Reason }).Must().Seal(),
	app.At("revoked", "取消日時", "Revoked", func(d *Delegation) *app.Stamp { return &d.RevokedAt }).ByRule().Index(),
).Clause("1.1.1", "2.1.1").Rule(delegated).Can(
	app.Do("revoke", "委任を取り消す", "Revoke", takeBack).Saw("revoked"),
).Lists(app.Listed("all", "全て", "All").Newest("since"))
