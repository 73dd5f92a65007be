package sla

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestBudget(t *testing.T) {
	for _, c := range []struct {
		interval time.Duration
		checks   int
		delivery time.Duration
		worst    time.Duration
		kept     bool
	}{
		{5 * time.Minute, 1, 20 * time.Second, 5*time.Minute + 20*time.Second, true},
		{5 * time.Minute, 0, 20 * time.Second, 5*time.Minute + 20*time.Second, true},
		{3 * time.Minute, 3, time.Minute, 10 * time.Minute, true}, // exactly 10 minutes is in time
		{3 * time.Minute, 3, time.Minute + time.Second, 10*time.Minute + time.Second, false},
		{5 * time.Minute, 2, 20 * time.Second, 10*time.Minute + 20*time.Second, false},
		{0, 1, time.Second, math.MaxInt64, false}, // nobody checks
		{-time.Minute, 1, time.Second, math.MaxInt64, false},
		{time.Minute, 1, -time.Second, math.MaxInt64, false},
		{time.Minute, -3, 0, time.Minute, true},
		{math.MaxInt64, 1, 1, math.MaxInt64, false},
		{math.MaxInt64 / 2, 3, 0, math.MaxInt64, false},
	} {
		b := Budget{c.interval, c.checks, c.delivery}
		if b.Worst() != c.worst || b.Kept() != c.kept {
			t.Errorf("%+v: %v, %v", b, b.Worst(), b.Kept())
		}
	}
}

// TestBudgetHolds: whenever a target fails, the notice is there within the worst time.
func TestBudgetHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Budget{time.Duration(rapid.IntRange(1, 600).Draw(t, "interval")) * time.Second, rapid.IntRange(1, 6).Draw(t, "checks"),
			time.Duration(rapid.IntRange(0, 600).Draw(t, "delivery")) * time.Second}
		failed := time.Duration(rapid.IntRange(0, 10_000).Draw(t, "failed")) * time.Second
		first := (failed/b.Interval + 1) * b.Interval // the first check after it
		told := first + time.Duration(b.Confirmations-1)*b.Interval + b.Delivery
		if told-failed > b.Worst() {
			t.Fatalf("%v after it failed, at worst %v", told-failed, b.Worst())
		}
	})
}
