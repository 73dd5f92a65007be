package task

import (
	"context"
	"errors"
)

// errHeld is why a read was interrupted that Release begins again.
var errHeld = errors.New("held")

// Hold lets nothing change on the screen until Release: results wait, and so
// does work that is asked for. Reads under way are interrupted; work begun by
// Go goes on to its end. It is called on the UI goroutine; ended, on any other,
// returns when nothing runs any more.
func (r *Runner) Hold() (ended func()) {
	r.held = true
	r.cancel(errHeld)
	return r.under.Wait
}

// Release shows what has waited, in its order, and begins what was interrupted.
// It is called on the UI goroutine, after ended has returned.
func (r *Runner) Release() {
	r.held = false
	r.reads, r.cancel = context.WithCancelCause(context.Background())
	waiting := r.later
	r.later = nil
	for _, f := range waiting {
		r.whenFree(f)
	}
}

// whenFree runs f now, or after Release.
func (r *Runner) whenFree(f func()) {
	if r.held {
		r.later = append(r.later, f)
		return
	}
	f()
}
