package client_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/sync/audit"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// altering is a line to a server that does not say what the server said.
func altering(t *testing.T, w *simtest.World, d *simtest.Device, alter func(*wire.Pulled)) client.Options {
	line := w.Line(d.Key)
	return client.Options{Now: d.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		a, err := line.RoundTrip(r)
		if err != nil || r.URL.Path != wire.PathPull || a.StatusCode != 200 {
			return a, err
		}
		text, err := io.ReadAll(a.Body)
		ok(t, err)
		if a.Header.Get("Content-Encoding") == wire.Zstd {
			t.Fatal("packed")
		}
		var out wire.Pulled
		ok(t, wire.Decode(text, &out))
		alter(&out)
		text, err = wire.Encode(&out)
		ok(t, err)
		return answer(200, text), nil
	})}
}

// resigned is a checkpoint altered and signed by a key.
func resigned(t *testing.T, c *wire.Checkpoint, key ed25519.PrivateKey, identity []byte, alter func(*audit.Checkpoint)) {
	was, err := audit.Open(c.Note, c.Identity)
	ok(t, err)
	alter(&was)
	c.Note, err = was.Sign(key)
	ok(t, err)
	c.Identity = identity
}

// TestServersThatLie puts words into the server's mouth that its line cannot:
// nothing of such a page is taken in. Where it is the server itself that lies,
// the device keeps what it said.
func TestServersThatLie(t *testing.T) {
	_, strange, err := ed25519.GenerateKey(bytes.NewReader(make([]byte, 64)))
	ok(t, err)
	for name, c := range map[string]struct {
		lie   func(out *wire.Pulled)
		alarm bool
	}{
		"no checkpoint any more": {func(out *wire.Pulled) { out.Checkpoint = nil }, true},
		"no proof":               {func(out *wire.Pulled) { out.Checkpoint.Proof = nil }, true},
		"another proof":          {func(out *wire.Pulled) { out.Checkpoint.Proof[0][7] ^= 1 }, true},
		"more than it signed":    {func(out *wire.Pulled) { out.Head++; out.UpTo++ }, true},
		"a note altered":         {func(out *wire.Pulled) { out.Checkpoint.Note[60] ^= 1 }, false},
		"no note":                {func(out *wire.Pulled) { out.Checkpoint.Note = nil }, false},
		"no identity":            {func(out *wire.Pulled) { out.Checkpoint.Identity = nil }, false},
		"somebody else's note": {func(out *wire.Pulled) {
			resigned(t, out.Checkpoint, strange, strange.Public().(ed25519.PublicKey), func(*audit.Checkpoint) {})
		}, false},
		"signed by somebody else": {func(out *wire.Pulled) {
			resigned(t, out.Checkpoint, strange, out.Checkpoint.Identity, func(*audit.Checkpoint) {})
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w, d := world(t)
			for _, title := range []string{"一", "二", "三"} {
				write(t, d, title)
			}
			_, err := w.Sync(t.Context(), d)
			ok(t, err)
			gsn := d.GSN
			other, err := w.Device()
			ok(t, err)
			ok(t, w.Enroll(t.Context(), other, "馬場"))
			write(t, other, "四")
			_, err = w.Sync(t.Context(), other)
			ok(t, err)

			_, err = client.Sync(t.Context(), d, altering(t, w, d, c.lie))
			if !app.IsCode(err, app.Damaged) || errors.Is(err, audit.ErrRewritten) != c.alarm || d.GSN != gsn {
				t.Fatal(err, d.GSN)
			}
			a, err := client.AlarmOf(t.Context(), d)
			if err != nil || a.Sounds() != c.alarm {
				t.Fatalf("%+v, %v", a, err)
			}
			_, err = w.Sync(t.Context(), d) // the server itself is as it was
			ok(t, err)
			if d.GSN != gsn+1 {
				t.Error(d.GSN)
			}
			if a, err = client.AlarmOf(t.Context(), d); err != nil || a.Sounds() != c.alarm {
				t.Error("the alarm went by itself:", a, err)
			}
		})
	}
}

// TestAlarmIsSaidUntilItIsRead: the first evidence stays, and what was read is
// not told anew.
func TestAlarmIsSaidUntilItIsRead(t *testing.T) {
	w, d := world(t)
	write(t, d, "一")
	_, err := w.Sync(t.Context(), d)
	ok(t, err)
	silent := altering(t, w, d, func(out *wire.Pulled) { out.Checkpoint = nil })
	alarm := func() client.Alarm {
		t.Helper()
		if _, err := client.Sync(t.Context(), d, silent); !errors.Is(err, audit.ErrRewritten) {
			t.Fatal(err)
		}
		a, err := client.AlarmOf(t.Context(), d)
		ok(t, err)
		return a
	}
	first := alarm()
	w.Now = w.Now.Add(time.Hour)
	if again := alarm(); !first.Sounds() || again.At != first.At {
		t.Error("the first evidence is gone")
	}
	ok(t, client.AcknowledgeAlarm(t.Context(), d, d.Clock))
	if a := alarm(); a.Sounds() || a.At != first.At || a.Acknowledged != app.StampOf(w.Now) {
		t.Errorf("%+v", a)
	}
	write(t, d, "二")
	_, err = w.Sync(t.Context(), d)
	ok(t, err)
	w.Now = w.Now.Add(time.Hour)
	if a := alarm(); !a.Sounds() || a.At != app.StampOf(w.Now) { // another break
		t.Errorf("%+v", a)
	}
}

// TestOldServerSignsNothing: one that never signed is followed as before.
func TestOldServerSignsNothing(t *testing.T) {
	w, d := world(t)
	write(t, d, "一")
	_, err := client.Sync(t.Context(), d, altering(t, w, d, func(out *wire.Pulled) { out.Checkpoint = nil }))
	ok(t, err)
	trail, err := client.Trail(t.Context(), d)
	if err != nil || len(trail) != 0 || d.GSN == 0 {
		t.Fatal(trail, err, d.GSN)
	}
	_, err = w.Sync(t.Context(), d)
	ok(t, err)
	trail, err = client.Trail(t.Context(), d)
	last, seen := trail.Last()
	if err != nil || !seen || last.Size != d.GSN {
		t.Fatal(last, err)
	}
}

// TestNothingIsFilledFromALiar: records as they stand come without a checkpoint;
// a device that was cut off while it fetched them has the server sign first.
func TestNothingIsFilledFromALiar(t *testing.T) {
	w, d := world(t)
	for _, title := range []string{"一", "二", "三"} {
		write(t, d, title)
	}
	_, err := w.Sync(t.Context(), d)
	ok(t, err)
	for _, c := range []app.Clearance{app.ReadsNothing, app.ReadsAll} { // the right went and came back
		ok(t, d.Rescope(t.Context(), d.Epoch, c, 0))
	}
	line, rows := w.Line(d.Key), 0
	_, err = client.Sync(t.Context(), d, client.Options{Now: d.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		switch r.URL.Path {
		case wire.PathRows:
			rows++
		case wire.PathAudit:
			b, err := wire.Encode(&wire.AuditPage{})
			return answer(200, b), err
		}
		return line.RoundTrip(r)
	})})
	if !app.IsCode(err, app.Damaged) || rows != 0 {
		t.Fatal(err, rows)
	}
	_, err = w.Sync(t.Context(), d)
	ok(t, err)
	if len(d.Refs(ticket.Kind)) != 3 {
		t.Error(d.Refs(ticket.Kind))
	}
}
