package keys

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// full gives a folder with one envelope that opens in every way, and its keyring.
func full(t testing.TB) (Folder, ID, DataKey, *memory) {
	t.Helper()
	f, id, key := made(t)
	ring := &memory{m: map[string]string{}}
	f.ring = ring
	must(t, f.AddKeyring(t.Context(), id, key))
	return f, id, key, ring
}

// wayIn is everything that opens an envelope.
func wayIn(t *testing.T, f Folder, id ID, key DataKey) []Opener {
	t.Helper()
	k, err := f.NewRecoveryKey(id, key)
	must(t, err)
	s, err := f.NewShares(id, key)
	must(t, err)
	return []Opener{Passphrase("合言葉"), Keyring{}, k, Pair{s[0], s[2]}}
}

// opensBy makes sure that all of them give that key.
func opensBy(t *testing.T, f Folder, id ID, key DataKey, ways []Opener) {
	t.Helper()
	for _, how := range ways {
		if got, err := f.Open(t.Context(), id, how); err != nil || got != key {
			t.Errorf("%T: %v", how, err)
		}
	}
}

func TestRekey(t *testing.T) {
	f, id, old, ring := full(t)
	ways := wayIn(t, f, id, old)
	if _, err := f.Next().Open(t.Context(), id, ways[0]); !errors.Is(err, ErrMissing) || f.Rekeying(id) {
		t.Errorf("before: %v", err)
	}
	next, err := f.StartRekey(t.Context(), id, old, Passphrase("合言葉"))
	must(t, err)
	opensBy(t, f, id, old, ways)
	opensBy(t, f.Next(), id, next, ways)
	if !f.Rekeying(id) || next == old || len(ring.m) != 2 {
		t.Errorf("under way: %d entries", len(ring.m))
	}
	for name, err := range map[string]error{
		"started again":  second(f.StartRekey(t.Context(), id, old, Passphrase("合言葉"))),
		"new passphrase": f.SetPassphrase(id, old, Passphrase("x"), cheap),
		"keyring":        f.AddKeyring(t.Context(), id, old),
		"shares":         second(f.NewShares(id, old)),
		"a way less":     f.DropWay(t.Context(), id, old, ByShares),
	} {
		if !errors.Is(err, ErrRekeying) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := f.FinishRekey(t.Context(), id, old); !errors.Is(err, ErrOtherKey) {
		t.Errorf("finished with the old key: %v", err)
	}
	must(t, f.FinishRekey(t.Context(), id, next))
	opensBy(t, f, id, next, ways)
	if err := f.FinishRekey(t.Context(), id, next); !errors.Is(err, ErrMissing) || f.Rekeying(id) || len(ring.m) != 1 {
		t.Errorf("finished twice: %v, %d entries", err, len(ring.m))
	}
	must(t, f.SetPassphrase(id, next, Passphrase("x"), cheap))
}

func second[T any](_ T, err error) error { return err }

func TestAbandonRekey(t *testing.T) {
	f, id, key, ring := full(t)
	ways := wayIn(t, f, id, key)
	_, err := f.StartRekey(t.Context(), id, key, Passphrase("合言葉"))
	must(t, err)
	for range 2 {
		must(t, f.AbandonRekey(t.Context(), id))
	}
	opensBy(t, f, id, key, ways)
	if f.Rekeying(id) || len(ring.m) != 1 {
		t.Errorf("still there: %d entries", len(ring.m))
	}
	// Somebody puts a copy of the envelope there; its entry is still of use.
	b, err := os.ReadFile(f.Path(id))
	must(t, err)
	must(t, os.WriteFile(f.Next().Path(id), b, 0o600))
	must(t, f.AbandonRekey(t.Context(), id))
	opensBy(t, f, id, key, ways)
}

// TestRekeyRefuses leaves everything as it was.
func TestRekeyRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*envelope)
		fail  error
		pass  string
		want  error
	}{
		"wrong passphrase":     {func(*envelope) {}, nil, "x", ErrWrongPassphrase},
		"locked keyring":       {func(*envelope) {}, errors.New("locked"), "合言葉", ErrKeyringLocked},
		"no keyring":           {func(*envelope) {}, errors.New("dial"), "合言葉", ErrNoKeyring},
		"a way of later times": {func(e *envelope) { e.put(&wrap{Way: "smart card", Sealed: []byte{1}}) }, nil, "合言葉", ErrFuture},
		"another's paper":      {slipIn, nil, "合言葉", ErrDamaged},
	} {
		f, id, key, ring := full(t)
		wayIn(t, f, id, key)
		e, err := f.read(id)
		must(t, err)
		c.spoil(e)
		must(t, f.write(e, false))
		before := maps.Clone(ring.m)
		ring.fail = c.fail
		if _, err := f.StartRekey(t.Context(), id, key, Passphrase(c.pass)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if f.Rekeying(id) || !maps.Equal(ring.m, before) {
			t.Errorf("%s: left %d entries, %d before", name, len(ring.m), len(before))
		}
	}
	f, id, _, _ := full(t)
	if _, err := f.StartRekey(t.Context(), id, DataKey{1}, Passphrase("合言葉")); !errors.Is(err, ErrOtherKey) {
		t.Errorf("another key: %v", err)
	}
}

// slipIn puts a recovery key of its own into an envelope, as somebody can who may
// write the file but not open it.
func slipIn(e *envelope) {
	w, err := boxWrap(e.Replica, ByRecoveryKey, "", secret{1}, DataKey{1})
	if err == nil {
		e.put(w)
	}
}

// TestCrashInRekey stops a change of data key between every two things that it
// writes, and finishes or abandons it from there.
func TestCrashInRekey(t *testing.T) {
	f, id, old, ring := full(t)
	ways := wayIn(t, f, id, old)
	var stops []Folder
	ring.before = func() { stops = append(stops, snapshot(t, f, ring)) }
	stop := ring.before
	stop()
	next, err := f.StartRekey(t.Context(), id, old, Passphrase("合言葉"))
	must(t, err)
	stop()
	must(t, f.FinishRekey(t.Context(), id, next))
	stop()
	if len(stops) != 5 { // before anything, an entry, the envelope, the rename, the old entry
		t.Fatalf("%d places to stop at", len(stops))
	}
	for n, f := range stops {
		over := n >= 3 // only the next one is there
		if f.Rekeying(id) != (n == 2) {
			t.Errorf("stop %d: under way %v", n, f.Rekeying(id))
		}
		if over {
			opensBy(t, f, id, next, ways)
			continue
		}
		opensBy(t, f, id, old, ways)
		if n == 2 {
			opensBy(t, f.Next(), id, next, ways)
			finished := snapshot(t, f, f.ring.(*memory))
			must(t, finished.FinishRekey(t.Context(), id, next))
			opensBy(t, finished, id, next, ways)
		}
		must(t, f.AbandonRekey(t.Context(), id))
		opensBy(t, f, id, old, ways)
		again, err := f.StartRekey(t.Context(), id, old, Passphrase("合言葉"))
		must(t, err)
		must(t, f.FinishRekey(t.Context(), id, again))
		opensBy(t, f, id, again, ways)
	}
}

// snapshot is the folder and its keyring as a crash would leave them now.
func snapshot(t *testing.T, f Folder, ring *memory) Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	must(t, os.CopyFS(dir, os.DirFS(f.dir)))
	return Folder{dir: dir, ring: &memory{m: maps.Clone(ring.m)}}
}

// TestKeyringLockedAtTheEnd: the change is done; what is left is said.
func TestKeyringLockedAtTheEnd(t *testing.T) {
	f, id, old, ring := full(t)
	next, err := f.StartRekey(t.Context(), id, old, Passphrase("合言葉"))
	must(t, err)
	ring.fail = errors.New("locked")
	if err := f.FinishRekey(t.Context(), id, next); !errors.Is(err, ErrEntryLeft) || !errors.Is(err, ErrKeyringLocked) {
		t.Errorf("got %v", err)
	}
	if got, err := f.Open(t.Context(), id, Passphrase("合言葉")); err != nil || got != next || f.Rekeying(id) {
		t.Errorf("it is not done: %v", err)
	}
}
