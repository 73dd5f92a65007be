package calendar

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Why a time is open.
var (
	regularHours = app.Label{JA: "稼働時間", EN: "service hours"}
	extraHours   = app.Label{JA: "追加稼動時間（事前協議）", EN: "extra hours agreed on before"}
)

// Walk calls f for every open interval from one instant to another, in order, with
// the version by which it is open and why. Hours of one version that meet at
// midnight are one interval.
func (c *Calendar) Walk(from, to time.Time, f func(from, to time.Time, version string, why app.Label)) error {
	if err := within(from, to); err != nil {
		return err
	}
	if to.Before(from) {
		return ErrBackwards
	}
	if to.Equal(from) {
		return nil // within open hours, too
	}
	a, b := from.UnixNano(), to.UnixNano()
	i, j := c.line.at(a), c.piece(a)
	for {
		regular := i < len(c.line) && c.line[i].from < b
		extra := j < len(c.extra) && c.extra[j].from < b
		switch {
		case regular && (!extra || c.line[i].from < c.extra[j].from):
			s := c.line[i]
			f(instant(max(a, s.from)), instant(min(b, s.to)), s.by.cited(), regularHours)
			i++
		case extra:
			p := c.extra[j]
			f(instant(max(a, p.from)), instant(min(b, p.to)), p.by.Document, extraHours)
			j++
		default:
			return nil
		}
	}
}

// cited is the version with the document that it rests on.
func (v *Version) cited() string {
	if v.Document == "" {
		return v.Name
	}
	return v.Name + "（" + v.Document + "）"
}

// Interval is a time in which the calendar is open, half-open itself.
type Interval struct {
	From, To time.Time
	Version  string // with its document
	Why      app.Label
}

// Intervals lists what [Calendar.Walk] tells.
func (c *Calendar) Intervals(from, to time.Time) (all []Interval, err error) {
	err = c.Walk(from, to, func(from, to time.Time, version string, why app.Label) {
		all = append(all, Interval{from, to, version, why})
	})
	return all, err
}

// Daily is what a calendar says of one day, for the person who asks why.
type Daily struct {
	Date    civil.Date
	Version string // in force on that day, with its document; empty for none
	Hours   []Span // regular
	Shut    string // why there are none: a holiday's name, 年末年始, 定休日
}

// On tells of one day, extra hours apart.
func (c *Calendar) On(d civil.Date) (Daily, error) {
	if err := within(d.Start()); err != nil {
		return Daily{}, err
	}
	v := c.inForce(d)
	if v == nil {
		return Daily{Date: d, Shut: "カレンダーなし"}, nil
	}
	day := Daily{Date: d, Version: v.cited(), Shut: v.shut(d, c.holidays)}
	if day.Shut != "" {
		return day, nil
	}
	if day.Hours = v.Week[d.Weekday()]; len(day.Hours) == 0 {
		day.Shut = "定休日"
	}
	return day, nil
}
