package sla

import (
	"time"

	"daicho/app"
)

// Failure is a failure that affects the city's work (clause 3.2.2), as far as its
// clocks need to know.
type Failure struct {
	Occurred Moment    // 発生; where nobody knows when, the first check that failed
	LastGood app.Stamp // the last check that was good, where 発生 is not known better
	Grades   []Grade   // in the order in which they were given; none is not serious
	// 通知, by each of its times; which one counts is a reading.
	Sent, Delivered, Acknowledged Moment
	Scoped                        Moment // 影響範囲の特定
	Planned                       Moment // 対応手法の策定
	Reported                      Moment // 報告
}

// Grade is how serious a failure is, as the city's table has it.
type Grade struct {
	Serious bool // 重大
	At      app.Stamp
	Who     string
}

// The limits of clause 3.2.2, and when is warned of the first.
const (
	NoticeLimit = 10 * time.Minute
	ReportLimit = 2 * time.Hour
)

var noticeWarnings = []time.Duration{5 * time.Minute, 8 * time.Minute}

// Four is the clocks of a failure. Notice, Scope and Plan run on the wall whatever
// the grade; so does the report of a serious one.
type Four struct {
	Notice, Scope, Plan Result
	Report              Result // by the reading in force
	Other               Result // by the other reading; zero where the failure is serious
}

// Judged is a failure judged.
type Judged struct {
	Four
	Worst   *Four    // as if it had occurred just after the last good check; nil where 発生 is known
	Earlier []Report // the report by grades that the failure had before
}

// Report is the report's clocks under one grade.
type Report struct {
	Grade  Grade
	Report Result
	Other  Result
}

// Failure judges a failure.
func (c Contract) Failure(f Failure, now Moment) (j Judged, err error) {
	if err := c.check(); err != nil {
		return j, err
	}
	if j.Four, err = c.four(f, now); err != nil {
		return j, err
	}
	if f.LastGood != 0 {
		before := f
		before.Occurred = Moment{At: f.LastGood}
		worst, err := c.four(before, now)
		if err != nil {
			return j, err
		}
		j.Worst = &worst
	}
	for i := range len(f.Grades) - 1 {
		r, err := c.report(f, f.Grades[i], now)
		if err != nil {
			return j, err
		}
		j.Earlier = append(j.Earlier, r)
	}
	return j, nil
}

func (c Contract) four(f Failure, now Moment) (four Four, err error) {
	notice := c.Ledger.In(NoticeWhen, f.Occurred.At.Time())
	clock := Clock{Name: app.Label{JA: "障害通知", EN: "notice of a failure"}, Hours: c.Always, Limit: NoticeLimit, Warn: noticeWarnings}
	if four.Notice, err = clock.until(f.Occurred, f.noticed(notice.Choice), now); err != nil {
		return four, err
	}
	four.Notice.Reading = notice
	clock = Clock{Name: app.Label{JA: "影響範囲の特定", EN: "scope of the effect"}, Hours: c.Always, Limit: ReportLimit}
	if four.Scope, err = clock.until(f.Occurred, f.Scoped, now); err != nil {
		return four, err
	}
	clock.Name = app.Label{JA: "対応手法の策定", EN: "plan of the measures"}
	if four.Plan, err = clock.until(f.Occurred, f.Planned, now); err != nil {
		return four, err
	}
	var grade Grade
	if n := len(f.Grades); n > 0 {
		grade = f.Grades[n-1]
	}
	r, err := c.report(f, grade, now)
	four.Report, four.Other = r.Report, r.Other
	return four, err
}

// noticed is the time of the notice by a reading.
func (f *Failure) noticed(by Choice) Moment {
	switch by {
	case Sent:
		return f.Sent
	case Acknowledged:
		return f.Acknowledged
	}
	return f.Delivered
}

// report judges the report under a grade.
func (c Contract) report(f Failure, g Grade, now Moment) (r Report, err error) {
	r.Grade = g
	clock := Clock{Name: app.Label{JA: "障害報告", EN: "report of a failure"}, Hours: c.Always, Limit: ReportLimit}
	if g.Serious {
		r.Report, err = clock.until(f.Occurred, f.Reported, now)
		return r, err
	}
	rolled, err := c.rolled(clock, f, now)
	if err != nil {
		return r, err
	}
	clock.Hours = c.City
	counted, err := clock.until(f.Occurred, f.Reported, now)
	if err != nil {
		return r, err
	}
	rolled.Reading, counted.Reading = Reading{Question: ReportWhen, Choice: Rolled}, Reading{Question: ReportWhen, Choice: Counted}
	r.Report, r.Other = rolled, counted
	held := c.Ledger.In(ReportWhen, f.Occurred.At.Time())
	if held.Choice == Counted {
		r.Report, r.Other = counted, rolled
	}
	r.Report.Reading = held
	return r, nil
}

// rolled is the report's clock on the wall with its due time moved to when the city
// opens next, if it does not lie within the city's time already.
func (c Contract) rolled(clock Clock, f Failure, now Moment) (Result, error) {
	r, err := clock.until(f.Occurred, f.Reported, now)
	if err != nil || r.Verdict == NotStarted {
		return r, err
	}
	due, err := deadlineOf(f.Occurred, func(t time.Time) (time.Time, error) {
		return c.roll(t.Add(ReportLimit))
	})
	if err != nil {
		return r, err
	}
	r.against(due, f.Reported, now)
	return r, nil
}

// roll moves an instant to the next opening of the city. Closing time still belongs
// to the day: what is used up then is due then.
func (c Contract) roll(t time.Time) (time.Time, error) {
	before, err := c.City.Elapsed(t.Add(-1), t)
	if err != nil || before > 0 {
		return t, err
	}
	return c.City.Next(t)
}

// until runs a clock from one moment to another that may not have come yet.
func (c Clock) until(from, to, now Moment) (Result, error) {
	events := []Event{{Kind: Start, At: from}}
	if to.happened() {
		events = append(events, Event{Kind: Stop, At: to})
	}
	return c.Run(events, now)
}

// against judges by a due time instead of the limit.
func (r *Result) against(due deadline, done, now Moment) {
	r.Due, r.Remaining = due.at, due.at.Sub(now.At.Time())
	if done.happened() {
		r.Verdict, r.Remaining = by(done, due), due.at.Sub(done.At.Time())
		return
	}
	r.Verdict = Pending
	if by(now, due) == Missed {
		r.Verdict = Missed
	}
}
