package sla

import (
	"math"
	"time"
)

// Budget is how long it takes at worst until the notice of a failure is there, where a
// target is watched by checks.
type Budget struct {
	Interval      time.Duration // between two checks
	Confirmations int           // how many checks in a row must fail; 0 counts as 1
	Delivery      time.Duration // from the last of them until the notice arrives
}

// Worst is that time: the target fails right after a good check, so each check that
// must fail costs a whole interval. A budget without an interval, or with a negative
// part, has none: it is the longest duration.
func (b Budget) Worst() time.Duration {
	n := time.Duration(max(1, b.Confirmations))
	if b.Interval <= 0 || b.Delivery < 0 || b.Interval > (math.MaxInt64-b.Delivery)/n {
		return math.MaxInt64
	}
	return b.Interval*n + b.Delivery
}

// Kept says whether a notice within the budget comes in time whenever the target fails
// (clause 3.2.2: within 10 minutes of the failure, 10 minutes included).
func (b Budget) Kept() bool { return b.Worst() <= NoticeLimit }
