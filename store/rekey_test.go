package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/internal/fault"
	"daicho/store/keys"
	"daicho/store/storetest"
)

func rekey(t testing.TB, dir string) error {
	t.Helper()
	return store.Rekey(t.Context(), storetest.Options(t, storetest.WithDir(dir)), storetest.Passphrase)
}

func TestRekeyDrawsAnotherKeyAndKeepsTheRest(t *testing.T) {
	dir, _ := busy(t)
	r := open(t, dir)
	recovery, err := r.NewRecoveryKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := rekey(t, dir); !app.IsCode(err, app.Failed) {
		t.Errorf("while it is open: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	before := copied(t, dir)
	if err := rekey(t, dir); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := store.Open(t.Context(), storetest.Options(t, storetest.WithDir(dir)), recovery); err != nil {
		t.Errorf("by the recovery key: %v", err)
	}
	o := storetest.Options(t, storetest.WithDir(before)) // the old database with the new envelope
	o.Keys = keys.In(dir + ".keys")
	if _, err := store.Open(t.Context(), o, storetest.Passphrase); !app.IsCode(err, app.Damaged) {
		t.Errorf("an older database: %v", err)
	}
}

// TestRekeyEndedAnywhere lets a change of key fail before each thing that it does
// to a file. The replica opens after each, and can be given another key.
func TestRekeyEndedAnywhere(t *testing.T) {
	dir, _ := busy(t)
	twin := open(t, copied(t, dir))
	stop := errors.New("stopped")
	for n := 0; ; n += 1 + 400/times(t, "DAICHO_REPAIRS", 20) {
		hurt, left := copied(t, dir), n
		fault.Set(func(fault.Op) error {
			if left--; left < 0 {
				return stop
			}
			return nil
		})
		err := rekey(t, hurt)
		fault.Set(nil)
		if left >= 0 {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		r := open(t, hurt)
		isSame(t, r, twin)
		if err := errors.Join(r.Verify(t.Context()), r.Close()); err != nil {
			t.Fatalf("stopped before %d: %v", n, err)
		}
		if err := rekey(t, hurt); err != nil {
			t.Fatalf("stopped before %d, then again: %v", n, err)
		}
		if names, err := filepath.Glob(filepath.Join(hurt, "*.rekey*")); len(names) > 0 || err != nil {
			t.Errorf("stopped before %d: left behind %v, %v", n, names, err)
		}
	}
}

func TestEraseLeavesTheRecoveryKeyOrNothing(t *testing.T) {
	for _, all := range []bool{false, true} {
		dir, _ := busy(t)
		r := open(t, dir)
		if err := store.Erase(t.Context(), storetest.Options(t, storetest.WithDir(dir)), all); !app.IsCode(err, app.Failed) {
			t.Errorf("while it is open: %v", err)
		}
		recovery, err := r.NewRecoveryKey()
		if err = errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		taken := filepath.Join(t.TempDir(), "taken") // a copy of the folder that somebody made
		if err := os.CopyFS(taken, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		if err := store.Erase(t.Context(), storetest.Options(t, storetest.WithDir(dir)), all); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the folder is there: %v", err)
		}
		o := storetest.Options(t, storetest.WithDir(taken))
		o.Keys = keys.In(dir + ".keys")
		if _, err := store.Open(t.Context(), o, storetest.Passphrase); err == nil {
			t.Error("the passphrase opens a copy")
		}
		again, err := store.Open(t.Context(), o, recovery)
		if all != (err != nil) {
			t.Errorf("all %v: the recovery key: %v", all, err)
		}
		if err == nil {
			again.Close()
		}
	}
}

func TestEraseWithoutRecoveryKeyIsRefused(t *testing.T) {
	dir, _ := busy(t)
	if err := store.Erase(t.Context(), storetest.Options(t, storetest.WithDir(dir)), false); err == nil {
		t.Error("erased")
	}
	open(t, dir)
}
