package today

import (
	"slices"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/dispatch"
	"daicho/app/document"
	"daicho/app/incident"
	"daicho/app/sla"
	"daicho/app/terms"
	"daicho/app/ticket"
	"daicho/assets"
	"daicho/ui/kit"
)

// running are the clocks of the contract that run now, one a record: of a failure with
// several the one that runs out first.
var running = panel{
	title: app.Label{JA: "進行中の時計", EN: "Clocks that run"}, note: app.Label{JA: "現地対応・障害・回答の期限の近い順", EN: "visits, failures and replies by time left"}, most: 8,
	empty: app.Label{JA: "契約で定めた時計は、今は進んでいません。", EN: "No clock of the contract runs now."},
	columns: []column{
		{"left", kit.Column{Title: "left", Kind: kit.ClockColumn, Width: 104}, nil},
		{"number", kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 380}, nil},
		{"title", kit.Column{Flex: true, Min: 110}, nil},
	},
	fill: func(a *asker, p *panel) content {
		all := slices.Concat(a.visitClocks(), a.failureClocks(), a.replyClocks())
		slices.SortStableFunc(all, func(x, y tick) int { return int(x.Left - y.Left) })
		c := content{}
		for _, k := range all[:min(p.most, len(all))] {
			c.rows = append(c.rows, row{k.opens, []kit.Cell{k.Cell(a.words), {Text: k.number, Tone: kit.Quiet}, {Text: k.Name + "　" + k.about}}})
		}
		return c
	},
}

// tick is a clock that runs, and what it is of.
type tick struct {
	kit.Clock
	opens         app.Ref
	number, about string
}

// clocksMost is how many records of a kind are judged, the most urgent first.
const clocksMost = 40

// agreed are the terms that clocks are judged by, read once for a board; nil after an
// error.
func (a *asker) agreed() *terms.Terms {
	if a.terms != nil || a.err != nil {
		return a.terms
	}
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err == nil {
		a.terms, err = terms.Read(a.ctx, a.records, table)
	}
	a.err = err
	return a.terms
}

// some are the first records of a named list that the person may read.
func (a *asker) some(l list, sort string, desc bool, more ...app.Cond) []app.Record {
	if !a.reads(l.kind) {
		return nil
	}
	return a.rows(l.kind, app.Query{Where: a.where(l, more...), Sort: sort, Desc: desc}, clocksMost)
}

func (a *asker) visitClocks() (all []tick) {
	for _, r := range a.some(list{dispatch.Kind, "open"}, "wished", false) {
		by := a.agreed()
		if by == nil {
			return nil
		}
		v, err := dispatch.Load(a.ctx, a.records, r.(*dispatch.Visit))
		if app.IsCode(err, app.NotFound) { // its site has not come to this device
			continue
		}
		var judged sla.Visited
		if err == nil {
			judged, err = by.Visit(v.Asked(by.Travel(v.Site)), sla.Exactly(a.now))
		}
		if a.err = err; err != nil {
			return nil
		}
		if c, begun := kit.JudgedVisit(judged, a.words, a.now); begun && c.State == kit.ClockRuns {
			all = append(all, tick{c, v.Ref, v.Number, v.Place})
		}
	}
	return all
}

func (a *asker) failureClocks() (all []tick) {
	for _, r := range a.some(list{incident.Kind, "open"}, "occurred", true) {
		by := a.agreed()
		if by == nil {
			return nil
		}
		i, err := incident.Load(a.ctx, a.records, r.(*incident.Incident))
		var judged sla.Judged
		if err == nil && i.Affects {
			judged, err = by.Failure(i.Asked(), sla.Exactly(a.now))
		}
		if a.err = err; err != nil {
			return nil
		}
		if c, runs := a.soonest(judged.Notice, judged.Scope, judged.Plan, judged.Report); runs {
			all = append(all, tick{c, i.Ref, i.Number, i.Title})
		}
	}
	return all
}

// soonest is the clock that runs out first; false if none runs.
func (a *asker) soonest(of ...sla.Result) (first kit.Clock, runs bool) {
	for _, r := range of {
		c, begun := kit.Judged(r, a.words, a.now)
		if n := len(r.Spells); n > 0 && r.Spells[n-1].Open && c.State == kit.ClockMissed { // it goes on, late
			c.State, c.Left = kit.ClockRuns, r.Due.Sub(a.now)
		}
		if begun && c.State == kit.ClockRuns && (!runs || c.Left < first.Left) {
			first, runs = c, true
		}
	}
	return first, runs
}

// replyClocks are of replies that are late, or due by tomorrow.
func (a *asker) replyClocks() (all []tick) {
	late := a.some(list{document.Kind, "overdue"}, "reply_due", true)
	for _, r := range append(late, a.some(dueDocuments, "reply_due", false, app.Where("reply_due", "<=", a.inDays(1)))...) {
		d := r.(*document.Document)
		if d.Answered != 0 {
			continue
		}
		due, from := d.ReplyDue.Civil().AddDays(1).Start(), a.now
		if d.Issued != 0 {
			from = d.Issued.Civil().Start()
		}
		all = append(all, tick{kit.Clock{Name: a.words.Of(reply), Limit: due.Sub(from), Left: due.Sub(a.now)}, d.Ref, d.Number, d.Title})
	}
	return all
}

var reply = app.Label{JA: "回答", EN: "Reply"}

// overnight are the inquiries that came while nobody was stationed and that nobody has
// begun with: what is handed over in the morning (引き継ぎ, clause 3.3.1).
var overnight = panel{
	opens: newTickets, title: app.Label{JA: "引き継ぎ", EN: "Handed over"}, note: app.Label{JA: "閉庁後に受け付け、未着手のもの", EN: "came since closing, not begun"}, most: 8,
	empty: app.Label{JA: "閉庁後の受付で、未着手のものはありません。", EN: "All that came since closing has been begun."}, columns: shortColumns,
	fill: func(a *asker, p *panel) content {
		from, to := a.closed()
		since := []app.Cond{app.Where("received", ">=", int64(app.StampOf(from))), app.Where("received", "<", int64(app.StampOf(to)))}
		c := a.table(p, a.rows(ticket.Kind, app.Query{Where: a.where(p.opens, since...), Sort: "received"}, p.most))
		c.total = a.count(p.opens, since...)
		return c
	},
}

// closedDays is how far back the last closing is looked for: longer than any holidays.
const closedDays = 14

// closed is the time from the last closing before the newest opening up to that, or up to
// now where nobody is there yet.
func (a *asker) closed() (from, to time.Time) {
	by := a.agreed()
	if by == nil {
		return a.now, a.now
	}
	from, to = a.now.AddDate(0, 0, -closedDays), a.now
	a.err = by.Onsite.Walk(from, a.now, func(begins, ends time.Time, _ string, _ app.Label) {
		if ends.Before(a.now) {
			from = ends
			return
		}
		to = begins // they are there now
	})
	return from, to
}
