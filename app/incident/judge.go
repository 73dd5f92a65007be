package incident

import (
	"context"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/sla"
)

// Course is an incident with its steps, in the order in which they were recorded.
type Course struct {
	*Incident
	Steps []*Step
}

// Load reads an incident with its steps.
func Load(ctx context.Context, s app.Shelf, i *Incident) (c Course, err error) {
	c.Incident = i
	c.Steps, err = app.Every(ctx, s, Steps, app.Query{Where: []app.Cond{app.Where("incident", "=", i.Ref.String())}, Sort: "noted"})
	return c, err
}

// Last is the step of a kind that was recorded last; nil: there is none.
func (c *Course) Last(what What) (last *Step) {
	for _, s := range c.Steps {
		if s.What == what {
			last = s
		}
	}
	return last
}

func (c *Course) moment(what What) sla.Moment {
	if s := c.Last(what); s != nil {
		return s.Told().Moment()
	}
	return sla.Moment{}
}

// Asked is what the engine is asked. Where nobody recorded when it occurred, it did when
// it was detected, or entered.
func (c *Course) Asked() sla.Failure {
	f := sla.Failure{
		Sent: c.moment(Send), Delivered: c.moment(Deliver), Acknowledged: c.moment(Ack),
		Scoped: c.moment(Scope), Planned: c.moment(Plan), Reported: c.moment(Report),
	}
	for _, what := range []What{Draft, Detect, Occur} {
		if s := c.Last(what); s != nil {
			f.Occurred, f.LastGood = s.Told().Moment(), s.LastGood
		}
	}
	for _, s := range c.Steps {
		if s.What == Regrade {
			f.Grades = append(f.Grades, sla.Grade{Serious: s.Serious, At: s.At, Who: s.Who})
		}
	}
	return f
}

// Duty is a report to the commission for personal data (個人情報保護委員会) that the law
// asks of the city, which decides and files it.
type Duty struct {
	What   What
	Sooner civil.Date // 速報 is to come 概ね3日から5日以内; the same as Due elsewhere
	Due    civil.Date // its last day
	Done   app.Stamp  // zero: not yet
}

// Duties are the reports that a leak asks for, by the day on which it became known,
// which counts as the first (個人情報の保護に関する法律施行規則第8条; 番号法 is alike:
// 特定個人情報の漏えい等に関する報告等に関する規則第3条). None without a leak or while
// nobody recorded when it became known. That a last day on which the commission is
// closed moves on is left out: the earlier day is always in time.
func (c *Course) Duties() []Duty {
	known := c.Last(Know)
	if c.Leak == NoLeak || known == nil {
		return nil
	}
	first, within := civil.DateOf(known.At.Time()), 30
	if c.Leak == Wrongful {
		within = 60
	}
	full := first.AddDays(within - 1)
	return []Duty{
		{What: Prompt, Sooner: first.AddDays(2), Due: first.AddDays(4), Done: c.moment(Prompt).At},
		{What: Full, Sooner: full, Due: full, Done: c.moment(Full).At},
	}
}
