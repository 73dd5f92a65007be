// Package task runs work off the UI goroutine and brings its result back. It is
// the only place of the window that calls fyne.Do.
//
// Use it for whatever reads a replica, a file or the network. Do not use it for
// what is already in memory: a table answers from memory at once.
package task

import (
	"context"
	"sync/atomic"

	"fyne.io/fyne/v2"
)

// Runner starts work and delivers results. Post brings a function to the UI
// goroutine; Start begins work away from it.
type Runner struct {
	post    func(func())
	start   func(func())
	running atomic.Int64
}

// New is the runner of the window: one goroutine per work, results by fyne.Do.
func New() *Runner {
	return &Runner{post: fyne.Do, start: func(work func()) { go work() }}
}

// Inline does everything at once on the caller's goroutine: for tests and for
// pictures, where nothing may still be under way when the call returns.
func Inline() *Runner {
	now := func(f func()) { f() }
	return &Runner{post: now, start: now}
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

// Do runs work off the UI goroutine and then done on it, unless newer work of
// the same slot began meanwhile. Work must return when its context ends. It is
// called on the UI goroutine.
func Do[T any](r *Runner, s *Slot, work func(context.Context) (T, error), done func(T, error)) {
	s.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	turn := s.turn
	s.cancel = cancel
	ended := r.begin()
	r.start(func() {
		defer cancel()
		v, err := work(ctx)
		r.post(func() {
			defer ended()
			if s.turn != turn {
				return
			}
			s.cancel = nil
			done(v, err)
		})
	})
}

// Go runs work that nothing replaces, such as saving: it is never cancelled by
// other work, and done always runs.
func Go(r *Runner, work func(context.Context) error, done func(error)) {
	ended := r.begin()
	r.start(func() {
		err := work(context.Background())
		r.post(func() {
			defer ended()
			done(err)
		})
	})
}

// Post brings f to the UI goroutine, for news that come from outside (sync, the
// clock).
func (r *Runner) Post(f func()) { r.post(f) }
