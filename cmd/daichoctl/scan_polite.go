package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"daicho/app/civil"
	"daicho/app/scan"
	"daicho/app/scan/polite"
	"daicho/cmd/cli"
)

// politeFlags keep a scan out of everybody's way.
type politeFlags struct {
	Pace  string `placeholder:"PACE" help:"Read so much in a second at most: 5MB/s, 20files/s, or both with a comma between them."`
	Hours string `placeholder:"HOURS" help:"Read in these hours alone, in Tokyo, and wait outside them: 'Mon-Fri 20:00-06:00, Sat, Sun'."`
	Mains bool   `help:"Wait while the machine runs on battery (Linux)."`
	Idle  bool   `help:"Run with the lowest priority for processor and disk (Linux, Windows)."`
}

func (f *politeFlags) check() error {
	_, _, err := f.parsed()
	return err
}

func (f *politeFlags) parsed() (p polite.Pace, h *polite.Hours, err error) {
	if f.Pace != "" {
		if p, err = polite.ParsePace(f.Pace); err != nil {
			return p, nil, fmt.Errorf("--pace: %w", err)
		}
	}
	if f.Hours != "" {
		if h, err = polite.ParseHours(f.Hours); err != nil {
			return p, nil, fmt.Errorf("--hours: %w", err)
		}
	}
	return p, h, nil
}

// gate makes the scan wait as the flags say, and while it is paused by a signal.
func (f *politeFlags) gate(ctx context.Context, console *cli.Console) (scan.Gate, error) {
	pace, hours, err := f.parsed()
	if err != nil {
		return nil, err
	}
	g := &polite.Gate{Clock: scanClock(console), Pace: pace, Hours: hours, Tell: waits(console, hours)}
	if f.Mains {
		if g.Battery, err = polite.Battery(); err != nil {
			return nil, err
		}
	}
	if f.Idle {
		if err := polite.Yield(); err != nil {
			return nil, err
		}
	}
	pauses(ctx, g)
	return g, nil
}

// waits says on stderr that the scan waits, and that it goes on.
func waits(console *cli.Console, hours *polite.Hours) func(polite.Reason) {
	var waited atomic.Bool
	return func(r polite.Reason) {
		switch {
		case r == polite.OffHours:
			_, next := hours.Open(console.Now())
			fmt.Fprintf(console.Err, "waiting: %s, until %s\n", r, next.In(civil.Tokyo).Format("Mon 15:04"))
		case r != polite.Goes:
			fmt.Fprintf(console.Err, "waiting: %s\n", r)
		case waited.Load():
			console.Note("再開します。", "going on")
		}
		waited.Store(r != polite.Goes)
	}
}

func scanClock(console *cli.Console) polite.Clock {
	return polite.Clock{Now: console.Now, Sleep: func(ctx context.Context, d time.Duration) error {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			return nil
		}
	}}
}
