package main

import (
	"context"
	"errors"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/sync/client"
	"daicho/ui"
)

// follow follows the server until ctx ends or quit is closed, but for pauses.
func (l *link) follow(ctx context.Context, quit <-chan struct{}, r *store.Replica) {
	for more := true; more; {
		run, cut := context.WithCancel(ctx)
		l.begin(cut)
		o := client.Options{Now: l.now, Quit: quit, Progress: l.progress, Prove: l.prove}
		client.Follow(run, client.Of(r), o, l.wake, func(_ client.Result, err error) {
			if order := (*client.Order)(nil); errors.As(err, &order) {
				err = l.door.obey(ctx, r, err)
				defer l.erased()
			}
			if run.Err() == nil {
				l.heard(ctx, r, err)
			}
		})
		more = run.Err() != nil && l.paused(ctx, quit)
		cut()
	}
}

// begin takes in how the sync that begins is cut. A pause does not outlive the
// opening it was made in.
func (l *link) begin(cut func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.status.Paused = cut, false
	select {
	case <-l.resume: // of an earlier opening
	default:
	}
}

// paused waits for the end of a pause, and reports whether to go on after it.
func (l *link) paused(ctx context.Context, quit <-chan struct{}) bool {
	select {
	case <-l.resume:
		return true
	case <-ctx.Done():
	case <-quit:
	}
	return false
}

// Pause cuts the sync under way; who waits for it hears that.
func (l *link) Pause() {
	l.mu.Lock()
	if l.cut == nil || l.runs == 0 || l.status.Paused {
		l.mu.Unlock()
		return
	}
	l.status.Paused, l.status.Doing = true, ui.Work{}
	l.answer(errPaused)
	l.cut()
	l.mu.Unlock()
	l.tell()
}

// unpause ends a pause. The lock is held.
func (l *link) unpause() {
	if !l.status.Paused {
		return
	}
	l.status.Paused = false
	select {
	case l.resume <- struct{}{}:
	default: // it was ended before, and is not at an end yet
	}
}

// Sync tells how far it is where people would else wonder: of many records, of
// any files. More often than people can read it, nobody is told.
const (
	worthTelling = 50
	tellEvery    = 100 * time.Millisecond
)

// progress takes in how far a sync is.
func (l *link) progress(p client.Progress) {
	now, work := l.now(), ui.Work{}
	files := p.Step == client.Uploading || p.Step == client.Downloading
	if p.Done < p.Total && (files || p.Total >= worthTelling) {
		work = ui.Work{What: p.Step.Label(), Done: p.Done, Total: p.Total}
	}
	l.mu.Lock()
	before := l.status.Doing
	if !l.status.Paused {
		l.status.Doing = work
	}
	due := l.status.Doing != before && (work.What != before.What || now.Sub(l.told) >= tellEvery)
	if due {
		l.told = now
	}
	l.mu.Unlock()
	if due {
		l.tell()
	}
}

// reads takes in what the person may read. The lock is held.
func (l *link) reads(rights [32]byte) {
	if l.rights != rights && l.rights != [32]byte{} {
		l.status.Rescoped = app.StampOf(l.now())
	}
	l.rights = rights
}

var errPaused = app.Refuse(app.Failed, "", "同期を停止しました。「今すぐ同期」で続きから再開します。",
	"the sync was stopped; \"Sync now\" goes on from there")
