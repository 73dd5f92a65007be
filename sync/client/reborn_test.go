package client_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// back puts the server to what was kept, and begins a new order.
func back(t *testing.T, w *simtest.World, kept *logtest.Memory, margin int64) {
	t.Helper()
	w.Log = kept.Clone()
	ok(t, w.Restart())
	ok(t, w.Server.Begin(t.Context(), margin))
}

func kept(w *simtest.World) *logtest.Memory { return w.Log.(*logtest.Memory).Clone() }

func synced(t *testing.T, w *simtest.World, d *simtest.Device) client.Result {
	t.Helper()
	done, err := w.Sync(t.Context(), d)
	ok(t, err)
	return done
}

// numbers are the official numbers that a device shows.
func numbers(t *testing.T, d *simtest.Device) (all []string) {
	t.Helper()
	for _, ref := range d.Refs(ticket.Kind) {
		r, err := d.Get(ref)
		ok(t, err)
		all = append(all, r.Meta().Number)
	}
	slices.Sort(all)
	return all
}

// TestEnrolledAfterTheBackup: the server does not know the device any more. It
// enrols once more and brings what it has, and nobody raises an alarm.
func TestEnrolledAfterTheBackup(t *testing.T) {
	w, _ := world(t)
	before := kept(w)
	d, err := w.Device()
	ok(t, err)
	ok(t, w.Enroll(t.Context(), d, "青木"))
	write(t, d, "控えのあと")
	synced(t, w, d)
	back(t, w, before, 100)
	if _, err = w.Sync(t.Context(), d); !app.IsCode(err, app.Forbidden) {
		t.Fatal("an unknown device was heard:", err)
	}
	ok(t, w.Enroll(t.Context(), d, "青木"))
	if done := synced(t, w, d); done.Reborn == nil || done.Reborn.Again != 1 {
		t.Errorf("it was not told what it brings again: %+v", done.Reborn)
	}
	if n := numbers(t, d); len(n) != 1 || n[0] != "2026-000001" {
		t.Errorf("the number is %v", n)
	}
}

// forgetful is a replica whose program ends when it would note its new place.
type forgetful struct {
	*simtest.Device
	ends bool
}

func (f *forgetful) Enroll(ctx context.Context, e client.Enrolment) error {
	if f.ends {
		return errors.New("the program ended")
	}
	return f.Device.Enroll(ctx, e)
}

// TestEndedWhileGoingOver: the replica is in the new order, its enrolment still in
// the one before. The next sync knows that.
func TestEndedWhileGoingOver(t *testing.T) {
	w, d := world(t)
	write(t, d, "一")
	synced(t, w, d)
	before := kept(w)
	write(t, d, "二")
	synced(t, w, d)
	back(t, w, before, 100)
	if _, err := client.Sync(t.Context(), &forgetful{d, true}, w.Options(d)); err == nil {
		t.Fatal("it did not end")
	}
	synced(t, w, d)
	if len(d.Said) != 2 || d.Acked != 2 {
		t.Errorf("%d judged, %d acknowledged", len(d.Said), d.Acked)
	}
}

// TestRestoredTwiceFromOneBackup: the server of now never heard of the order in
// between; the one before it both know.
func TestRestoredTwiceFromOneBackup(t *testing.T) {
	w, d := world(t)
	write(t, d, "一")
	synced(t, w, d)
	before := kept(w)
	back(t, w, before, 100)
	synced(t, w, d)
	write(t, d, "二")
	synced(t, w, d)
	back(t, w, before, 200)
	if done := synced(t, w, d); done.Reborn == nil || done.Reborn.Again != 1 {
		t.Errorf("it was not told what it brings again: %+v", done.Reborn)
	}
	if n := numbers(t, d); len(n) != 2 || n[0] != "2026-000001" || n[1] != "2026-000102" {
		t.Errorf("the numbers are %v", n)
	}
}

// TestLineBrokeWhileTheServerProves: that is tried again, and no administrator is
// asked for.
func TestLineBrokeWhileTheServerProves(t *testing.T) {
	w, d := world(t)
	write(t, d, "一")
	synced(t, w, d)
	back(t, w, kept(w), 100)
	o := w.Options(d)
	o.Transport = carrier(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == wire.PathAudit {
			return nil, errDead
		}
		return w.Line(d.Key).RoundTrip(r)
	})
	if _, err := client.Sync(t.Context(), d, o); !app.IsCode(err, app.Failed) {
		t.Errorf("got %v", err)
	}
	synced(t, w, d)
}

// TestRestoredAgainBeforeItWasSaidAnew: a device told its number to a server that was
// lost before it took the change. The next one hears of it, too.
func TestRestoredAgainBeforeItWasSaidAnew(t *testing.T) {
	w, d := world(t)
	before := kept(w)
	write(t, d, "一")
	synced(t, w, d)
	back(t, w, before, 100)
	if _, err := client.Sync(t.Context(), &forgetful{d, true}, w.Options(d)); err == nil {
		t.Fatal("it did not end")
	}
	back(t, w, before, 200)
	synced(t, w, d)
	if n := numbers(t, d); len(n) != 1 || n[0] != "2026-000001" {
		t.Errorf("the number is %v", n)
	}
}
