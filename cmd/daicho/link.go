package main

import (
	"context"
	"sync"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/sync/client"
	"daicho/sync/wire"
	"daicho/ui"
)

// link is the connection to the server: it follows the server in the
// background while the replica is open, and keeps what the status bar says.
type link struct {
	door     *door
	now      app.Clock
	wake     chan struct{}
	resume   chan struct{} // ends a pause
	erased   func()        // hears that the server has had the replica erased
	watchers listeners[func()]
	turn     sync.Mutex // one sync at a time

	mu      sync.Mutex
	status  ui.Status
	cut     func()       // ends the sync under way; nil: none has begun
	told    time.Time    // when those who watch heard last how far a sync is
	rights  [32]byte     // what the person may read, hashed; zero: not known yet
	meeting *meeting     // the last one; nil: there was none
	proof   *wire.Proof  // typed by the person, for the next sync; nil: nothing was
	runs    int          // openings that follow the server, or finish a sync
	waiting []chan error // SyncNow calls that wait for the next result
}

func newLink(d *door, now app.Clock) *link {
	return &link{door: d, now: now, wake: make(chan struct{}, 1), resume: make(chan struct{}, 1), erased: func() {}, status: ui.Status{ClockErr: -1}}
}

// start follows the server with an open replica until ctx ends, or until stop
// is called, which waits for the sync under way. Own changes wake it.
func (l *link) start(ctx context.Context, r *store.Replica) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	l.run(1)
	unwatch := r.Watch(func([]app.Ref) { l.refresh(ctx, r, nil); l.nudge() })
	go func() {
		defer close(done)
		l.turn.Lock() // an earlier opening may still be at its last sync
		defer l.turn.Unlock()
		l.refresh(ctx, r, nil)
		l.follow(ctx, quit, r)
		unwatch()
		l.run(-1)
	}()
	return func() {
		close(quit)
		l.endMeeting()
		<-done
	}
}

// run counts openings. When none is left, nobody will hear of a sync any more.
func (l *link) run(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.runs += n; l.runs == 0 {
		l.answer(errShut)
	}
}

// answer tells all who wait for a sync how it went. The lock is held.
func (l *link) answer(err error) {
	for _, c := range l.waiting {
		c <- err
	}
	l.waiting = nil
}

// nudge asks for a sync soon; one that is asked for already is enough.
func (l *link) nudge() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// heard takes in how a contact with the server went.
func (l *link) heard(ctx context.Context, r *store.Replica, err error) {
	l.refresh(ctx, r, func(s *ui.Status) {
		now := app.StampOf(l.now())
		s.Doing = ui.Work{}
		if err == nil {
			s.Online, s.LastSync, s.Since, s.Why, s.Halted, s.Unproved, s.First = true, now, 0, app.Label{}, false, false, false
			return
		}
		if s.Online || s.Since == 0 {
			s.Since = now
		}
		s.Online, s.Why, s.Halted, s.Unproved = false, app.ErrorOf(err).Say, !app.IsCode(err, app.Failed), ui.IsUnproved(unproved(err))
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answer(err)
}

// refresh counts anew and tells those who watch if anything differs.
func (l *link) refresh(ctx context.Context, r *store.Replica, change func(*ui.Status)) {
	counts, err := r.Status(ctx)
	asked, unasked := r.Count(ctx, app.ConflictKind, app.AskedOfMe())
	reading, clockErr := r.Reading(ctx)
	enrolled, notEnrolled := r.Enrolment(ctx)
	alone, unnamed := r.Setting(ctx, localName)
	lease, leaseErr := r.Lease(ctx)
	_, gsn, cursorErr := r.Cursor(ctx)
	rights, rightsErr := r.Clearance(ctx)
	alarm, alarmErr := client.AlarmOf(ctx, client.Of(r))
	rebirth, rebirthErr := client.RebirthOf(ctx, client.Of(r))
	l.mu.Lock()
	before := l.status
	l.status.Device = r.Device().Short()
	if err == nil {
		l.status.Waiting, l.status.Refused, l.status.Conflicts = counts.Pending, counts.Rejected, counts.Conflicts
	}
	if unasked == nil {
		l.status.Asked = asked
	}
	if clockErr == nil && reading.Err != app.Unknown {
		l.status.ClockErr = time.Duration(reading.Err) * time.Millisecond
	}
	if alarmErr == nil {
		l.status.Alarm = alarm.Sounding()
	}
	if rebirthErr == nil {
		l.status.Reborn = reborn(&rebirth)
	}
	if leaseErr == nil && !lease.IsZero() {
		l.status.Lease = app.StampOf(lease)
	}
	l.status.Enrolled, l.status.Person = notEnrolled == nil, enrolled.Person.Name
	if !l.status.Enrolled && unnamed == nil {
		l.status.Person = string(alone)
	}
	l.status.First = l.status.Enrolled && l.status.LastSync == 0 && cursorErr == nil && gsn == 0
	if rightsErr == nil && cursorErr == nil && gsn > 0 {
		l.reads(rights)
	}
	if change != nil {
		change(&l.status)
	}
	differs := l.status != before
	l.mu.Unlock()
	if !differs {
		return
	}
	l.tell()
}

func (l *link) tell() {
	for _, tell := range l.watchers.all() {
		tell()
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
	if l.runs == 0 {
		l.mu.Unlock()
		return errShut
	}
	l.waiting = append(l.waiting, done)
	l.unpause()
	l.mu.Unlock()
	l.nudge()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *link) AcknowledgeAlarm(ctx context.Context) error {
	r, err := l.door.open()
	if err == nil {
		err = client.AcknowledgeAlarm(ctx, client.Of(r), l.now)
	}
	if err == nil {
		l.refresh(ctx, r, nil)
	}
	return err
}

// reborn is what a person has not read yet of a server that was restored.
func reborn(r *client.Rebirth) ui.Rebirth {
	if !r.Sounds() {
		return ui.Rebirth{}
	}
	return ui.Rebirth{At: r.At, Again: r.Again}
}

func (l *link) AcknowledgeRebirth(ctx context.Context) error {
	r, err := l.door.open()
	if err == nil {
		err = client.AcknowledgeRebirth(ctx, client.Of(r), l.now)
	}
	if err == nil {
		l.refresh(ctx, r, nil)
	}
	return err
}

func (l *link) Watch(changed func()) (stop func()) { return l.watchers.add(changed) }

func (l *link) Outbox(ctx context.Context) ([]ui.Outgoing, error) {
	r, err := l.door.open()
	if err != nil {
		return nil, err
	}
	sent, err := r.Outbox(ctx)
	out := make([]ui.Outgoing, len(sent))
	for i, s := range sent {
		out[i] = ui.Outgoing{At: s.At, Ref: s.Ref, Number: s.Number, Title: s.Title, What: s.Acted(l.door.options.Book.Registers[s.Ref.Kind]), Refused: s.Verdict == app.Rejected, Reason: s.Say}
	}
	return out, err
}

var _ ui.Link = (*link)(nil)
