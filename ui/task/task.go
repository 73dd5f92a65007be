// Package task runs work off the UI goroutine and brings its result back. It is
// the only place of the window that calls fyne.Do.
//
// Use it for whatever reads a replica, a file or the network. Do not use it for
// what is already in memory: a table answers from memory at once.
package task

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// Runner starts work and delivers results. Work runs away from the UI
// goroutine; a Runner itself belongs to it, but for Post.
type Runner struct {
	post    func(func())
	start   func(func())
	after   func(time.Duration, func()) (stop func() bool)
	running atomic.Int64

	held   bool
	later  []func() // results and work that wait for Release
	under  sync.WaitGroup
	reads  context.Context // under every read
	cancel context.CancelCauseFunc
}

// New is the runner of the window: one goroutine per work, results by fyne.Do.
func New() *Runner {
	return runner(fyne.Do, func(work func()) { go work() }, func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop })
}

// Inline does everything at once on the caller's goroutine: for tests and for
// pictures, where nothing may still be under way when the call returns. Time
// does not pass there: what comes later is handed to later, if not nil.
func Inline(later func(f func())) *Runner {
	now := func(f func()) { f() }
	return runner(now, now, after(later))
}

// after hands what comes later to later, if not nil: time does not pass.
func after(later func(f func())) func(time.Duration, func()) func() bool {
	return func(_ time.Duration, f func()) func() bool {
		if later != nil {
			later(f)
		}
		return func() bool { return false }
	}
}

// Apart is another runner of the same kind, for what goes on while r is held.
func (r *Runner) Apart() *Runner { return runner(r.post, r.start, r.after) }

func runner(post, start func(func()), after func(time.Duration, func()) func() bool) *Runner {
	r := &Runner{post: post, start: start, after: after}
	r.reads, r.cancel = context.WithCancelCause(context.Background())
	return r
}

// Slot is one place on the screen that shows one result: a list, a detail. Work
// begun in a slot cancels the work before it, and a late result of that is
// dropped. It belongs to the UI goroutine. The zero Slot is ready.
type Slot struct {
	turn   int
	cancel context.CancelFunc
}

// Stop cancels what is under way; its result will not be shown.
func (s *Slot) Stop() {
	s.turn++
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// Do reads off the UI goroutine and then runs done on it, unless newer work of
// the same slot began meanwhile. Work must return when its context ends, and
// must change nothing: what Hold interrupts is begun again by Release. It is
// called on the UI goroutine.
func Do[T any](r *Runner, s *Slot, work func(context.Context) (T, error), done func(T, error)) {
	s.Stop()
	turn := s.turn
	r.whenFree(func() { read(r, s, turn, work, done) })
}

func read[T any](r *Runner, s *Slot, turn int, work func(context.Context) (T, error), done func(T, error)) {
	if s.turn != turn {
		return
	}
	ctx, cancel := context.WithCancel(r.reads)
	s.cancel = cancel
	r.begin(func() func() {
		defer cancel()
		v, err := work(ctx)
		again := err != nil && errors.Is(context.Cause(ctx), errHeld)
		return func() {
			switch {
			case s.turn != turn:
			case again:
				read(r, s, turn, work, done)
			default:
				s.cancel = nil
				done(v, err)
			}
		}
	})
}

// Go runs work that nothing replaces, such as saving: it is never cancelled by
// other work nor by Hold, and done always runs. It is called on the UI goroutine.
func Go(r *Runner, work func(context.Context) error, done func(error)) {
	r.whenFree(func() {
		r.begin(func() func() {
			err := work(context.Background())
			return func() { done(err) }
		})
	})
}

// begin runs work off the UI goroutine and what it gives back on it.
func (r *Runner) begin(work func() (show func())) {
	r.running.Add(1)
	r.under.Add(1)
	r.start(func() {
		show := work()
		r.under.Done()
		r.Post(func() {
			defer r.running.Add(-1)
			show()
		})
	})
}

// After runs f on the UI goroutine when some time has passed, unless stop is
// called before. It is called on the UI goroutine.
func After(r *Runner, d time.Duration, f func()) (stop func()) {
	stopped := false
	timer := r.after(d, func() {
		r.Post(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() { stopped = true; timer() }
}

// Post brings f to the UI goroutine, for news that come from outside (sync, the
// clock). It may be called on any goroutine.
func (r *Runner) Post(f func()) { r.post(func() { r.whenFree(f) }) }
