package keys

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestErase leaves only the recovery key, before, during and after a change of
// data key.
func TestErase(t *testing.T) {
	f, id, key, ring := full(t)
	ways := wayIn(t, f, id, key)
	must(t, f.SetWitness(t.Context(), id, key, Witness{1, 2}))
	next, err := f.StartRekey(t.Context(), id, key, Passphrase("合言葉"))
	must(t, err)
	draft := f.Path(id) + ".new-ABC"
	must(t, os.WriteFile(draft, nil, 0o600))
	for range 2 {
		must(t, f.Erase(t.Context(), id, false))
		for in, key := range map[Folder]DataKey{f: key, f.Next(): next} {
			if left, err := in.Ways(id); err != nil || !slices.Equal(left, []Way{ByRecoveryKey}) {
				t.Errorf("left: %v, %v", left, err)
			}
			opensBy(t, in, id, key, ways[2:3])
		}
		if _, err := os.Lstat(draft); len(ring.m) != 0 || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%d entries; draft: %v", len(ring.m), err)
		}
	}
}

// TestEraseAll leaves nothing of this replica, and all of another.
func TestEraseAll(t *testing.T) {
	f, id, key, ring := full(t)
	other := NewID()
	otherKey, err := f.Create(other, Passphrase("合言葉"), cheap)
	must(t, err)
	wayIn(t, f, id, key)
	_, err = f.StartRekey(t.Context(), id, key, Passphrase("合言葉"))
	must(t, err)
	must(t, f.keepTries(id, tries{Wrong: 1}))
	for range 2 {
		must(t, f.Erase(t.Context(), id, true))
		left, err := filepath.Glob(filepath.Join(f.dir, "*"))
		if err != nil || !slices.Equal(left, []string{f.Path(other)}) || len(ring.m) != 0 {
			t.Errorf("left: %v, %v, %d entries", left, err, len(ring.m))
		}
	}
	opensBy(t, f, other, otherKey, []Opener{Passphrase("合言葉")})
	if _, err := f.Open(t.Context(), id, Passphrase("合言葉")); !errors.Is(err, ErrMissing) {
		t.Errorf("got %v", err)
	}
}

func TestEraseRefuses(t *testing.T) {
	f, id, key := made(t)
	if err := f.Erase(t.Context(), id, false); !errors.Is(err, ErrNoRecoveryKey) {
		t.Errorf("without a recovery key: %v", err)
	}
	opensBy(t, f, id, key, []Opener{Passphrase("合言葉")})
	if err := f.Erase(t.Context(), NewID(), false); !errors.Is(err, ErrMissing) {
		t.Errorf("what is not there: %v", err)
	}
	for _, id := range []ID{"", ".", "../keys"} {
		if err := f.Erase(t.Context(), id, true); !errors.Is(err, ErrMissing) {
			t.Errorf("%q: %v", id, err)
		}
	}
	opensBy(t, f, id, key, []Opener{Passphrase("合言葉")})
	must(t, In(filepath.Join(t.TempDir(), "none")).Remove(id))
	must(t, os.WriteFile(f.Path(id), []byte("damaged"), 0o600))
	if err := f.Erase(t.Context(), id, false); !errors.Is(err, ErrDamaged) {
		t.Errorf("damaged: %v", err)
	}
	must(t, f.Erase(t.Context(), id, true))
}

// TestEraseWithoutKeyring: a locked keyring does not hold an erasure up.
func TestEraseWithoutKeyring(t *testing.T) {
	f, id, key, ring := full(t)
	ways := wayIn(t, f, id, key)
	ring.fail = errors.New("locked")
	if err := f.Erase(t.Context(), id, false); !errors.Is(err, ErrEntryLeft) {
		t.Errorf("got %v", err)
	}
	ring.fail = nil
	for n, want := range []error{ErrNoPassphrase, ErrNotInKeyring, nil, ErrNoShares} {
		if _, err := f.Open(t.Context(), id, ways[n]); !errors.Is(err, want) {
			t.Errorf("%T: %v", ways[n], err)
		}
	}
}
