package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"daicho/app"
	"daicho/app/agent"
	"daicho/app/finding"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
	"daicho/store"
	"daicho/store/keys"
	"daicho/ui"
	"daicho/ui/task"
)

// scanner runs the scans of this device, while the replica is open and no longer: a
// lock pauses the one under way, and the unlocking lets it go on.
type scanner struct {
	door *door
	log  io.Writer // English, no personal data

	mu     sync.Mutex
	scan   ui.Scan
	cancel func()        // pauses the scan under way; nil: none is
	ending bool          // a person has stopped it
	done   chan struct{} // closed when that is paused or over
	halted bool          // the door is shut, or about to be
	again  app.Ref       // the job whose scan a lock has paused
}

// Begin is part of [ui.Scanner].
func (s *scanner) Begin(ctx context.Context, job app.Ref) error {
	r, err := s.door.open()
	if err != nil {
		return err
	}
	a, err := s.agent(ctx, r)
	if err != nil {
		return err
	}
	j, err := a.May(ctx, job)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.halted:
		return errShut
	case s.cancel != nil:
		return errOneScan
	}
	scanning, cancel := context.WithCancel(context.Background())
	work := task.NewProgress(time.Now)
	s.scan, s.cancel, s.ending, s.done = ui.Scan{Job: j.Ref, Title: j.Title, Work: work}, cancel, false, make(chan struct{})
	a.Gate, a.Told = rest{work}, func(p agent.Progress) { s.told(scanning, work, p) }
	go s.run(scanning, a, j.Ref)
	return nil
}

var errOneScan = app.Refuse(app.Stale, "", "別の点検を実行中です。終わるのを待つか、中止してから実行してください。", "another scan is running; wait for its end, or stop it first")

// agent is what runs a job. What was found is remembered beside the replica, sealed
// under a key that lies in it.
func (s *scanner) agent(ctx context.Context, r *store.Replica) (*agent.Agent, error) {
	site, err := scanKey(ctx, r)
	if err != nil {
		return nil, err
	}
	own, err := agent.KeysOf(site)
	return &agent.Agent{Replica: r, Now: s.door.options.Clock, Keys: own, Memory: agent.MemoryOf(r), Login: agent.SystemLogin, Apart: worker.Readers,
		Workers: max(1, runtime.NumCPU()/2), Program: "daicho " + cli.Version}, err // somebody works beside it
}

// scanKeyName is the setting with the key by which this device knows scanned files.
const scanKeyName = "scan-key"

func scanKey(ctx context.Context, r *store.Replica) (key keys.DataKey, err error) {
	err = r.Local(ctx, func(tx *store.LocalTx) error {
		kept, err := tx.Get(scanKeyName)
		if err != nil || len(kept) == len(key) {
			copy(key[:], kept)
			return err
		}
		rand.Read(key[:])
		return tx.Set(scanKeyName, key[:])
	})
	return key, err
}

func (s *scanner) run(ctx context.Context, a *agent.Agent, job app.Ref) {
	fmt.Fprintln(s.log, "daicho: a scan has begun")
	paused, err := a.Run(ctx, job)
	paused = paused || err != nil && ctx.Err() != nil
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scan.Over, s.scan.Stopped = true, paused
	switch {
	case paused:
		fmt.Fprintln(s.log, "daicho: the scan is paused")
	case err != nil:
		s.scan.Err = err
		fmt.Fprintln(s.log, "daicho: the scan has failed")
	default:
		fmt.Fprintln(s.log, "daicho: the scan is over")
	}
	s.cancel()
	s.cancel = nil
	close(s.done)
}

// told takes in how far a scan is.
func (s *scanner) told(ctx context.Context, work *task.Progress, p agent.Progress) {
	var unread []ui.Unread
	for _, e := range p.Errors {
		unread = append(unread, ui.Unread{Why: finding.ReasonLabel(e.Reason), Count: e.Count})
	}
	s.mu.Lock()
	s.scan.Files, s.scan.AllFiles, s.scan.Folder, s.scan.Found, s.scan.Unread = p.Files, p.All.Files, p.Folder, p.Found, unread
	s.mu.Unlock()
	_ = work.Step(ctx, p.Bytes, p.All.Bytes) // its end is the scan's, which sees it itself
}

// Stop is part of [ui.Scanner].
func (s *scanner) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.ending = true
		s.cancel()
	}
}

// State is part of [ui.Scanner].
func (s *scanner) State() ui.Scan {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.scan
}

// halt pauses the scan under way and lets none begin, for the door is shut. Ended
// returns when the replica is not used any more.
func (s *scanner) halt() (ended func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.halted = true
	if s.cancel == nil {
		return func() {}
	}
	if !s.ending {
		s.again = s.scan.Job
	}
	s.cancel()
	done := s.done
	return func() { <-done }
}

// goOn lets scans begin again, and the one go on that was halted.
func (s *scanner) goOn(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	job, done := s.again, s.done
	s.halted, s.again = false, app.Ref{}
	if job.IsZero() {
		return
	}
	go func() {
		<-done
		if err := s.Begin(ctx, job); err != nil && ctx.Err() == nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.scan.Stopped, s.scan.Err = false, err
		}
	}()
}

// rest is a gate that nothing passes while a person lets the scan rest.
type rest struct{ work *task.Progress }

// Wait is part of scan.Gate.
func (g rest) Wait(ctx context.Context) error { return g.work.Rest(ctx) }

// File is part of scan.Gate.
func (g rest) File(ctx context.Context) error { return g.work.Rest(ctx) }

// Bytes is part of scan.Gate.
func (g rest) Bytes(ctx context.Context, _ int) (time.Duration, error) {
	begun := time.Now()
	err := g.work.Rest(ctx)
	return time.Since(begun), err
}

var _ ui.Scanner = (*scanner)(nil)
