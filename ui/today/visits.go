package today

import (
	"slices"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/ticket"
	"daicho/ui/kit/chart"
	"daicho/ui/text"
)

// lanesMost is how many people the chart of visits shows.
const lanesMost = 6

var visits = panel{
	opens: todays, title: app.Label{JA: "現地対応", EN: "On site"}, note: app.Label{JA: "訪問希望の時刻", EN: "times wished"}, most: 30,
	empty: app.Label{JA: "今日の訪問の予定はありません。", EN: "No visit is wished for today."},
	fill: func(a *asker, p *panel) content {
		q := app.Query{Where: a.where(p.opens), Sort: "wished"}
		return content{total: a.count(p.opens), day: a.day(a.rows(ticket.Kind, q, p.most))}
	},
}

// day is who goes where today. A visit has a time but no end: it is a point.
func (a *asker) day(found []app.Record) *day {
	if len(found) == 0 {
		return nil
	}
	today := civil.DateOf(a.now)
	d := &day{from: today.At(8, 0, 0), to: today.At(18, 0, 0)}
	for _, r := range found {
		t := r.(*ticket.Ticket)
		lane := d.lane(t.Assignee, a.words.T(text.TodayNobody))
		if lane < 0 {
			continue
		}
		at := t.WishedAt.Time()
		d.from, d.to = earlier(d.from, at.Truncate(time.Hour)), later(d.to, at.Truncate(time.Hour).Add(time.Hour))
		d.refs = append(d.refs, t.Ref)
		d.work = append(d.work, chart.Stretch{Lane: lane, From: at, To: at, Name: place(t), Mark: visitClock(t, a.now).Mark(a.words)})
	}
	return d
}

// lane is the line of a person, made when it is first wanted; -1 if there are too
// many people.
func (d *day) lane(who, nobody string) int {
	if who == "" {
		who = nobody
	}
	if i := slices.Index(d.lanes, who); i >= 0 {
		return i
	}
	if len(d.lanes) == lanesMost {
		return -1
	}
	d.lanes = append(d.lanes, who)
	return len(d.lanes) - 1
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
