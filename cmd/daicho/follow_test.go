package main

import (
	"errors"
	"testing"
	"time"

	"daicho/app"
	"daicho/sync/client"
	"daicho/ui"
)

// TestPauseGoesOnLater: who waits for the sync that is stopped hears it at once,
// nothing is sent meanwhile, and the next one brings what was left.
func TestPauseGoesOnLater(t *testing.T) {
	s, at := newServer(t)
	line := &valve{to: at, passed: make(chan struct{}, 1)}
	addUser(t, s, "中村 彩")
	code, err := s.EnrollCode(t.Context(), "中村 彩", []string{line.listen(t)})
	ok(t, err)
	d := newTestDoor(t)
	ok(t, d.Enrol(t.Context(), code, []byte(passphrase), ui.Proof{}))
	r, l := &records{door: d}, newLink(d, time.Now)
	saveTicket(t, r, "sent after the pause")

	line.mu.Lock()
	select {
	case <-line.passed: // of the enrolment
	default:
	}
	stop := l.start(t.Context(), d.opened())
	defer stop()
	answered := make(chan error, 1)
	go func() { answered <- l.SyncNow(t.Context()) }()
	<-line.passed // the device speaks, and is not heard yet
	for waits := false; !waits; time.Sleep(time.Millisecond) {
		l.mu.Lock()
		waits = len(l.waiting) == 1
		l.mu.Unlock()
	}
	l.Pause()
	if err := <-answered; !errors.Is(err, errPaused) {
		t.Errorf("who waits for the sync hears: %v", err)
	}
	if !l.Status().Paused {
		t.Error("it is not told that nothing is sent")
	}
	l.Pause() // of nothing
	line.mu.Unlock()
	ok(t, l.SyncNow(t.Context()))
	if s := l.Status(); s.Paused || !s.Online || s.First {
		t.Errorf("after the pause: %+v", s)
	}
	counts, err := d.opened().Status(t.Context())
	ok(t, err)
	if counts.Pending != 0 {
		t.Errorf("%d changes wait", counts.Pending)
	}
}

// TestErasureReachesTheDoor: the window goes back to a door that says why, and
// the same program can enrol the device anew.
func TestErasureReachesTheDoor(t *testing.T) {
	s, at := newServer(t)
	addUser(t, s, "中村 彩")
	enrol := func(d *door) {
		code, err := s.EnrollCode(t.Context(), "中村 彩", []string{at})
		ok(t, err)
		ok(t, d.Enrol(t.Context(), code, []byte(passphrase), ui.Proof{}))
	}
	d := newTestDoor(t)
	enrol(d)
	_, err := s.Lost(t.Context(), d.opened().Device(), "test", "left on a train")
	ok(t, err)
	l, erased := newLink(d, time.Now), make(chan struct{})
	l.erased = func() { close(erased) }
	stop := l.start(t.Context(), d.opened())
	shut := d.lock(ui.ByPerson, 0, l.Status()) // a person locks it just then
	<-erased
	ok(t, shut(stop))
	if st := d.State(); st.Shut != ui.ByErasure || st.Exists || d.opened() != nil {
		t.Errorf("the door: %+v", st)
	}
	if s := l.Status(); s.Online || !s.Halted {
		t.Errorf("the link: %+v", s)
	}
	enrol(d)
	if st := d.State(); st.Shut == ui.ByErasure {
		t.Error("the new register is told to be erased")
	}
}

// TestLostWhileItWaits: a device that hears nothing but a refusal while it waits
// for news asks at once why, and does not rest first.
func TestLostWhileItWaits(t *testing.T) {
	s, at := newServer(t)
	addUser(t, s, "中村 彩")
	code, err := s.EnrollCode(t.Context(), "中村 彩", []string{at})
	ok(t, err)
	d := newTestDoor(t)
	ok(t, d.Enrol(t.Context(), code, []byte(passphrase), ui.Proof{}))
	device := d.opened().Device()
	l, erased := newLink(d, time.Now), make(chan struct{})
	l.erased = func() { close(erased) }
	stop := l.start(t.Context(), d.opened())
	defer stop()
	ok(t, l.SyncNow(t.Context()))
	time.Sleep(200 * time.Millisecond) // it waits by now, or will: either way it must hear
	lost(t, s, device)
	select {
	case <-erased:
	case <-time.After(time.Minute):
		t.Error("the order did not reach it within a minute")
	}
}

// TestProgressThatIsWorthTelling: a record that is saved does not make the bar
// flicker, and a long sync does not draw it at every page.
func TestProgressThatIsWorthTelling(t *testing.T) {
	now := time.Date(2026, time.November, 20, 14, 2, 0, 0, time.UTC)
	l := newLink(nil, func() time.Time { return now })
	told := 0
	l.Watch(func() { told++ })
	for _, v := range []struct {
		name string
		p    client.Progress
		wait time.Duration
		want ui.Work
		told int
	}{
		{"one change", client.Progress{Step: client.Pushing, Done: 0, Total: 1}, 0, ui.Work{}, 0},
		{"one file", client.Progress{Step: client.Uploading, Done: 0, Total: 1}, 0, ui.Work{What: client.Uploading.Label(), Total: 1}, 1},
		{"all files", client.Progress{Step: client.Uploading, Done: 1, Total: 1}, 0, ui.Work{}, 2},
		{"many records", client.Progress{Step: client.Filling, Done: 10, Total: 900}, 0, ui.Work{What: client.Filling.Label(), Done: 10, Total: 900}, 3},
		{"more at once", client.Progress{Step: client.Filling, Done: 20, Total: 900}, time.Millisecond, ui.Work{What: client.Filling.Label(), Done: 20, Total: 900}, 3},
		{"more later", client.Progress{Step: client.Filling, Done: 30, Total: 900}, time.Second, ui.Work{What: client.Filling.Label(), Done: 30, Total: 900}, 4},
		{"nobody knows", client.Progress{Step: client.Remembering}, 0, ui.Work{}, 5},
	} {
		now = now.Add(v.wait)
		l.progress(v.p)
		if got := l.Status().Doing; got != v.want || told != v.told {
			t.Errorf("%s: %+v, told %d times", v.name, got, told)
		}
	}
}

// TestRightsAreToldWhenTheyChange, not when they become known.
func TestRightsAreToldWhenTheyChange(t *testing.T) {
	now := time.Date(2026, time.November, 20, 14, 2, 0, 0, time.UTC)
	l := newLink(nil, func() time.Time { return now })
	for _, v := range []struct {
		rights byte
		want   app.Stamp
	}{{1, 0}, {1, 0}, {2, app.StampOf(now)}, {2, app.StampOf(now)}} {
		l.reads([32]byte{v.rights})
		if got := l.Status().Rescoped; got != v.want {
			t.Errorf("%d: %v, want %v", v.rights, got, v.want)
		}
	}
}
