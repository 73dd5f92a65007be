package main

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/sync/client"
	"daicho/sync/wire"
	"daicho/ui"
)

// TestAlarmReachesTheWindow: what a sync noticed, be it in another program or
// before a restart, is told until a person has read it, and kept after that.
func TestAlarmReachesTheWindow(t *testing.T) {
	d := newTestDoor(t)
	ok(t, d.Create(t.Context(), "中村 彩", []byte(passphrase)))
	r := d.opened()
	l := newLink(d, time.Now)
	l.refresh(t.Context(), r, nil)
	if l.Status().Alarm != 0 {
		t.Error("an alarm of nothing")
	}
	noticed, err := wire.Encode(&client.Alarm{At: 1_790_000_000_000, Kept: []byte("kept"), Heard: []byte("heard")})
	ok(t, err)
	ok(t, r.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Set("audit/alarm", noticed) }))
	told := 0
	l.Watch(func() { told++ })
	l.refresh(t.Context(), r, nil)
	if l.Status().Alarm != app.Stamp(1_790_000_000_000) || told != 1 {
		t.Error(l.Status().Alarm, told)
	}
	ok(t, l.AcknowledgeAlarm(t.Context()))
	if l.Status().Alarm != 0 || told != 2 {
		t.Error("it is still told", told)
	}
	a, err := client.AlarmOf(t.Context(), client.Of(r))
	if err != nil || string(a.Kept) != "kept" || a.Acknowledged == 0 {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestRebirthReachesTheWindow: so does what it noticed of a server that was restored.
func TestRebirthReachesTheWindow(t *testing.T) {
	d := newTestDoor(t)
	ok(t, d.Create(t.Context(), "中村 彩", []byte(passphrase)))
	r := d.opened()
	l := newLink(d, time.Now)
	noticed, err := wire.Encode(&client.Rebirth{At: 1_790_000_000_000, Again: 3, Kept: []byte("kept")})
	ok(t, err)
	ok(t, r.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Set("sync/reborn", noticed) }))
	l.refresh(t.Context(), r, nil)
	if got := l.Status().Reborn; got != (ui.Rebirth{At: 1_790_000_000_000, Again: 3}) {
		t.Errorf("%+v", got)
	}
	ok(t, l.AcknowledgeRebirth(t.Context()))
	if l.Status().Reborn != (ui.Rebirth{}) {
		t.Error("it is still told")
	}
	was, err := client.RebirthOf(t.Context(), client.Of(r))
	if err != nil || string(was.Kept) != "kept" || was.Acknowledged == 0 {
		t.Errorf("%+v, %v", was, err)
	}
}
