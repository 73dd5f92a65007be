package chart

import (
	"time"

	"daicho/app/civil"
	"daicho/ui/kit"
)

// axis turns days into places: the first day at the left edge, each day so wide.
type axis struct {
	first civil.Date
	left  float32
	day   float32
}

// at is the left edge of a day, or a part of one beyond it.
func (a axis) at(d civil.Date, part float64) float32 {
	return a.left + float32(float64(a.first.DaysUntil(d))+part)*a.day
}

// days are the days that a width shows, a begun one included.
func (a axis) days(width float32) int { return int(width/a.day) + 1 }

// months are the first days of the months of so many days, the first day itself
// first.
func (a axis) months(days int) (out []civil.Date) {
	out = append(out, a.first)
	for i := 1; i < days; i++ {
		if d := a.first.AddDays(i); d.Day == 1 {
			out = append(out, d)
		}
	}
	return out
}

// weeks are the Mondays of so many days.
func (a axis) weeks(days int) (out []civil.Date) {
	for i := range days {
		if d := a.first.AddDays(i); d.Weekday() == time.Monday {
			out = append(out, d)
		}
	}
	return out
}

// Task is one row of a plan. To is its last day. Dates and the critical path
// are worked out elsewhere; here they are only drawn.
type Task struct {
	Number, Name, Who string
	Level             int // 0 at the top
	From, To          civil.Date
	Done              float64 // 0 to 1
	Slack             int     // days; 0 is critical
	Milestone, Group  bool
	Flag              kit.Mark // a warning beside the name; no word: none
}

// progress is where a task stands, as a place in days after its first day; false
// if the progress line passes straight through: it is finished, or neither begun
// nor due to begin.
func (t Task) progress(today civil.Date) (days float64, bends bool) {
	if t.Group || t.Milestone || t.Done >= 1 || t.Done <= 0 && t.From.Compare(today) >= 0 {
		return 0, false
	}
	return float64(t.From.DaysUntil(t.To)+1) * min(max(t.Done, 0), 1), true
}
