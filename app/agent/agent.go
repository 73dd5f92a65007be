// Package agent runs the scans that one device is to make (clause 3.4.2): it takes a
// job whose hours have come, has its files looked at, and tells what was found in
// records that travel like all others.
//
// It joins package scan, which knows no register, with package finding, which opens
// no file. Both daichoctl agent, at which nobody sits, and the window use it. Do not
// use it for a scan whose result nobody keeps: that is package scan alone. An agent
// that is ended or killed goes on in the same run: see [Agent.Run].
package agent

import (
	"context"
	"errors"
	"fmt"

	"daicho/app"
	"daicho/app/detect"
	"daicho/app/extract/apart"
	"daicho/app/finding"
	"daicho/app/scan"
	"daicho/app/scan/share"
	"daicho/store"
)

// Agent is what runs the jobs of the person for whom a replica is enrolled. Its
// methods are called by one goroutine at a time.
type Agent struct {
	Replica *store.Replica
	Now     app.Clock
	Keys    Keys
	// Memory is the folder in which is remembered what was found, a file for each job.
	Memory string
	// Login is who reads a share of a server.
	Login func(ctx context.Context, server string) (share.Login, error)
	// Apart makes the processes that read what may end a process, for one run.
	Apart func() *apart.Pool
	// Gate makes a scan wait; nil: it never does.
	Gate scan.Gate
	// Workers read files side by side.
	Workers int
	// Packs change the rules; the later counts over the earlier.
	Packs []*detect.Pack
	// Program is the name and version that a run says it was made by.
	Program string
	// Told hears how far a run is, after every file, from one goroutine at a time;
	// nil: nobody does.
	Told func(Progress)
}

// Round hears what is to be done, does what is due, and tells. Sync speaks to the
// server; one that is away stops nothing: what was found waits here.
func (a *Agent) Round(ctx context.Context, sync func(context.Context) error) error {
	before := sync(ctx)
	done := errors.Join(a.lapse(ctx), a.jobs(ctx))
	if ctx.Err() != nil {
		return done
	}
	if after := sync(ctx); after != nil {
		return errors.Join(done, after)
	}
	if before != nil { // it is back
		return errors.Join(done, a.jobs(ctx), sync(ctx))
	}
	return done
}

// lapse reopens findings whose exception has ended.
func (a *Agent) lapse(ctx context.Context) error {
	today := app.Cond{Field: "until", Op: "<", Value: app.Today}
	ended, _, err := store.List(ctx, a.Replica, finding.Register, app.Query{Where: []app.Cond{app.Where("state", "=", string(finding.Excepted)), today}})
	for _, f := range ended {
		err = errors.Join(err, a.Replica.Write(ctx, a.Replica.Actor(), func(tx *store.Tx) error { return tx.Do(f, "lapse", nil) }))
	}
	return err
}

// jobs runs what is due of those of this device's person. One that fails does not
// keep the others.
func (a *Agent) jobs(ctx context.Context) error {
	mine, _ := app.FilterOf(finding.Jobs, "mine")
	list, _, err := store.List(ctx, a.Replica, finding.Jobs, mine.Query(nil))
	for _, j := range list {
		if ctx.Err() != nil {
			return err
		}
		if e := a.due(ctx, j); e != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", j.Number, e))
		}
	}
	return err
}

// edition names the rules that are gone by.
func (a *Agent) edition() string {
	name := "標準"
	for _, p := range a.Packs {
		name += fmt.Sprintf("、%s %d（%s）", p.Name, p.Version, p.Edition)
	}
	return name
}
