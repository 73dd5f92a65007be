// Package document is the register of numbered documents: the correspondence of
// clause 1.1.1, with who has received and read it, the key documents of 3.1.2 with
// their versions, and the way of a version from its author to the city's approval
// (2.1.1). How two versions differ in words is [daicho/app/compare]'s matter;
// who may read and write is the table of rights'.
package document

import (
	"slices"

	"daicho/app"
	"daicho/app/people"
)

// Kind is the kind of documents.
const Kind app.Kind = "document"

// Document is one numbered document with the revisions it has had.
type Document struct {
	app.Head
	Title        string
	Type         Type
	State        State
	Version      string  // of the last revision
	Current      app.Ref // the revision that was approved last; none: none, or from before there were any
	Project      string  // 案件
	Key          Key
	Sender       string
	Recipient    string
	Copies       string
	Issued       app.Day
	Received     app.Day
	ReplyDue     app.Day
	ReplyTo      app.Ref
	Answered     app.Day // when the first reply was issued
	AnsweredBy   []app.Ref
	Owner        string // 責任者
	Charge       string // 担当者
	ReviewOn     app.Day
	Approved     app.Day
	Published    app.Day
	Submitted    app.Day
	Secrecy      Secrecy
	Retention    Retention
	Completed    app.Day // 完結日: its years begin with the fiscal year after that
	ContractEnds app.Day // or after this, by its class
	Expires      app.Day // last day on which it is kept
	Held         bool    // 凍結: nobody disposes of it
	Disposed     app.Day
	Clause       string
	Related      []app.Ref
	Summary      string
	Revisions    []Line
	Files        []app.Blob
	Zone         app.Zone // that alone may hold it; empty: each
	Organisation app.Ref  // that alone reads it, with those who read all; none: everybody
}

// Line is one line of the revision table (改訂履歴) of 3.1.2.
type Line struct {
	Version string // 0.x draft, 1.0 approved, 1.1 minor, 2.0 major
	Date    app.Day
	Change  string
	Author  string
}

// Type is the kind of communication (R-1.1.1-1).
type Type string

// The types.
const (
	Notice    Type = "notice"
	Request   Type = "request"
	Reply     Type = "reply"
	Talk      Type = "consultation"
	Report    Type = "report"
	Minutes   Type = "minutes"
	Agreement Type = "agreement"
	Plan      Type = "plan"
	Design    Type = "design"
	Oral      Type = "oral" // what was said, on paper: R-1.1.1-3
)

// State is where a document stands.
type State string

// The states.
const (
	Registered State = "" // it came from elsewhere, or has had no revision here yet
	Drafted    State = "drafted"
	Reviewed   State = "reviewed" // a revision is on its way to approval
	Agreed     State = "approved"
	Issued     State = "published"
)

// Key says which of the documents that 3.1.2 names it is.
type Key string

// The key documents.
const (
	ProjectPlan    Key = "project_plan"
	SupportDesign  Key = "support_design"
	TestPlan       Key = "test_plan"
	MigrationPlan  Key = "migration_plan"
	OperationPlan  Key = "operation_plan"
	FailurePlan    Key = "failure_plan"
	ContinuityPlan Key = "continuity_plan"
	OtherKey       Key = "other"
)

// Secrecy is how a document is handled.
type Secrecy string

// The degrees (機密性, 総務省 地方公共団体における情報セキュリティポリシーに関するガイドライン).
const (
	Secret3 Secrecy = "3"
	Secret2 Secrecy = "2"
	Secret1 Secrecy = "1"
)

// Retention is how long a document is kept.
type Retention string

// The classes of retention.
const (
	Year1   Retention = "1"
	Years3  Retention = "3"
	Years5  Retention = "5"
	Years10 Retention = "10"
	Years30 Retention = "30"
	InUse   Retention = "in_use"

	Contract1  Retention = "contract_1"
	Contract3  Retention = "contract_3"
	Contract5  Retention = "contract_5"
	Contract10 Retention = "contract_10"
)

var types = []app.Option[Type]{
	app.Is(Notice, "通知", "Notice"), app.Is(Request, "依頼", "Request"), app.Is(Reply, "回答", "Reply"), app.Is(Talk, "協議", "Consultation"),
	app.Is(Report, "報告", "Report"), app.Is(Minutes, "議事録", "Minutes"), app.Is(Agreement, "合意書", "Agreement"),
	app.Is(Plan, "計画書", "Plan"), app.Is(Design, "設計書", "Design"), app.Is(Oral, "口頭連絡票", "Oral contact"),
}

// Register is the register of documents.
var Register = app.Describe(Kind, "文書", "Documents",
	app.Text("title", "文書名", "Title", func(d *Document) *string { return &d.Title }).Must().Search().Index(),
	app.One("type", "種別", "Type", func(d *Document) *Type { return &d.Type }, types...).Must().Index(),
	app.One("state", "状態", "State", func(d *Document) *State { return &d.State },
		app.First(Registered, "registered", "登録", "Registered"), app.Is(Drafted, "作成中", "Draft"), app.Is(Reviewed, "審査中", "In review"),
		app.Is(Agreed, "承認済", "Approved"), app.Is(Issued, "発行済", "Published")).ByRule().Index(),
	app.Text("version", "版", "Version", func(d *Document) *string { return &d.Version }).ByRule().Index(),
	app.Link("current", "現行版", "Current revision", RevisionKind, func(d *Document) *app.Ref { return &d.Current }).ByRule(),
	app.Text("project", "案件", "Project", func(d *Document) *string { return &d.Project }).Search(),
	app.One("key", "重要文書", "Key document", func(d *Document) *Key { return &d.Key },
		app.Is(ProjectPlan, "プロジェクト計画書", "Project plan"), app.Is(SupportDesign, "インフラサポート設計書", "Infrastructure support design"),
		app.Is(TestPlan, "テスト計画書", "Test plan"), app.Is(MigrationPlan, "移行計画書", "Migration plan"), app.Is(OperationPlan, "運用計画書", "Operation plan"),
		app.Is(FailurePlan, "障害対応計画書", "Failure response plan"), app.Is(ContinuityPlan, "事業継続計画", "Business continuity plan"),
		app.Is(OtherKey, "その他の重要文書", "Other key document")).Index().Clause("3.1.2"),
	app.Text("sender", "発信者", "Sender", func(d *Document) *string { return &d.Sender }).Search().Seal(),
	app.Text("recipient", "宛先", "Recipient", func(d *Document) *string { return &d.Recipient }).Search().Seal(),
	app.Text("copies", "写し", "Copies", func(d *Document) *string { return &d.Copies }).Search().Seal(),
	app.On("issued", "発行日", "Issued", func(d *Document) *app.Day { return &d.Issued }).Index(),
	app.On("received", "受領日", "Received", func(d *Document) *app.Day { return &d.Received }),
	app.On("reply_due", "回答期限", "Reply due", func(d *Document) *app.Day { return &d.ReplyDue }).Index(),
	app.Link("reply_to", "回答する文書", "In reply to", Kind, func(d *Document) *app.Ref { return &d.ReplyTo }),
	app.On("answered", "回答日", "Answered", func(d *Document) *app.Day { return &d.Answered }).ByRule().Index(),
	app.Links("answered_by", "回答文書", "Replies", func(d *Document) *[]app.Ref { return &d.AnsweredBy }).ByRule(),
	app.Text("owner", "責任者", "Owner", func(d *Document) *string { return &d.Owner }).Search().Index().Seal(),
	app.Text("charge", "担当者", "In charge", func(d *Document) *string { return &d.Charge }).Search().Seal(),
	app.On("review_on", "次回見直し", "Next review", func(d *Document) *app.Day { return &d.ReviewOn }).Index(),
	app.On("approved", "承認日", "Approved on", func(d *Document) *app.Day { return &d.Approved }).ByRule(),
	app.On("published", "公表日", "Published on", func(d *Document) *app.Day { return &d.Published }).ByRule().Index(),
	app.On("submitted", "提出日", "Submitted on", func(d *Document) *app.Day { return &d.Submitted }).ByRule().Index(),
	app.One("secrecy", "分類", "Classification", func(d *Document) *Secrecy { return &d.Secrecy },
		app.Is(Secret3, "機密性3（関係者限り）", "Secrecy 3"), app.Is(Secret2, "機密性2（取扱注意）", "Secrecy 2"), app.Is(Secret1, "機密性1", "Secrecy 1")),
	app.One("retention", "保存期間", "Retention", func(d *Document) *Retention { return &d.Retention },
		app.Is(Year1, "1年", "1 year"), app.Is(Years3, "3年", "3 years"), app.Is(Years5, "5年", "5 years"), app.Is(Years10, "10年", "10 years"),
		app.Is(Years30, "30年", "30 years"), app.Is(InUse, "常用", "While in use"),
		app.Is(Contract1, "契約終了後1年", "1 year after the contract"), app.Is(Contract3, "契約終了後3年", "3 years after the contract"),
		app.Is(Contract5, "契約終了後5年", "5 years after the contract"), app.Is(Contract10, "契約終了後10年", "10 years after the contract")).Index(),
	app.On("completed", "完結日", "Completed on", func(d *Document) *app.Day { return &d.Completed }).Index(),
	app.On("contract_ends", "契約終了日", "Contract ends", func(d *Document) *app.Day { return &d.ContractEnds }),
	app.On("expires", "保存期間満了日", "Kept until", func(d *Document) *app.Day { return &d.Expires }).ByRule().Index(),
	app.Bool("held", "凍結", "On hold", func(d *Document) *bool { return &d.Held }).ByRule().Index(),
	app.On("disposed", "廃棄日", "Disposed of", func(d *Document) *app.Day { return &d.Disposed }).ByRule().Index(),
	app.Text("clause", "条項", "Clause", func(d *Document) *string { return &d.Clause }).Search().Index(),
	app.Links("related", "関連する記録", "Related records", func(d *Document) *[]app.Ref { return &d.Related }),
	app.Long("summary", "概要", "Summary", func(d *Document) *string { return &d.Summary }).Search().Seal(),
	app.Rows("revisions", "改訂履歴", "Revisions", func(d *Document) *[]Line { return &d.Revisions },
		app.Text("version", "版", "Version", func(r *Line) *string { return &r.Version }).Must(),
		app.On("date", "日付", "Date", func(r *Line) *app.Day { return &r.Date }),
		app.Text("change", "変更内容", "Change", func(r *Line) *string { return &r.Change }),
		app.Text("author", "作成", "Author", func(r *Line) *string { return &r.Author }),
	).Search().Seal(),
	app.One("zone", "領域", "Zone", func(d *Document) *app.Zone { return &d.Zone }, app.Zones...),
	app.Link("organisation", "閲覧を限る組織", "Read by organisation", people.OrganisationKind, func(d *Document) *app.Ref { return &d.Organisation }),
	app.Files("files", "添付", "Files", func(d *Document) *[]app.Blob { return &d.Files }),
).Clause("1.1.1", "2.1.1", "3.1.2").Rule(retained).Rule(latest).Rule(keyed).Rule(byWorkflow).Rule(answers).Zoned(zone).Of(organisation).Can(
	app.Do("revise", "改訂案を作る", "Draft a revision", revise,
		app.One("level", "改訂の区分", "Level", func(r *Revise) *Level { return &r.Level }, levels...),
		app.Long("place", "変更箇所", "Where", func(r *Revise) *string { return &r.Place }).Seal(),
		app.Long("reason", "変更理由", "Why", func(r *Revise) *string { return &r.Reason }).Must().Seal()),
	app.Do("circulate", "供覧・配布する", "Circulate", circulate,
		app.Links("people", "宛先の人", "People", func(c *Circulate) *[]app.Ref { return &c.People }).Must(),
		app.One("form", "区分", "Form", func(c *Circulate) *Form { return &c.Form }, forms...),
		app.On("due", "期限", "Due", func(c *Circulate) *app.Day { return &c.Due })),
	app.Do("submit", "市に提出した", "Submitted to the city", submitted,
		app.On("day", "提出日", "Day", func(s *Submitted) *app.Day { return &s.Day }).Must()).Saw("published", "submitted"),
).Lists(
	app.Listed("all", "全て", "All").Newest("issued"),
	app.Listed("due", "回答期限あり", "Reply due", app.Where("reply_due", ">=", app.Today)).By("reply_due"),
	app.Listed("overdue", "回答の遅れ", "Reply overdue", app.Where("answered", "=", int64(0)), app.Where("reply_due", ">", int64(0)), app.Where("reply_due", "<", app.Today)).By("reply_due"),
	app.Listed("mine", "自分の文書", "Mine", app.Where("owner", "=", app.Me)).Newest("issued"),
	app.Listed("drafts", "未発行", "Not issued", app.Where("issued", "=", int64(0))),
	app.Listed("type", "種別", "By type").Of("type").Newest("issued"),
	app.Listed("state", "状態別", "By state").Of("state").Newest("issued"),
	app.Listed("clause", "条項別", "By clause").Of("clause").Newest("issued"),
	app.Listed("key", "重要文書", "Key documents", app.Where("key", "<>", "")).By("title"),
	app.Listed("stale", "見直しの遅れ", "Review overdue", app.Where("review_on", ">", int64(0)), app.Where("review_on", "<", app.Today)).By("review_on"),
	app.Listed("unsubmitted", "未提出", "Not submitted", app.Where("submitted", "=", int64(0)), app.Where("published", ">", int64(0))).By("published"),
	app.Listed("expired", "廃棄候補", "To be disposed of", app.Where("disposed", "=", int64(0)), app.Where("held", "=", int64(0)), app.Where("expires", ">", int64(0)), app.Where("expires", "<", app.Today)).By("expires"),
	app.Listed("frozen", "凍結中", "On hold", app.Where("held", "=", int64(1)), app.Where("disposed", "=", int64(0))).By("expires"),
	app.Listed("uncompleted", "完結日の未入力", "Not completed", app.Where("completed", "=", int64(0)), app.Where("disposed", "=", int64(0)), app.Where("issued", ">", int64(0))).By("issued"),
	app.Listed("disposed", "廃棄済", "Disposed of", app.Where("disposed", ">", int64(0))).Newest("disposed"),
)

// latest shows the version of the last line of the revision table.
func latest(_ *app.Act, _, after *Document) error {
	after.Version = ""
	if n := len(after.Revisions); n > 0 {
		after.Version = after.Revisions[n-1].Version
	}
	return nil
}

func zone(d *Document) app.Zone       { return d.Zone }
func organisation(d *Document) app.ID { return d.Organisation.ID }

// Stepped hears that a revision of a document has come from a step to another; a refusal
// keeps it where it was.
type Stepped func(a *app.Act, d *Document, r *Revision, from Step) error

// Module is what the product takes from this package. Revisions are refused a step
// that one of the others refuses.
func Module(discard Discard, others ...Stepped) app.Module {
	revisions := Revisions.Can().Rule(func(a *app.Act, before, after *Revision) error { return tell(a, before, after, others) })
	return app.Module{Name: "document", Registers: []app.AnyRegister{discarding(discard), revisions, Approvals, Flows, Delegations, Receipts}}
}

func tell(a *app.Act, before, after *Revision, others []Stepped) error {
	if before.IsNew() || before.State == after.State {
		return nil
	}
	d, err := documentAt(a, after.Document)
	for _, other := range others {
		if err != nil {
			return err
		}
		err = other(a, d, after, before.State)
	}
	return err
}

var (
	errIssued = app.Refuse(app.Forbidden, "issued", "版を作成した文書は、承認を受けてから、版の「発行する」で発行してください。", "a document with revisions is published by its approved revision alone")
	errTable  = app.Refuse(app.Forbidden, "revisions", "改訂履歴は、版の承認によって自動で書き加えられます。手では変更できません。", "the revision table is written by approvals")
	errType   = app.Refuse(app.Forbidden, "type", "審査中の文書と、承認済の版がある文書の種別は変更できません。承認経路が種別で決まるためです。", "the type says who approves; it is fixed while a version is in review, and after one was approved")
	errKey    = app.Refuse(app.Forbidden, "key", "審査中の文書と、承認済の版がある文書の「重要文書」は外せません。合意と異なる版の発行に、変更要求が必要なためです。", "a document stays a key document while a version is in review, and after one was approved: what differs from that needs a change request")
	errBefore = app.Refuse(app.Invalid, "day", "提出日が公表日より前です。日付を確認してください。", "it was submitted before it was published")
	errAhead  = app.Refuse(app.Invalid, "day", "提出日が現在より後です。日付を確認してください。", "the day lies in the future; look at it")
	errUnborn = app.Refuse(app.Stale, "published", "まだ発行されていない文書は提出できません。承認を受けて発行してから、提出日を入力してください。", "it is not published; have it approved and publish it first")
)

// byWorkflow refuses what would go round approval: of a document that has
// revisions, only the acts on these issue it and write its revision table, and its type
// stays while they go the way of that type, and after.
func byWorkflow(a *app.Act, before, after *Document) error {
	switch {
	case before.State == Registered || a.Own() != after.Ref:
		return nil
	case before.Issued != after.Issued:
		return errIssued
	case !slices.Equal(before.Revisions, after.Revisions):
		return errTable
	case before.Type != after.Type && (before.State == Reviewed || !before.Current.IsZero()):
		return errType
	}
	return nil
}

// keyed lets no key document be taken out of that list, be it for a while, once a
// version of it was agreed on: it would be published without a change request (3.1.2).
func keyed(_ *app.Act, before, after *Document) error {
	agreed := before.State == Reviewed || len(before.approved()) > 0
	if agreed && before.Key != "" && after.Key == "" {
		return errKey
	}
	return nil
}

// answers notes in the document that this one replies to when it was issued, and takes
// that back where it replies to another one by now: else the first would count as
// answered for ever.
func answers(a *app.Act, before, after *Document) error {
	was, is := before.replied(), after.replied()
	if was == is {
		return nil
	}
	if err := unanswer(a, was, after.Ref); err != nil || is.IsZero() {
		return err
	}
	asked, err := documentAt(a, is)
	if err != nil || asked.Disposed != 0 {
		return err
	}
	if asked.Answered == 0 || after.Issued < asked.Answered {
		asked.Answered = after.Issued
	}
	asked.AnsweredBy = append(asked.AnsweredBy, after.Ref)
	a.Save(asked)
	return nil
}

// replied is the document that this one answers; none before it was issued.
func (d *Document) replied() app.Ref {
	if d.Issued == 0 {
		return app.Ref{}
	}
	return d.ReplyTo
}

// unanswer takes a reply away from a document. The first of those that are left counts.
func unanswer(a *app.Act, ref, reply app.Ref) error {
	if ref.IsZero() {
		return nil
	}
	asked, err := documentAt(a, ref)
	if err != nil || asked.Disposed != 0 {
		return err
	}
	asked.Answered = 0
	asked.AnsweredBy = slices.DeleteFunc(slices.Clone(asked.AnsweredBy), func(r app.Ref) bool { return r == reply })
	for _, other := range asked.AnsweredBy {
		d, err := documentAt(a, other)
		if err != nil {
			return err
		}
		if d.Issued != 0 && (asked.Answered == 0 || d.Issued < asked.Answered) {
			asked.Answered = d.Issued
		}
	}
	a.Save(asked)
	return nil
}

// Submitted is when the city was given a document.
type Submitted struct{ Day app.Day }

func submitted(a *app.Act, d *Document, in Submitted) error {
	switch {
	case d.Published == 0:
		return errUnborn
	case in.Day < d.Published:
		return errBefore
	case in.Day > day(a.At): // it would leave the list of what the city was not given
		return errAhead
	}
	d.Submitted = in.Day
	return nil
}
