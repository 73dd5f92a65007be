package polite

import (
	"context"
	"sync"
	"time"
)

// Clock is the time, and a way to let it pass.
type Clock struct {
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error // ends with ctx's error
}

// Reason says why a scan waits.
type Reason string

// The reasons.
const (
	Goes      Reason = "" // it does not wait
	Paused    Reason = "paused"
	OffHours  Reason = "outside the hours given"
	OnBattery Reason = "on battery"
)

// Gate is scan.Gate. Set its fields before the first use; methods may be called
// from several goroutines.
type Gate struct {
	Clock   Clock
	Pace    Pace
	Hours   *Hours       // nil: always
	Battery func() bool  // whether the machine runs on battery; nil: it never does
	Tell    func(Reason) // called as the scan begins to wait, and as it goes on; nil: nobody

	mu      sync.Mutex
	paused  bool
	told    Reason
	battery bool
	looked  time.Time // when the battery was looked at

	files, bytes turns
}

// Pause makes everything wait until [Gate.Resume].
func (g *Gate) Pause() { g.setPaused(true) }

// Resume lets it go on.
func (g *Gate) Resume() { g.setPaused(false) }

func (g *Gate) setPaused(to bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.paused = to
}

const (
	// blink is how soon a scan goes on after what held it is gone.
	blink = time.Second
	// glance is how often the battery is looked at while files are read.
	glance = 10 * time.Second
)

// Wait waits until the scan may read at all.
func (g *Gate) Wait(ctx context.Context) error {
	for g.why() != Goes {
		if err := g.Clock.Sleep(ctx, blink); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// File waits for the turn of a file that is opened.
func (g *Gate) File(ctx context.Context) error {
	if err := g.turn(ctx, &g.files, 1, g.Pace.Files); err != nil {
		return err
	}
	return g.Wait(ctx)
}

// Bytes waits for the turn of so many bytes, and says how long it did.
func (g *Gate) Bytes(ctx context.Context, n int) (time.Duration, error) {
	before := g.Clock.Now()
	if err := g.turn(ctx, &g.bytes, float64(n), g.Pace.Bytes); err != nil {
		return 0, err
	}
	err := g.Wait(ctx)
	return g.Clock.Now().Sub(before), err
}

func (g *Gate) turn(ctx context.Context, t *turns, n, rate float64) error {
	if wait := t.take(g.Clock.Now(), n, rate); wait > 0 {
		return g.Clock.Sleep(ctx, wait)
	}
	return nil
}

// why says whether the scan must wait now, and tells of every change.
func (g *Gate) why() Reason {
	g.mu.Lock()
	defer g.mu.Unlock()
	why := g.reason(g.Clock.Now())
	if why != g.told {
		if g.told = why; g.Tell != nil {
			g.Tell(why)
		}
	}
	return why
}

func (g *Gate) reason(now time.Time) Reason {
	if g.paused {
		return Paused
	}
	if g.Hours != nil {
		if open, _ := g.Hours.Open(now); !open {
			return OffHours
		}
	}
	if g.Battery != nil && now.Sub(g.looked) >= glance {
		g.battery, g.looked = g.Battery(), now
	}
	if g.battery {
		return OnBattery
	}
	return Goes
}
