// Package serve runs what only the server does by itself: it fetches mail, sends
// notices. Each job works on a replica of the server's own, as a person of its own,
// through store.Write: so that sync, rights and audit hold for a program as they do
// for people. The jobs themselves stand in the folders below.
//
// Do not use it for what a person waits for: a job that is late is late.
package serve

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Job is something done again and again.
type Job struct {
	Name  string
	Every time.Duration // between the end of one run and the next
	Run   func(ctx context.Context) error
}

// worst is how much longer a job rests that fails and fails.
const worst = 10

// Run does jobs side by side until ctx ends, and returns when all have stopped. A job
// that fails, or panics, is said in the log and done again, later each time.
func Run(ctx context.Context, log *slog.Logger, jobs ...Job) {
	var all sync.WaitGroup
	for _, j := range jobs {
		all.Go(func() { j.repeat(ctx, log) })
	}
	all.Wait()
}

func (j Job) repeat(ctx context.Context, log *slog.Logger) {
	failures := 0
	for ctx.Err() == nil {
		err := j.once(ctx)
		if err == nil {
			failures = 0
		} else if ctx.Err() == nil {
			failures = min(failures+1, worst)
			log.Warn("a job failed and will be done again", "job", j.Name, "err", err)
		}
		rest := time.NewTimer(j.Every * time.Duration(1+failures))
		select {
		case <-ctx.Done():
		case <-rest.C:
		}
		rest.Stop()
	}
}

func (j Job) once(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the job panicked: %v", r)
		}
	}()
	return j.Run(ctx)
}
