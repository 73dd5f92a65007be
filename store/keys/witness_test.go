package keys

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func TestWitness(t *testing.T) {
	f, id, key, ring := full(t)
	remembers := func(want Witness, wantFound bool) {
		t.Helper()
		if got, found, err := f.Witness(t.Context(), id, key); got != want || found != wantFound || err != nil {
			t.Errorf("got %+v, %v, %v; want %+v", got, found, err, want)
		}
	}
	remembers(Witness{}, false)
	for _, c := range []struct{ set, want Witness }{
		{Witness{3, 5}, Witness{3, 5}},
		{Witness{2, 9}, Witness{3, 9}}, // each only grows
		{Witness{4, 0}, Witness{4, 9}},
		{Witness{1 << 63, 1<<64 - 1}, Witness{1 << 63, 1<<64 - 1}},
	} {
		must(t, f.SetWitness(t.Context(), id, key, c.set))
		remembers(c.want, true)
	}
	if _, found, err := f.Witness(t.Context(), id, DataKey{1}); found || err != nil {
		t.Errorf("another key: %v, %v", found, err)
	}
	ring.fail = errors.New("locked")
	_, _, err := f.Witness(t.Context(), id, key)
	if err2 := f.SetWitness(t.Context(), id, key, Witness{}); !errors.Is(err, ErrKeyringLocked) || !errors.Is(err2, ErrKeyringLocked) {
		t.Errorf("locked: %v, %v", err, err2)
	}
	ring.fail = nil
	must(t, f.DropWay(t.Context(), id, key, ByKeyring))
	must(t, f.SetWitness(t.Context(), id, key, Witness{7, 7}))
	remembers(Witness{}, false)
	if len(ring.m) != 0 {
		t.Errorf("%d entries for a replica that the keyring does not open", len(ring.m))
	}
	if _, _, err := f.Witness(t.Context(), NewID(), key); !errors.Is(err, ErrMissing) {
		t.Errorf("no envelope: %v", err)
	}
}

// TestForgedWitness: what this key did not write, bit for bit, is nothing.
func TestForgedWitness(t *testing.T) {
	f, id, key, ring := full(t)
	must(t, f.SetWitness(t.Context(), id, key, Witness{3, 5}))
	text := ring.m[witnessEntry(id)]
	b, err := base64.StdEncoding.DecodeString(text)
	must(t, err)
	forged := []string{"", "!", text[:40], text + text, strings.ToUpper(text)}
	for i := range b {
		c := append([]byte{}, b...)
		c[i] ^= 1
		forged = append(forged, base64.StdEncoding.EncodeToString(c))
	}
	for _, text := range forged {
		ring.m[witnessEntry(id)] = text
		if w, found, err := f.Witness(t.Context(), id, key); found || err != nil {
			t.Errorf("%q: %+v, %v", text, w, err)
		}
	}
	must(t, f.SetWitness(t.Context(), id, key, Witness{3, 6}))
	other := NewID()
	if _, found, _ := readWitness(other, key, ring.m[witnessEntry(id)]); found {
		t.Error("one replica's witness speaks for another")
	}
}
