package incidents

import (
	"daicho/app"
	"daicho/app/incident"
	"daicho/ui"
	"daicho/ui/kit"
)

var (
	reports = map[incident.What]app.Label{
		incident.Prompt: app.Label{JA: "委員会へ速報", EN: "Prompt report"},
		incident.Full:   app.Label{JA: "委員会へ確報", EN: "Full report"},
	}
	myNumber = app.Label{JA: "（番号法）", EN: " (My Number)"}
	to       = app.Label{JA: "〜", EN: "–"}
	lastDay  = app.Label{JA: "期限 ", EN: "due "}
)

// duties are the clocks of the reports to the commission that the law asks of the city
// (個人情報の保護に関する法律第68条; 番号法第29条の4). They end with the last day.
func duties(c *incident.Course, desk *ui.Desk) (clocks []kit.Clock) {
	for _, d := range c.Duties() {
		clocks = append(clocks, duty(c, d, desk))
	}
	return clocks
}

func duty(c *incident.Course, d incident.Duty, desk *ui.Desk) kit.Clock {
	known, end := c.Last(incident.Know).At.Time(), d.Due.AddDays(1).Start()
	clock := kit.Clock{Name: desk.Words.Of(reports[d.What]), Span: desk.Words.Of(lastDay), Limit: end.Sub(known), Left: end.Sub(desk.Now())}
	if c.MyNumber {
		clock.Name += desk.Words.Of(myNumber)
	}
	if d.Sooner != d.Due {
		clock.Span += desk.Words.Day(app.DayOf(d.Sooner), desk.Now()) + desk.Words.Of(to)
	}
	clock.Span += desk.Words.Day(app.DayOf(d.Due), desk.Now())
	if d.Done != 0 {
		done := d.Done.Time()
		clock.State, clock.Took = kit.ClockMet, done.Sub(known)
		if !done.Before(end) {
			clock.State = kit.ClockMissed
		}
	}
	return clock
}
