package ticket

import (
	"daicho/app"
	"daicho/app/sla"
)

// NoteKind is the kind of what was said and done about an inquiry.
const NoteKind app.Kind = "ticket_note"

// Note is one entry in the course of an inquiry (経過). It has an author and a time
// of its own, so it is never changed: who was wrong writes another.
type Note struct {
	app.Head
	About app.Ref // the ticket
	Sort  Sort
	From  string  // who said it, where that is not who wrote it down: the sender of a mail
	Way   Channel // it came by; empty: written here
	Text  string
	At    app.Stamp // it was said
	By    app.Ref   // who wrote it down
	Files []app.Blob

	Party sla.Party // of a wait: who is awaited
	Need  Need      // of what the city's staff had to do: whether it had to
}

// Sort is what an entry tells of.
type Sort string

// The sorts.
const (
	Remark   Sort = ""
	Answered Sort = "answer"
	Triaged  Sort = "triage"
	Handed   Sort = "handover"
	Waited   Sort = "wait"
	Resumed  Sort = "resume"
	Reopened Sort = "reopen"
	Merged   Sort = "merge"
	Finished Sort = "close"
	Sent     Sort = "dispatch" // 現地手配: somebody was sent
	Staff    Sort = "staff"    // 職員対応: the city's own staff had to act
)

// parties are who can be awaited.
var parties = []app.Option[sla.Party]{
	app.Is(sla.Vendor, "事業者", "Vendor"), app.Is(sla.City, "市", "City"), app.Is(sla.Third, "第三者", "Third party"),
}

// Notes is the register of them.
var Notes = app.Describe(NoteKind, "問い合わせの経過", "Course of tickets",
	app.Link("about", "問い合わせ", "Ticket", Kind, func(n *Note) *app.Ref { return &n.About }).Must().Index(),
	app.One("sort", "区分", "Sort", func(n *Note) *Sort { return &n.Sort },
		app.First(Remark, "note", "記録", "Note"), app.Is(Answered, "回答", "Answer"), app.Is(Triaged, "切り分け", "Triage"), app.Is(Handed, "引き継ぎ", "Handover"),
		app.Is(Waited, "対応待ち", "Waits"), app.Is(Resumed, "再開", "Goes on"), app.Is(Reopened, "再オープン", "Re-opened"), app.Is(Merged, "統合", "Merged"),
		app.Is(Finished, "完了", "Closed"), app.Is(Sent, "現地手配", "Dispatched"), app.Is(Staff, "職員対応", "City staff acted")),
	app.Text("from", "発言者", "Said by", func(n *Note) *string { return &n.From }).Search().Seal(),
	app.One("way", "経路", "Way", func(n *Note) *Channel { return &n.Way },
		app.Is(Phone, "電話", "Telephone"), app.Is(Mail, "メール", "Mail"), app.Is(Web, "Web", "Web"), app.Is(Counter, "窓口", "Counter"),
		app.Is(Patrol, "巡回", "Patrol"), app.Is(City, "情報課直受け", "Taken by the city"), app.Is(Monitor, "監視", "Monitoring")),
	app.Long("text", "内容", "Text", func(n *Note) *string { return &n.Text }).Must().Search().Seal(),
	app.At("at", "日時", "Time", func(n *Note) *app.Stamp { return &n.At }).Index(),
	app.Link("by", "記録者", "Written by", app.PersonKind, func(n *Note) *app.Ref { return &n.By }).ByRule(),
	app.Files("files", "添付", "Files", func(n *Note) *[]app.Blob { return &n.Files }),
	app.One("party", "対応待ち先", "Waits for", func(n *Note) *sla.Party { return &n.Party }, parties...),
	app.One("need", "職員対応の要否", "Staff had to act", func(n *Note) *Need { return &n.Need },
		app.First(Undecided, "undecided", "未判断", "Not decided"), app.Is(Needed, "必要だった", "Needed"), app.Is(Needless, "不要だった", "Not needed")),
).Clause("3.3.1").Within(func(n *Note) app.Ref { return n.About }).Rule(noted).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("about", "問い合わせ別", "By ticket").Of("about").By("at"),
)

// noted says who wrote an entry, and when unless a person knew better; then it stands.
func noted(a *app.Act, before, after *Note) error {
	if !before.IsNew() {
		return app.Refuse(app.Forbidden, "", "経過の記録は変更できません。訂正は新しい経過として記録してください。", "an entry is never changed; write another that puts it right")
	}
	if after.By = (app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}); after.At == 0 {
		after.At = a.At
	}
	return nil
}
