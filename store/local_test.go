package store_test

import (
	"maps"
	"path/filepath"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

func local(t *testing.T, r *store.Replica, f func(*store.LocalTx) error) {
	t.Helper()
	if err := r.Local(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func TestSettings(t *testing.T) {
	r := storetest.New(t)
	local(t, r, func(tx *store.LocalTx) error {
		for key, value := range map[string]string{"draft/1": "一", "draft/2": "二", "drafu": "三", "empty": ""} {
			if err := tx.Set(key, []byte(value)); err != nil {
				return err
			}
		}
		return nil
	})
	local(t, r, func(tx *store.LocalTx) error { return tx.Set("draft/2", nil) })
	all, err := r.Settings(t.Context(), "draft/")
	if err != nil || !maps.EqualFunc(all, map[string]string{"draft/1": "一"}, func(a []byte, b string) bool { return string(a) == b }) {
		t.Errorf("got %q, %v", all, err)
	}
	for key, want := range map[string]string{"drafu": "三", "draft/2": "", "empty": ""} {
		if got, err := r.Setting(t.Context(), key); string(got) != want || err != nil {
			t.Errorf("%s: %q, %v", key, got, err)
		}
	}
	if got, err := r.Setting(t.Context(), "empty"); got == nil || err != nil {
		t.Errorf("an empty value became none: %v", err)
	}
	if n := journaled(t, r); n != 0 {
		t.Errorf("%d changes journaled", n)
	}
}

func TestEnrolmentBindsTheDeviceToAPerson(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	if _, err := r.Enrolment(t.Context()); !app.IsCode(err, app.NotFound) {
		t.Errorf("before: %v", err)
	}
	before := r.Actor()
	if before.ID != app.LocalAuthor(r.Device()) {
		t.Errorf("actor %v", before)
	}
	item(t, r, "登録前")
	who := store.Person{ID: app.ID{5, 5}, Name: "情報 花子"}
	local(t, r, func(tx *store.LocalTx) error {
		return tx.Enroll(store.Enrolment{Servers: []string{"https://daicho.example:8443"}, Pin: [32]byte{1}, Epoch: app.ID{2}, Person: who})
	})
	if got := r.Actor(); got.ID != who.ID || got.Name != who.Name {
		t.Errorf("actor %v", got)
	}
	// who opened a form before the enrolment saves it after it
	err := r.Write(t.Context(), before, func(tx *store.Tx) error {
		it := draft(t, r)
		it.Title = "登録後"
		return tx.Save(it)
	})
	if err != nil {
		t.Fatal(err)
	}
	pending, err := r.Pending(t.Context())
	if err != nil || len(pending) != 2 || pending[0].Author != before.ID || pending[1].Author != who.ID {
		t.Errorf("pending %+v, %v", pending, err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = storetest.Open(t, storetest.WithDir(dir)); err != nil {
		t.Fatal(err)
	}
	e, err := r.Enrolment(t.Context())
	if err != nil || e.Person != who || e.Servers[0] != "https://daicho.example:8443" || r.Actor().ID != who.ID {
		t.Errorf("after opening: %+v, %v", e, err)
	}
	if name, err := r.Person(t.Context(), who.ID); name != who.Name || err != nil {
		t.Errorf("name %q, %v", name, err)
	}
}

func TestNobodyCannotBeEnrolled(t *testing.T) {
	r := storetest.New(t)
	err := r.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Enroll(store.Enrolment{}) })
	if !app.IsCode(err, app.Invalid) {
		t.Errorf("got %v", err)
	}
}

// TestReadingOfTheClock follows a device's clock through contact, drift, a
// wrong setting and a restart.
func TestReadingOfTheClock(t *testing.T) {
	wall, mono, boot := storetest.Start, int64(5e9), [8]byte{1}
	o := storetest.Options(t)
	o.Clock = func() time.Time { return wall }
	o.Mono = func() (int64, [8]byte) { return mono, boot }
	r, err := store.Create(t.Context(), o, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	pass := func(d time.Duration) { wall, mono = wall.Add(d), mono+d.Nanoseconds() }
	reading := func() app.Reading {
		now, err := r.Reading(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	if now := reading(); now.Err != app.Unknown || now.Offset != 0 || now.Wall != app.StampOf(wall) || now.Mono != mono || now.Boot != boot {
		t.Errorf("without contact: %+v", now)
	}
	local(t, r, func(tx *store.LocalTx) error { return tx.Measured(store.Measurement{Offset: -1500, Err: 40}) })
	pass(1000 * time.Second)
	if now := reading(); now.Offset != -1500 || now.Err != 40+50 {
		t.Errorf("after 1000 s, at 50 ppm: %+v", now)
	}
	wall = wall.Add(300 * time.Millisecond) // a time service moved it a little
	if now := reading(); now.Offset != -1800 || now.Err != 40+50+300 {
		t.Errorf("after a small step: %+v", now)
	}
	wall = wall.Add(time.Hour) // somebody set it
	if now := reading(); now.Err != app.Unknown || now.Corrected() != app.StampOf(storetest.Start.Add(1000*time.Second-1500*time.Millisecond)) {
		t.Errorf("after a jump: %+v, corrected %d", now, now.Corrected())
	}
	wall, boot, mono = wall.Add(-time.Hour), [8]byte{2}, 0
	if now := reading(); now.Err != app.Unknown || now.Offset != -1500 {
		t.Errorf("after a restart: %+v", now)
	}
}

func TestPassphraseCanBeChanged(t *testing.T) {
	o := storetest.Options(t)
	r, err := store.Create(t.Context(), o, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	fresh := keys.Passphrase("新しい合言葉")
	if err := r.ChangePassphrase(t.Context(), storetest.Passphrase, fresh); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), o, storetest.Passphrase); !app.IsCode(err, app.Forbidden) {
		t.Errorf("the old one: %v", err)
	}
	if r, err = store.Open(t.Context(), o, fresh); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}
