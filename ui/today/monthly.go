package today

import (
	"fmt"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/helpdesk"
	"daicho/app/sla"
	"daicho/app/ticket"
	"daicho/ui/kit"
)

// monthly are the figures of the contract as they stand in this month: exact, cut off and
// never rounded, by the reading in force. The other readings stand in the report.
var monthly = panel{
	opens: list{ticket.Kind, "all"}, title: app.Label{JA: "今月の指標", EN: "Figures of this month"}, note: app.Label{JA: "現在までの分数・約10分ごと", EN: "up to now, every ten minutes"},
	fill: func(a *asker, _ *panel) content {
		return content{items: a.month(), left: a.figured == nil}
	},
}

// figured is the month as it was counted last: a large city's takes a good part of a
// second, so it is not counted for every change.
type figured struct {
	at   time.Time
	what *helpdesk.Month
}

const figuresLast = 10 * time.Minute

// month counts the figures, if they were not counted just before.
func (a *asker) month() []item {
	if a.figured == nil || !a.reads(dispatch.Kind) {
		return nil
	}
	if age := a.now.Sub(a.figured.at); a.figured.what == nil || age < 0 || age >= figuresLast {
		by, today := a.agreed(), civil.DateOf(a.now)
		if by == nil {
			return nil
		}
		first := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
		m, err := helpdesk.Read(a.ctx, a.records, by, first, today, sla.Exactly(a.now))
		if a.err = err; err != nil {
			return nil
		}
		a.figured.at, a.figured.what = a.now, m
	}
	return a.told(a.figured.what)
}

// told says the figures.
func (a *asker) told(m *helpdesk.Month) (all []item) {
	lang := a.words.Lang()
	for _, f := range []struct {
		name app.Label
		sla.Indicator
	}{{app.Label{JA: "稼働率", EN: "Uptime"}, m.Uptime.InForce}, {app.Label{JA: "一次受付率", EN: "First line"}, m.Intakes.InForce}} {
		detail := ""
		if f.Reading.Question == sla.FirstLineBy {
			detail = fmt.Sprintf("（%d/%d）", f.Part, f.Whole)
		}
		all = append(all, item{list: list{ticket.Kind, "all"}, mark: verdictMark(f.Verdict(), lang), sentence: f.name.In(lang) + " " + f.Percent(2) + detail})
	}
	late := 0
	for _, v := range m.Visits {
		if v.Verdict == sla.Missed {
			late++
		}
	}
	mark := verdictMark(sla.Met, lang)
	if late > 0 {
		mark = verdictMark(sla.Missed, lang)
	}
	visits := app.Label{JA: fmt.Sprintf("30分の駆けつけ 未達 %d件（%d件中）", late, len(m.Visits)), EN: fmt.Sprintf("Visits later than agreed: %d of %d", late, len(m.Visits))}
	all = append(all, item{list: list{dispatch.Kind, "all"}, mark: mark, sentence: visits.In(lang)})
	if n := len(m.Unvisited); n > 0 {
		unknown := app.Label{JA: fmt.Sprintf("現地手配で訪問の記録なし %d件", n), EN: fmt.Sprintf("Dispatched without a visit: %d", n)}
		all = append(all, item{list: list{ticket.Kind, "all"}, mark: kit.Mark{Glyph: "？", Word: sla.Undecided.Label().In(lang), Tone: kit.Unsure}, sentence: unknown.In(lang)})
	}
	return all
}

func verdictMark(v sla.Verdict, lang app.Lang) kit.Mark {
	if v == sla.Met {
		return kit.Mark{Glyph: "○", Word: v.Label().In(lang), Tone: kit.Good}
	}
	return kit.Mark{Glyph: "×", Word: v.Label().In(lang), Tone: kit.Late}
}
