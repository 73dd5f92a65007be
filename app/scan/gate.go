package scan

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// Gate makes a scan wait, so that it is in nobody's way. Its methods are called from
// several goroutines, and end with an error only when ctx does. Package polite has one.
type Gate interface {
	// Wait waits until anything may be read.
	Wait(ctx context.Context) error
	// File waits for the turn of a file that is opened.
	File(ctx context.Context) error
	// Bytes waits for the turn of so many bytes, and says how long it did: that is no
	// time that the file took.
	Bytes(ctx context.Context, n int) (waited time.Duration, err error)
}

// Free is a gate that nothing waits at.
var Free Gate = open{}

type open struct{}

func (open) Wait(ctx context.Context) error                    { return ctx.Err() }
func (open) File(ctx context.Context) error                    { return ctx.Err() }
func (open) Bytes(context.Context, int) (time.Duration, error) { return 0, nil }

// gated reads a file through a gate. It notes why the file could not be read: a
// parser would take it for damaged.
type gated struct {
	f    io.ReaderAt
	gate Gate
	time *allowance
	err  error
}

func (g *gated) ReadAt(b []byte, at int64) (int, error) {
	if _, free := g.gate.(open); !free {
		if err := g.time.while(func(ctx context.Context) (time.Duration, error) { return g.gate.Bytes(ctx, len(b)) }); err != nil {
			return 0, err
		}
	}
	n, err := g.f.ReadAt(b, at)
	if err != nil && err != io.EOF {
		g.err = err
		err = errUnread
	}
	return n, err
}

// errUnread is what a parser is told in place of an error that may be a context's: a
// share's own patience, which must not end the scan.
var errUnread = errors.New("the file could not be read")

// allowance is a context that ends after some time, in which waiting does not count.
type allowance struct {
	context.Context // the scan's
	done            chan struct{}

	mu    sync.Mutex
	timer context.Context
	stop  func() // the timer
	over  bool
}

func allow(ctx context.Context, d time.Duration) *allowance {
	a := &allowance{Context: ctx, done: make(chan struct{})}
	a.timer, a.stop = a.start(context.WithTimeout(ctx, d))
	return a
}

// start lets a timer end the allowance.
func (a *allowance) start(timer context.Context, cancel context.CancelFunc) (context.Context, func()) {
	forget := context.AfterFunc(timer, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.expire()
	})
	return timer, func() {
		forget()
		cancel()
	}
}

func (a *allowance) expire() {
	if !a.over {
		a.over = true
		close(a.done)
	}
}

// while stops the clock for as long as something waits. A file is read by one
// goroutine, so only one waits.
func (a *allowance) while(wait func(context.Context) (time.Duration, error)) error {
	a.mu.Lock()
	end, _ := a.timer.Deadline()
	a.stop()
	a.mu.Unlock()
	waited, err := wait(a.Context)
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case err != nil:
		a.expire()
	case !a.over:
		a.timer, a.stop = a.start(context.WithDeadline(a.Context, end.Add(waited)))
	}
	return err
}

// end frees what the allowance holds.
func (a *allowance) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop()
}

// Done is part of [context.Context].
func (a *allowance) Done() <-chan struct{} { return a.done }

// Deadline is part of [context.Context]: it can be put off, so there is none.
func (a *allowance) Deadline() (end time.Time, set bool) { return end, false }

// Err is part of [context.Context].
func (a *allowance) Err() error {
	if err := a.Context.Err(); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over || errors.Is(a.timer.Err(), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return nil
}
