package store_test

import (
	"encoding/binary"
	"path/filepath"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

const month = 30 * 24 * time.Hour

// lent is an enrolled replica, closed, whose clock the test moves.
func lent(t *testing.T) (o store.Options, clock *storetest.Clock, shares [3]keys.Share) {
	t.Helper()
	clock = &storetest.Clock{}
	o = storetest.Options(t, storetest.WithDir(filepath.Join(t.TempDir(), "r")), storetest.WithClock(clock))
	o.Lease = month
	r, err := store.Create(t.Context(), o, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if until, err := r.Lease(t.Context()); err != nil || !until.IsZero() {
		t.Errorf("before it is enrolled: %v, %v", until, err)
	}
	err = r.Local(t.Context(), func(tx *store.LocalTx) error {
		return tx.Enroll(store.Enrolment{Person: store.Person{ID: app.ID{1}, Name: "花子"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if until, err := r.Lease(t.Context()); err != nil || !until.Equal(clock.Now().Add(month)) {
		t.Errorf("enrolled: until %v, %v", until, err)
	}
	if shares, err = r.NewShares(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return o, clock, shares
}

// opens says whether a replica may be opened now.
func opens(t *testing.T, o store.Options, how keys.Opener) bool {
	t.Helper()
	r, err := store.Open(t.Context(), o, how)
	if err != nil {
		if !app.IsCode(err, app.Forbidden) {
			t.Fatal(err)
		}
		return false
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return true
}

func TestLeaseEndsAndBeginsWithAContact(t *testing.T) {
	o, clock, _ := lent(t)
	clock.Advance(month)
	if !opens(t, o, storetest.Passphrase) {
		t.Error("closed on the last day")
	}
	clock.Advance(time.Minute)
	if opens(t, o, storetest.Passphrase) {
		t.Error("open after the end")
	}
	clock.Advance(-month)
	if !opens(t, o, storetest.Passphrase) {
		t.Error("a clock that was never read at an open replica counts")
	}
	clock.Advance(month)
	o.ToSync = true
	r, err := store.Open(t.Context(), o, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Contacted(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if o.ToSync = false; !opens(t, o, storetest.Passphrase) {
		t.Error("closed after a contact")
	}
}

// TestLeaseIsNotProlongedByTheClock sets the clock back after the replica has
// seen it, at an opening and in the journal.
func TestLeaseIsNotProlongedByTheClock(t *testing.T) {
	o, clock, _ := lent(t)
	clock.Advance(month - time.Hour)
	r, err := store.Open(t.Context(), o, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	clock.Advance(2 * time.Hour) // it stays open, and something is written
	item(t, r, "期限の後")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	clock.Advance(-month)
	if opens(t, o, storetest.Passphrase) {
		t.Error("a clock that was set back opens it")
	}
}

func TestTwoPeopleProlongTheLease(t *testing.T) {
	o, clock, shares := lent(t)
	clock.Advance(month + time.Hour)
	if opens(t, o, storetest.Passphrase) {
		t.Error("open after the end")
	}
	if !opens(t, o, keys.Pair{shares[0], shares[2]}) {
		t.Error("two people cannot open it")
	}
	clock.Advance(71 * time.Hour)
	if !opens(t, o, storetest.Passphrase) {
		t.Error("closed within the three days")
	}
	clock.Advance(2 * time.Hour)
	if opens(t, o, storetest.Passphrase) {
		t.Error("open after the three days")
	}
}

// TestServerSaysTheTerm shortens the lease by what the server says of the device,
// and never prolongs it beyond what the program allows.
func TestServerSaysTheTerm(t *testing.T) {
	o, clock, _ := lent(t)
	for _, c := range []struct {
		said []byte
		want time.Duration
	}{
		{binary.BigEndian.AppendUint64(nil, uint64((72 * time.Hour).Milliseconds())), 72 * time.Hour},
		{binary.BigEndian.AppendUint64(nil, uint64((2 * month).Milliseconds())), month},
		{binary.BigEndian.AppendUint64(nil, 1<<63), month},
		{[]byte("garbage"), month},
		{nil, month},
	} {
		r, err := store.Open(t.Context(), o, storetest.Passphrase)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Set(store.LeaseTerm, c.said) }); err != nil {
			t.Fatal(err)
		}
		if err := r.Contacted(t.Context()); err != nil {
			t.Fatal(err)
		}
		if until, err := r.Lease(t.Context()); err != nil || !until.Equal(clock.Now().Add(c.want)) {
			t.Errorf("%x: until %v, %v", c.said, until, err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		clock.Advance(c.want)
		if !opens(t, o, storetest.Passphrase) {
			t.Errorf("%x: closed on the last day", c.said)
		}
		clock.Advance(time.Minute)
		if opens(t, o, storetest.Passphrase) {
			t.Errorf("%x: open after the end", c.said)
		}
		clock.Advance(-c.want)
	}
}
