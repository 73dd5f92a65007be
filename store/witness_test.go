package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// An older copy of the whole folder is known by the keyring, which remembers how
// far the replica had come; in memory here, the real one is in cmd/daichoctl.
func TestOlderCopy(t *testing.T) {
	keyring.MockInit()
	o := storetest.Options(t, storetest.WithDir(filepath.Join(t.TempDir(), "r")))
	r := reopened(t, o, nil)
	item(t, r, "前の版")
	if err := errors.Join(r.AddKeyring(t.Context()), r.Close()); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(t.TempDir(), "old")
	copyFiles(t, o.Dir, old)
	r = reopened(t, o, keys.Keyring{})
	item(t, r, "後の版")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	putBack(t, old, o.Dir)

	for name, how := range map[string]keys.Opener{"keyring": keys.Keyring{}, "passphrase": storetest.Passphrase} {
		if _, err := store.Open(t.Context(), o, how); !app.IsCode(err, app.Damaged) {
			t.Errorf("by %s: %v", name, err)
		}
	}
	o.Older = true
	r = reopened(t, o, keys.Keyring{})
	item(t, r, "写しで続ける")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	o.Older = false
	if err := reopened(t, o, keys.Keyring{}).Close(); err != nil {
		t.Error(err)
	}
}

// TestRepairedIsNotOlder repairs a replica that the keyring remembers: the new
// database counts from the start.
func TestRepairedIsNotOlder(t *testing.T) {
	keyring.MockInit()
	dir := solo(t)
	r := open(t, dir)
	if err := errors.Join(r.AddKeyring(t.Context()), r.Close(), open(t, dir).Close()); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir, pageOf(t, dir, "item"))
	if _, err := repair(t, dir); err != nil {
		t.Fatal(err)
	}
	reopened(t, storetest.Options(t, storetest.WithDir(dir)), keys.Keyring{})
}

// putBack replaces a folder by an earlier copy of it.
func putBack(t *testing.T, old, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	copyFiles(t, old, dir)
}

// reopened opens a replica, or makes it if how is nil.
func reopened(t *testing.T, o store.Options, how keys.Opener) *store.Replica {
	t.Helper()
	r, err := (*store.Replica)(nil), error(nil)
	if how == nil {
		r, err = store.Create(t.Context(), o, storetest.Passphrase)
	} else {
		r, err = store.Open(t.Context(), o, how)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}
