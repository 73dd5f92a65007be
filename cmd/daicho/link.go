package main

import (
	"context"
	"sync"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/sync/client"
	"daicho/ui"
)

// link is the connection to the server: it follows the server in the
// background and keeps what the status bar says.
type link struct {
	replica *store.Replica
	now     app.Clock
	wake    chan struct{}

	mu       sync.Mutex
	status   ui.Status
	watchers map[int]func()
	waiting  []chan error // SyncNow calls that wait for the next result
	next     int
}

func newLink(replica *store.Replica, now app.Clock) *link {
	return &link{replica: replica, now: now, wake: make(chan struct{}, 1), watchers: map[int]func(){},
		status: ui.Status{Device: replica.Device().Short(), ClockErr: -1}}
}

// run follows the server until ctx ends. Own changes wake it.
func (l *link) run(ctx context.Context) {
	stop := l.replica.Watch(func([]app.Ref) { l.refresh(ctx, nil); l.nudge() })
	defer stop()
	l.refresh(ctx, nil)
	client.Follow(ctx, client.Of(l.replica), client.Options{Now: l.now}, l.wake, func(r client.Result, err error) { l.heard(ctx, err) })
}

// nudge asks for a sync soon; one that is asked for already is enough.
func (l *link) nudge() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// heard takes in how a contact with the server went.
func (l *link) heard(ctx context.Context, err error) {
	l.refresh(ctx, func(s *ui.Status) {
		now := app.StampOf(l.now())
		if err == nil {
			s.Online, s.LastSync, s.Since, s.Why = true, now, 0, app.Label{}
			return
		}
		if s.Online || s.Since == 0 {
			s.Since = now
		}
		s.Online, s.Why = false, app.ErrorOf(err).Say
	})
	l.mu.Lock()
	waiting := l.waiting
	l.waiting = nil
	l.mu.Unlock()
	for _, c := range waiting {
		c <- err
	}
}

// refresh counts anew and tells those who watch if anything differs.
func (l *link) refresh(ctx context.Context, change func(*ui.Status)) {
	counts, err := l.replica.Status(ctx)
	reading, clockErr := l.replica.Reading(ctx)
	enrolled, notEnrolled := l.replica.Enrolment(ctx)
	alone, unnamed := l.replica.Setting(ctx, localName)
	l.mu.Lock()
	before := l.status
	if err == nil {
		l.status.Waiting, l.status.Refused, l.status.Conflicts = counts.Pending, counts.Rejected, counts.Conflicts
	}
	if clockErr == nil && reading.Err != app.Unknown {
		l.status.ClockErr = time.Duration(reading.Err) * time.Millisecond
	}
	l.status.Enrolled, l.status.Person = notEnrolled == nil, enrolled.Person.Name
	if !l.status.Enrolled && unnamed == nil {
		l.status.Person = string(alone)
	}
	if change != nil {
		change(&l.status)
	}
	var tell []func()
	if l.status != before {
		for _, f := range l.watchers {
			tell = append(tell, f)
		}
	}
	l.mu.Unlock()
	for _, f := range tell {
		f()
	}
}

func (l *link) Status() ui.Status {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.status
}

func (l *link) SyncNow(ctx context.Context) error {
	done := make(chan error, 1)
	l.mu.Lock()
	l.waiting = append(l.waiting, done)
	l.mu.Unlock()
	l.nudge()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *link) Watch(changed func()) (stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	id := l.next
	l.next++
	l.watchers[id] = changed
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.watchers, id)
	}
}

func (l *link) Outbox(ctx context.Context) ([]ui.Outgoing, error) {
	sent, err := l.replica.Outbox(ctx)
	out := make([]ui.Outgoing, len(sent))
	for i, s := range sent {
		out[i] = ui.Outgoing{At: s.At, Ref: s.Ref, Number: s.Number, Title: s.Title, What: l.what(s), Refused: s.Verdict == app.Rejected, Reason: s.Say}
	}
	return out, err
}

var (
	made    = app.Label{JA: "登録", EN: "Created"}
	changed = app.Label{JA: "変更", EN: "Changed"}
)

// what names the act: the command's own label, or that the record was made or changed.
func (l *link) what(s store.Sent) app.Label {
	g, err := l.replica.Book().Registers.Of(s.Ref.Kind)
	if err == nil && s.Command != "" {
		if c, err := app.CommandOf(g, s.Command); err == nil {
			return c.Label
		}
	}
	if s.New {
		return made
	}
	return changed
}

var _ ui.Link = (*link)(nil)
