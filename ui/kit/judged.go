package kit

import (
	"time"

	"daicho/app"
	"daicho/app/sla"
	"daicho/ui/text"
)

// clockStates are what verdicts look like; all others run.
var clockStates = map[sla.Verdict]ClockState{sla.Met: ClockMet, sla.Missed: ClockMissed, sla.Undecided: ClockUnsure}

var until = app.Label{JA: "期限 ", EN: "due "}

// Judged is a clock as it was judged; false if it has not begun.
func Judged(r sla.Result, w *text.Words, now time.Time) (Clock, bool) {
	c := Clock{Name: w.Of(r.Clock.Name), State: clockStates[r.Verdict], Limit: r.Clock.Limit, Left: r.Remaining, Took: r.Used.Time}
	if !r.Due.IsZero() {
		c.Span = w.Of(until) + w.Moment(app.StampOf(r.Due), now)
		if c.State == ClockRuns { // a report's due time may have been moved to the next opening
			c.Left = r.Due.Sub(now)
			c.Limit = max(c.Limit, c.Left)
		}
	} else if c.State == ClockRuns {
		c.State = ClockStopped
	}
	return c, r.Verdict != sla.NotStarted
}

var visit = app.Label{JA: "駆けつけ", EN: "Arrival"}

// JudgedVisit is the clock of a visit as it was judged; false where nobody agreed on a
// limit, or on a time.
func JudgedVisit(v sla.Visited, w *text.Words, now time.Time) (Clock, bool) {
	c := Clock{Name: w.Of(visit), State: clockStates[v.Verdict], Limit: v.Limit}
	if v.Due.IsZero() {
		return c, false
	}
	c.Span, c.Left = w.Of(until)+w.Moment(app.StampOf(v.Due), now), v.Due.Sub(now)
	if v.Start.At != 0 {
		c.Took = max(v.Start.At.Time().Sub(v.Due.Add(-v.Limit)), 0)
	} else if c.State == ClockMissed { // nobody has come yet
		c.State = ClockRuns
	}
	return c, true
}
