package today

import (
	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// The lists of documents that the page shows.
var (
	allDocuments = list{document.Kind, "all"}
	dueDocuments = list{document.Kind, "due"}
	unissued     = list{document.Kind, "drafts"}
)

// soonDays is how many days before its end something is said to end soon.
const soonDays = 7

var replyDue = card{opens: dueDocuments, name: app.Label{JA: "回答期限のある文書", EN: "Replies due"}, figure: func(a *asker) kit.Figure {
	n := a.count(dueDocuments)
	soon := a.count(dueDocuments, app.Where("reply_due", "<=", a.inDays(soonDays)))
	return kit.Figure{Value: a.words.Count(n), Fraction: a.words.T(text.TodaySoon, soonDays, a.words.Number(soon), a.words.Count(n)), Mark: a.ending(soon)}
}}

// inDays is the day some days from now, as a list compares it.
func (a *asker) inDays(n int) int64 { return int64(app.DayOf(civil.DateOf(a.now).AddDays(n))) }

// ending warns of what ends soon.
func (a *asker) ending(n int) kit.Mark {
	if n == 0 {
		return kit.Mark{}
	}
	return kit.Mark{Glyph: "△", Word: a.words.T(text.TodayEnding), Tone: kit.Warn}
}

// daysLeft is the time until the end of the day on which a reply is due.
func daysLeft(r app.Record, a *asker) kit.Cell {
	d := r.(*document.Document)
	due, from := d.ReplyDue.Civil().AddDays(1).Start(), d.Issued.Civil().Start()
	if d.Issued == 0 {
		from = a.now
	}
	return kit.Clock{Limit: due.Sub(from), Left: due.Sub(a.now)}.Cell(a.words)
}

var replies = panel{
	opens: dueDocuments, title: app.Label{JA: "回答期限のある文書", EN: "Replies due"}, note: app.Label{JA: "期限の近い順", EN: "by time left"}, most: 5,
	empty: app.Label{JA: "これから回答期限を迎える文書はありません。", EN: "No reply is due."},
	columns: []column{
		{"reply_due", kit.Column{Title: "left", Kind: kit.ClockColumn, Width: 104}, daysLeft},
		{"number", kit.Column{Kind: kit.TextColumn, Width: 126, Drop: 420}, nil},
		{"title", kit.Column{Flex: true, Min: 110}, nil},
		{"owner", kit.Column{Width: 76, Drop: 520}, nil},
	},
	fill: listed,
}

var documentColumns = []column{
	{"issued", kit.Column{Kind: kit.MonoColumn, Width: 84}, nil},
	{"number", kit.Column{Kind: kit.TextColumn, Width: 126, Drop: 420}, nil},
	{"title", kit.Column{Flex: true, Min: 110}, nil},
	{"owner", kit.Column{Width: 76, Drop: 520}, nil},
}

var issued = panel{
	opens: allDocuments, title: app.Label{JA: "最近発行した文書", EN: "Issued lately"}, note: app.Label{JA: "発行の新しい順", EN: "newest first"}, most: 5,
	empty: app.Label{JA: "発行した文書はありません。", EN: "No document was issued."}, columns: documentColumns,
	fill: func(a *asker, p *panel) content {
		q := app.Query{Where: []app.Cond{app.Where("issued", ">", int64(0))}, Sort: "issued", Desc: true}
		return a.table(p, a.rows(document.Kind, q, p.most))
	},
}

var drafts = panel{
	opens: unissued, title: app.Label{JA: "未発行の文書", EN: "Not issued"}, most: 5,
	empty: app.Label{JA: "未発行の文書はありません。", EN: "Every document is issued."},
	columns: []column{
		{"type", kit.Column{Width: 74}, nil},
		{"title", kit.Column{Flex: true, Min: 110}, nil},
		{"owner", kit.Column{Width: 76, Drop: 320}, nil},
	},
	fill: listed,
}
