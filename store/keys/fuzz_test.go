package keys

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzShared: a key file gives the key that was put into it, or none.
func FuzzShared(f *testing.F) {
	_, id, key := made(f)
	path := filepath.Join(f.TempDir(), "shared")
	shares, err := WriteShared(path, id, key)
	must(f, err)
	b, err := os.ReadFile(path)
	must(f, err)
	f.Add(b)
	f.Add([]byte(`{"replica":"x"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		at := filepath.Join(t.TempDir(), "shared")
		must(t, os.WriteFile(at, b, 0o600))
		if of, got, err := OpenShared(at, Pair{shares[0], shares[2]}); err == nil && (of != id || got != key) {
			t.Errorf("opened to another key by %s", b)
		}
	})
}

// FuzzWitness: nothing is read from a keyring but what was put there.
func FuzzWitness(f *testing.F) {
	_, id, key := made(f)
	text, err := Witness{3, 9}.text(id, key)
	must(f, err)
	f.Add(text)
	f.Fuzz(func(t *testing.T, entry string) {
		w, found, err := readWitness(id, key, entry)
		if must(t, err); found && (entry != text || w != Witness{3, 9}) {
			t.Errorf("%q is read as %+v", entry, w)
		}
	})
}
