package vfs

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// sample makes a closed database with rows in it and gives its path, bytes and
// digest.
func sample(t *testing.T) (path string, whole []byte, good string) {
	t.Helper()
	d := create(t)
	fillRows(t, d.Write, 200)
	must(t, d.Close())
	good, err := digestOf(d.Path())
	must(t, err)
	return d.Path(), contentOf(t, d.Path()), good
}

// TestFlips changes single bits of the file: not one is read as if nothing were.
func TestFlips(t *testing.T) {
	path, whole, _ := sample(t)
	for range times("DAICHO_FLIPS", 100) {
		at, bit := rand.IntN(len(whole)), byte(1)<<rand.IntN(8)
		broken := bytes.Clone(whole)
		broken[at] ^= bit
		must(t, os.WriteFile(path, broken, 0o600))
		_, err := digestOf(path)
		if !Damaged(err) || WrongKey(err) {
			t.Errorf("byte %d, bit %02x: %v", at, bit, err)
		}
		if !bytes.Equal(contentOf(t, path), broken) {
			t.Fatalf("byte %d: reading wrote to the damaged file", at)
		}
	}
}

// TestTampering does to whole pages what somebody with the file could do.
func TestTampering(t *testing.T) {
	path, whole, _ := sample(t)
	other := filepath.Join(t.TempDir(), "same key.db")
	d, err := Open(path, key())
	must(t, err)
	must(t, d.CopyTo(t.Context(), other, key()))
	must(t, d.Close())
	foreign := contentOf(t, other)
	at := func(n int) []byte { return whole[n*pageSize : (n+1)*pageSize] }
	for name, broken := range map[string][]byte{
		"two pages swapped":               slices.Concat(whole[:10*pageSize], at(11), at(10), whole[12*pageSize:]),
		"a page of zeros":                 slices.Concat(whole[:12*pageSize], make([]byte, pageSize), whole[13*pageSize:]),
		"page 1 of zeros":                 slices.Concat(make([]byte, pageSize), whole[pageSize:]),
		"a page of a copy under this key": slices.Concat(whole[:10*pageSize], foreign[10*pageSize:11*pageSize], whole[11*pageSize:]),
		"page 1 of a copy":                slices.Concat(foreign[:pageSize], whole[pageSize:]),
		"half a page cut":                 whole[:len(whole)-pageSize/2],
		"a page cut":                      whole[:len(whole)-pageSize],
		"all but page 1 cut":              whole[:pageSize],
		"half of page 1 left":             whole[:pageSize/2],
		"ten bytes left":                  whole[:10],
		"emptied":                         {},
	} {
		must(t, os.WriteFile(path, broken, 0o600))
		if _, err := digestOf(path); !Damaged(err) && !(name == "page 1 of zeros" && WrongKey(err)) {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(contentOf(t, path), broken) {
			t.Errorf("%s: reading wrote to the file", name)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	path, whole, good := sample(t)
	other := key()
	other[31] ^= 1
	if _, err := Open(path, other); !WrongKey(err) || Damaged(err) {
		t.Errorf("wrong key: %v", err)
	}
	if _, err := Open(path+"x", key()); !errors.Is(err, ErrMissing) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
	if _, err := Create(path, key()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("create over a database: %v", err)
	}
	clear := filepath.Join(t.TempDir(), "clear.db")
	must(t, os.WriteFile(clear, append([]byte(magic), whole[16:]...), 0o600))
	if _, err := Open(clear, key()); !WrongKey(err) {
		t.Errorf("a file of SQLite's own: %v", err)
	}
	v := keyed(t, key())
	rollback := filepath.Join(t.TempDir(), "rollback.db")
	run(t, tuned(t, v, rollback, "rwc"), "CREATE TABLE t(a)")
	if _, err := Open(rollback, key()); !errors.Is(err, ErrDamaged) {
		t.Errorf("not in write-ahead mode: %v", err)
	}
	if got, err := digestOf(path); got != good || err != nil {
		t.Errorf("the refusals changed the database: %v", err)
	}
	if names, _ := filepath.Glob(path + "?*"); len(names) != 1 { // the table of tags
		t.Errorf("left behind: %v", names)
	}
}

// TestOldPages puts earlier versions of pages back at their places, one by one and
// all together: each is noticed when it is read.
func TestOldPages(t *testing.T) {
	path, old, _ := sample(t)
	d, err := Open(path, key())
	must(t, err)
	run(t, d.Write, "UPDATE t SET s='new'||id, b=randomblob(length(b))")
	must(t, d.Close())
	now := contentOf(t, path)
	for n := 0; n < len(now)/pageSize; n++ {
		at := now[n*pageSize : (n+1)*pageSize]
		if len(old) < (n+1)*pageSize || bytes.Equal(at, old[n*pageSize:(n+1)*pageSize]) {
			continue
		}
		must(t, os.WriteFile(path, slices.Concat(now[:n*pageSize], old[n*pageSize:(n+1)*pageSize], now[(n+1)*pageSize:]), 0o600))
		if _, err := digestOf(path); !Damaged(err) {
			t.Errorf("page %d as it was: %v", n+1, err)
		}
	}
	must(t, os.WriteFile(path, old, 0o600))
	if _, err := digestOf(path); !Damaged(err) {
		t.Errorf("the whole file as it was: %v", err)
	}
	must(t, os.WriteFile(path, now, 0o600))
	if _, err := digestOf(path); err != nil {
		t.Errorf("put right: %v", err)
	}
}

// FuzzForeignFile opens any file as a database with any log beside it. Nobody
// without the key can make one that opens.
func FuzzForeignFile(f *testing.F) {
	f.Add([]byte{}, []byte{})
	f.Add([]byte(magic), make([]byte, 72))
	f.Add(make([]byte, pageSize+1), make([]byte, 72+frameSize))
	path := filepath.Join(f.TempDir(), "a.db")
	f.Fuzz(func(t *testing.T, db, log []byte) {
		must(t, os.WriteFile(path, db, 0o600))
		must(t, os.WriteFile(path+"-wal", log, 0o600))
		if _, err := digestOf(path); !WrongKey(err) && !Damaged(err) {
			t.Errorf("%d and %d bytes: %v", len(db), len(log), err)
		}
		if !bytes.Equal(contentOf(t, path), db) || !bytes.Equal(contentOf(t, path+"-wal"), log) {
			t.Error("the files were changed")
		}
	})
}
