// Package changerequest is the register of change requests (変更要求, 3.1.2): what is to
// be otherwise than agreed, why, and what that does. The contractor's leader checks one,
// the city approves it by a document; only then a version that differs from what was
// agreed on is published. Which version that is, and that it waits, is in app/document.
//
// Changes of systems on a day have their own procedure; here stands what changes an
// agreed document.
package changerequest

import "daicho/app"

// Kind is the kind of change requests.
const Kind app.Kind = "change_request"

// documentKind is that of app/document, which modules name and never import.
const documentKind app.Kind = "document"

// Request is one change that somebody asks for.
type Request struct {
	app.Head
	Title    string
	State    State
	Urgency  Urgency
	Document app.Ref
	Version  string // that it changes
	Before   string
	After    string
	Reason   string
	Impact   string // 影響分析
	Risk     string
	Source   app.Ref // the agreement or ticket that it came from

	By       app.Ref // who asks
	Asked    app.Day
	Checker  app.Ref // for the contractor
	Checked  app.Day
	Approver app.Ref // for the city
	Approved app.Day
	Letter   string // the city's number
	Reply    string // why it was declined or withdrawn
	Applied  string // the version that holds it
	On       app.Day
}

// State is where a request stands.
type State string

// The states.
const (
	Drafted   State = ""
	Submitted State = "submitted" // waits for the contractor
	Agreed    State = "agreed"    // and for the city
	Allowed   State = "approved"
	Done      State = "applied"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
)

// Urgency is the kind of change (ITIL).
type Urgency string

// The urgencies.
const (
	Normal    Urgency = ""
	Standard  Urgency = "standard"
	Emergency Urgency = "emergency"
)

// Permit is the city's approval.
type Permit struct{ Letter string }

// Reason is why a request is given up.
type Reason struct{ Reason string }

// Versions are the approved versions of a document, of which it asks another module.
type Versions func(a *app.Act, document app.Ref) ([]string, error)

func register(versions Versions) *app.Register[Request] {
	return Register.Can(
		app.Do("submit", "審査に回す", "Submit", submit(versions)).Saw("state"),
	)
}

// Register is the register of change requests, without the one command for which it
// must ask what versions a document has: [Module] adds that.
var Register = app.Describe(Kind, "変更要求", "Change requests",
	app.Text("title", "件名", "Title", func(r *Request) *string { return &r.Title }).Must().Search().Index(),
	app.One("state", "状態", "State", func(r *Request) *State { return &r.State }, app.First(Drafted, "drafted", "作成中", "Draft"), app.Is(Submitted, "事業者審査待ち", "Contractor checks"),
		app.Is(Agreed, "市承認待ち", "City approves"), app.Is(Allowed, "承認済", "Approved"), app.Is(Done, "反映済", "Applied"), app.Is(Declined, "不承認", "Declined"), app.Is(Withdrawn, "取下げ", "Withdrawn")).ByRule().Index(),
	app.One("urgency", "区分", "Kind of change", func(r *Request) *Urgency { return &r.Urgency }, app.First(Normal, "normal", "通常", "Normal"),
		app.Is(Standard, "標準", "Standard"), app.Is(Emergency, "緊急", "Emergency")).Index(),
	app.Link("document", "対象文書", "Document", documentKind, func(r *Request) *app.Ref { return &r.Document }).Must().Index(),
	app.Text("version", "対象の版", "Version", func(r *Request) *string { return &r.Version }).Must(),
	app.Long("before", "変更前", "Before", func(r *Request) *string { return &r.Before }).Must().Search().Seal(),
	app.Long("after", "変更後", "After", func(r *Request) *string { return &r.After }).Must().Search().Seal(),
	app.Long("reason", "理由", "Why", func(r *Request) *string { return &r.Reason }).Must().Search().Seal(),
	app.Long("impact", "影響分析", "Impact analysis", func(r *Request) *string { return &r.Impact }).Search().Seal(),
	app.Long("risk", "リスクと切戻し", "Risks and way back", func(r *Request) *string { return &r.Risk }).Search().Seal(),
	app.Link("source", "発端の記録", "Source", "", func(r *Request) *app.Ref { return &r.Source }),
	app.Link("by", "申請者", "Asked by", app.PersonKind, func(r *Request) *app.Ref { return &r.By }).ByRule().Index(),
	app.On("asked", "申請日", "Asked on", func(r *Request) *app.Day { return &r.Asked }).ByRule().Index(),
	app.Link("checker", "事業者の承認者", "Contractor", app.PersonKind, func(r *Request) *app.Ref { return &r.Checker }).ByRule(),
	app.On("checked", "事業者の承認日", "Checked on", func(r *Request) *app.Day { return &r.Checked }).ByRule(),
	app.Link("approver", "市の承認者", "City", app.PersonKind, func(r *Request) *app.Ref { return &r.Approver }).ByRule(),
	app.On("approved", "市の承認日", "Approved on", func(r *Request) *app.Day { return &r.Approved }).ByRule(),
	app.Text("letter", "市の文書番号", "The city's number", func(r *Request) *string { return &r.Letter }).ByRule().Search().Index(),
	app.Long("reply", "不承認・取下げの理由", "Why not", func(r *Request) *string { return &r.Reply }).ByRule().Seal(),
	app.Text("applied", "反映した版", "Applied in", func(r *Request) *string { return &r.Applied }).ByRule(),
	app.On("applied_on", "反映日", "Applied on", func(r *Request) *app.Day { return &r.On }).ByRule(),
).Clause("3.1.2").Rule(stands).Can(
	app.Do("agree", "事業者として承認する", "Agree for the contractor", agree).Saw("state"),
	app.Do("approve", "市として承認する", "Approve for the city", approve,
		app.Text("letter", "市の文書番号", "The city's number", func(p *Permit) *string { return &p.Letter }).Must()).Saw("state"),
	app.Do("decline", "承認しない", "Decline", decline,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state"),
	app.Do("withdraw", "取り下げる", "Withdraw", withdraw,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").Newest("asked"),
	app.Listed("check", "事業者審査待ち", "Contractor checks", app.Where("state", "=", string(Submitted))).By("asked"),
	app.Listed("approval", "市承認待ち", "City approves", app.Where("state", "=", string(Agreed))).By("asked"),
	app.Listed("unapplied", "承認済・未反映", "Approved, not applied", app.Where("state", "=", string(Allowed))).By("asked"),
	app.Listed("state", "状態別", "By state").Of("state").Newest("asked"),
	app.Listed("document", "文書別", "By document").Of("document").Newest("asked"),
)

// Module is what the product takes from this package.
func Module(versions Versions) app.Module {
	return app.Module{Name: "changerequest", Registers: []app.AnyRegister{register(versions)}}
}
