package today

import (
	"cmp"
	"time"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// The lists of inquiries that the page shows.
var (
	openTickets  = list{ticket.Kind, "open"}
	newTickets   = list{ticket.Kind, "new"}
	myTickets    = list{ticket.Kind, "mine"}
	noOnesTicket = list{ticket.Kind, "unassigned"}
	waiting      = list{ticket.Kind, "pending"}
	todays       = list{ticket.Kind, "today"}
	arrived      = list{ticket.Kind, "arrived"}
)

var unclosed = card{opens: openTickets, name: app.Label{JA: "未完了", EN: "Not closed"}, figure: func(a *asker) kit.Figure {
	return kit.Figure{
		Value:    a.words.Count(a.count(openTickets)),
		Fraction: a.words.T(text.TodayUnclosed, a.words.Number(a.count(newTickets)), a.words.Count(a.count(waiting))),
		Mark:     a.overdue(a.count(openTickets, app.Where("wished", ">", int64(0)), app.Where("wished", "<", int64(app.StampOf(a.now))))),
	}
}}

// overdue says how many visits did not come to pass when they were wished.
func (a *asker) overdue(n int) kit.Mark {
	if n == 0 {
		return kit.Mark{}
	}
	return kit.Mark{Glyph: "×", Word: a.words.T(text.TodayOverdue, a.words.Count(n)), Tone: kit.Late}
}

var notBegun = card{opens: newTickets, name: app.Label{JA: "未着手", EN: "Not begun"}, figure: func(a *asker) kit.Figure {
	return a.share(newTickets)
}}

var mine = card{opens: myTickets, name: app.Label{JA: "自分の担当", EN: "Mine"}, own: true, figure: func(a *asker) kit.Figure {
	return a.share(myTickets)
}}

var unassigned = card{opens: noOnesTicket, name: app.Label{JA: "担当なし", EN: "Unassigned"}, figure: func(a *asker) kit.Figure {
	return a.share(noOnesTicket)
}}

// share is how many of the inquiries that are not closed stand in a list.
func (a *asker) share(l list) kit.Figure {
	n := a.count(l)
	return kit.Figure{Value: a.words.Count(n), Fraction: a.words.T(text.TodayOfUnclosed, a.words.Number(n), a.words.Count(a.count(openTickets)))}
}

var intake = card{opens: arrived, name: app.Label{JA: "本日の受付", EN: "Taken today"}, figure: func(a *asker) kit.Figure {
	n := a.count(arrived)
	done := a.count(arrived, app.Where("state", "=", string(ticket.Closed)))
	return kit.Figure{Value: a.words.Count(n), Fraction: a.words.T(text.TodayDone, a.words.Number(done), a.words.Count(n))}
}}

var visitsToday = card{opens: todays, name: app.Label{JA: "今日の訪問", EN: "Visits today"}, figure: func(a *asker) kit.Figure {
	n := a.count(todays)
	f := kit.Figure{Value: a.words.Count(n), Mark: a.overdue(a.count(todays, app.Where("wished", "<", int64(app.StampOf(a.now)))))}
	if a.known() {
		f.Fraction = a.words.T(text.TodayMine, a.words.Number(a.count(todays, app.Where("assignee", "=", app.Me))), a.words.Count(n))
	}
	return f
}}

// ticketColumns are those of a list in the order of the time left.
var ticketColumns = []column{
	{"wished", kit.Column{Title: "left", Kind: kit.ClockColumn, Width: 104}, timeLeft},
	{"number", kit.Column{Kind: kit.MonoColumn, Width: 70, Drop: 380}, nil},
	{"title", kit.Column{Flex: true, Min: 110}, subject},
	{"department", kit.Column{Width: 96, Drop: 560}, nil},
	{"assignee", kit.Column{Width: 76, Drop: 460}, nil},
}

// shortColumns are those of a list beside the main one.
var shortColumns = []column{
	{"number", kit.Column{Kind: kit.MonoColumn, Width: 70, Drop: 260}, nil},
	{"title", kit.Column{Flex: true, Min: 110}, subject},
	{"department", kit.Column{Width: 96, Drop: 520}, nil},
	{"received", kit.Column{Kind: kit.MonoColumn, Width: 88, Drop: 340}, nil},
}

// timeLeft is the clock of an inquiry: the time until the visit that was wished.
func timeLeft(r app.Record, a *asker) kit.Cell {
	t := r.(*ticket.Ticket)
	if t.WishedAt == 0 {
		return kit.Cell{Text: a.words.T(text.TodayNoLimit), Tone: kit.Quiet, Used: -1}
	}
	return visitClock(t, a.now).Cell(a.words)
}

func visitClock(t *ticket.Ticket, now time.Time) kit.Clock {
	wished := t.WishedAt.Time()
	return kit.Clock{Limit: wished.Sub(t.ReceivedAt.Time()), Left: wished.Sub(now)}
}

// subject is bold for what nobody has begun with.
func subject(r app.Record, _ *asker) kit.Cell {
	t := r.(*ticket.Ticket)
	return kit.Cell{Text: t.Title, Bold: t.State == ticket.Open}
}

// rowsMost is how many rows of a long list are read: more than any window shows.
const rowsMost = 40

var byTimeLeft = panel{
	opens: openTickets, title: app.Label{JA: "期限の近い順", EN: "By time left"}, note: untilVisit, most: rowsMost,
	empty: app.Label{JA: "未完了の問い合わせはありません。", EN: "All inquiries are closed."}, columns: ticketColumns, fill: clocks,
}

var ownByTimeLeft = panel{
	opens: myTickets, title: app.Label{JA: "自分の担当（期限の近い順）", EN: "Mine, by time left"}, note: untilVisit, most: rowsMost, own: true,
	empty: nothingOfMine, columns: ticketColumns, fill: clocks,
}

var untilVisit = app.Label{JA: "訪問希望日時まで", EN: "until the visit wished"}

// clocks fills a panel with the inquiries of its list: those first whose time
// runs out first, then those that have no limit, the oldest first.
func clocks(a *asker, p *panel) content {
	found := a.rows(ticket.Kind, app.Query{Where: a.where(p.opens, app.Where("wished", ">", int64(0))), Sort: "wished"}, p.most)
	if left := p.most - len(found); left > 0 {
		rest := app.Query{Where: a.where(p.opens, app.Where("wished", "=", int64(0))), Sort: "received"}
		found = append(found, a.rows(ticket.Kind, rest, left)...)
	}
	return a.table(p, found)
}

var ownTickets = panel{
	opens: myTickets, title: app.Label{JA: "自分の担当", EN: "Mine"}, note: newestFirst, most: 5, own: true,
	empty: nothingOfMine, columns: shortColumns, fill: listed,
}

var (
	nothingOfMine = app.Label{JA: "担当している未完了の問い合わせはありません。", EN: "None of the open inquiries is yours."}
	newestFirst   = app.Label{JA: "受付の新しい順", EN: "newest first"}
)

var waitingTickets = panel{
	opens: waiting, title: app.Label{JA: "回答待ち", EN: "Waiting for an answer"}, note: newestFirst, most: 5,
	empty: app.Label{JA: "回答待ちの問い合わせはありません。", EN: "No inquiry waits for an answer."}, columns: shortColumns, fill: listed,
}

var notBegunList = panel{
	opens: newTickets, title: app.Label{JA: "未着手", EN: "Not begun"}, note: newestFirst, most: 8,
	empty: app.Label{JA: "未着手の問い合わせはありません。", EN: "Every inquiry has been begun."}, columns: shortColumns, fill: listed,
}

var unassignedList = panel{
	opens: noOnesTicket, title: app.Label{JA: "担当なし", EN: "Unassigned"}, note: newestFirst, most: 8,
	empty: app.Label{JA: "担当が決まっていない問い合わせはありません。", EN: "Every inquiry has an assignee."}, columns: shortColumns, fill: listed,
}

// place is where a visit goes, as short as people say it.
func place(t *ticket.Ticket) string { return cmp.Or(t.Department, t.Site, t.Number) }
