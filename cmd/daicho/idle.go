package main

import (
	"context"
	"math"
	"sync"
	"time"

	"daicho/app"
)

// lockAfter is how long a window may stand untouched, if nobody says another
// time: long enough for a telephone call at the desk, short enough for one who
// was called away. It is what city offices usually ask of a screen lock.
const lockAfter = 15 * time.Minute

// lookEvery bounds how long after a suspended machine wakes the window still
// stands open: timers do not count suspend.
const lookEvery = 5 * time.Second

// idle knows how long nobody has touched the window.
type idle struct {
	now app.Clock

	mu    sync.Mutex
	after time.Duration // 0: never
	last  time.Time
}

func newIdle(after time.Duration, now app.Clock) *idle {
	return &idle{after: after, now: now, last: now()}
}

func (i *idle) touch() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.last = i.now()
}

// never is longer than any program runs.
const never = time.Duration(math.MaxInt64)

// set says after which time the window locks from now on; 0: never.
func (i *idle) set(after time.Duration) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.after = after
}

// left is the time until the window locks; not above 0: now. The longer of two
// clocks counts: one that stands still in suspend, and one that can be set back.
func (i *idle) left() time.Duration {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.after == 0 {
		return never
	}
	now := i.now()
	return i.after - max(now.Sub(i.last), now.Round(0).Sub(i.last.Round(0)))
}

// wait returns true when nobody has touched the window for long enough, false
// when ctx ends.
func (i *idle) wait(ctx context.Context) bool {
	for {
		left := i.left()
		if left <= 0 {
			return ctx.Err() == nil
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(min(left, lookEvery)):
		}
	}
}
