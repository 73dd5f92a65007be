// Package document is the register of numbered documents and their revisions
// (clauses 1.1.1, 2.1.1 and 3.1.2 of the city's specification). Review and
// approval by several people are not here.
package document

import (
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
	Version      string // of the last revision
	Sender       string
	Recipient    string
	Issued       app.Day
	ReplyDue     app.Day
	Owner        string
	Summary      string
	Revisions    []Revision
	Files        []app.Blob
	Zone         app.Zone // that alone may hold it; empty: each
	Organisation app.Ref  // that alone reads it, with those who read all; none: everybody
}

// Revision is one line of the revision table (改訂履歴) of 3.1.2.
type Revision struct {
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
)

// Register is the register of documents.
var Register = app.Describe(Kind, "文書", "Documents",
	app.Text("title", "文書名", "Title", func(d *Document) *string { return &d.Title }).Must().Search().Index(),
	app.One("type", "種別", "Type", func(d *Document) *Type { return &d.Type },
		app.Is(Notice, "通知", "Notice"), app.Is(Request, "依頼", "Request"), app.Is(Reply, "回答", "Reply"), app.Is(Talk, "協議", "Consultation"),
		app.Is(Report, "報告", "Report"), app.Is(Minutes, "議事録", "Minutes"), app.Is(Agreement, "合意書", "Agreement"),
		app.Is(Plan, "計画書", "Plan"), app.Is(Design, "設計書", "Design")).Must().Index(),
	app.Text("version", "版", "Version", func(d *Document) *string { return &d.Version }).ByRule().Index(),
	app.Text("sender", "発信者", "Sender", func(d *Document) *string { return &d.Sender }).Search().Seal(),
	app.Text("recipient", "宛先", "Recipient", func(d *Document) *string { return &d.Recipient }).Search().Seal(),
	app.On("issued", "発行日", "Issued", func(d *Document) *app.Day { return &d.Issued }).Index(),
	app.On("reply_due", "回答期限", "Reply due", func(d *Document) *app.Day { return &d.ReplyDue }).Index(),
	app.Text("owner", "責任者", "Owner", func(d *Document) *string { return &d.Owner }).Search().Index().Seal(),
	app.Long("summary", "概要", "Summary", func(d *Document) *string { return &d.Summary }).Search().Seal(),
	app.Rows("revisions", "改訂履歴", "Revisions", func(d *Document) *[]Revision { return &d.Revisions },
		app.Text("version", "版", "Version", func(r *Revision) *string { return &r.Version }).Must(),
		app.On("date", "日付", "Date", func(r *Revision) *app.Day { return &r.Date }),
		app.Text("change", "変更内容", "Change", func(r *Revision) *string { return &r.Change }),
		app.Text("author", "作成", "Author", func(r *Revision) *string { return &r.Author }),
	).Search().Seal(),
	app.One("zone", "領域", "Zone", func(d *Document) *app.Zone { return &d.Zone }, app.Zones...),
	app.Link("organisation", "閲覧を限る組織", "Read by organisation", people.OrganisationKind, func(d *Document) *app.Ref { return &d.Organisation }),
	app.Files("files", "添付", "Files", func(d *Document) *[]app.Blob { return &d.Files }),
).Clause("1.1.1", "2.1.1", "3.1.2").Rule(latest).Zoned(zone).Of(organisation).Lists(
	app.Listed("all", "全て", "All").Newest("issued"),
	app.Listed("due", "回答期限あり", "Reply due", app.Where("reply_due", ">=", app.Today)).By("reply_due"),
	app.Listed("mine", "自分の文書", "Mine", app.Where("owner", "=", app.Me)).Newest("issued"),
	app.Listed("drafts", "未発行", "Not issued", app.Where("issued", "=", int64(0))),
	app.Listed("type", "種別", "By type").Of("type").Newest("issued"),
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

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "document", Registers: []app.AnyRegister{Register}}
}
