package vfs

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestAdopt opens a database of the form before tables: once, and only if its own
// content says so. A log that a crash left with it is brought in.
func TestAdopt(t *testing.T) {
	may := func(db *sql.DB) (yes bool, err error) {
		var n int
		err = db.QueryRow("PRAGMA user_version").Scan(&n)
		return n == 7, err
	}
	_, f := hot(t)
	without := f
	without.tags = nil
	path := without.moved(t)
	d, err := Adopt(path, key(), may)
	must(t, err)
	if bad, err := damageOf(path); err != nil || len(bad) > 0 {
		t.Errorf("pages %v, %v", bad, err)
	}
	run(t, d.Write, "PRAGMA user_version=8")
	must(t, d.Close())
	if n, err := rowsOf(path); err != nil || n != 80 {
		t.Errorf("%d rows, %v", n, err)
	}
	d, err = Adopt(path, key(), may)
	must(t, err)
	must(t, d.Close())
	newer := filesOf(t, path)
	newer.tags = nil
	newer.put(t, path)
	if _, err := Adopt(path, key(), may); !errors.Is(err, ErrNoTags) || !Damaged(err) {
		t.Errorf("one of the new form without its table: %v", err)
	}
	if names, err := filepath.Glob(path + "*"); err != nil || len(names) != 1 {
		t.Errorf("left behind: %v, %v", names, err)
	}
	refused := func(*sql.DB) (bool, error) { return false, nil }
	without.put(t, path)
	if _, err := Adopt(path, key(), refused); !errors.Is(err, ErrNoTags) {
		t.Errorf("refused: %v", err)
	}
	if log := contentOf(t, path+"-wal"); !bytes.Equal(log, f.log) || !bytes.Equal(contentOf(t, path), f.db) {
		t.Error("a refusal changed the files")
	}
	flipped := without
	flipped.db = bytes.Clone(f.db)
	flipped.db[len(flipped.db)-1000] ^= 1
	flipped.log = nil
	flipped.put(t, path)
	if _, err := Adopt(path, key(), func(*sql.DB) (bool, error) { return true, nil }); !Damaged(err) {
		t.Errorf("a damaged page: %v", err)
	}
}

// TestReplace puts a database under another key in the place of one, whose log a
// crash has left.
func TestReplace(t *testing.T) {
	path, f := hot(t)
	d, err := Open(path, key())
	must(t, err)
	own := [32]byte{5}
	draft := path + "-rekeyed"
	must(t, d.CopyTo(t.Context(), draft, own))
	must(t, d.Close())
	f.put(t, path)
	must(t, Replace(draft, path))
	d, err = Open(path, own)
	must(t, err)
	if n := 0; d.Read.QueryRow("SELECT count(*) FROM t").Scan(&n) != nil || n != 80 {
		t.Errorf("%d rows", n)
	}
	must(t, d.Close())
	if names, err := os.ReadDir(filepath.Dir(path)); err != nil || len(names) != 2 {
		t.Errorf("left: %v, %v", names, err)
	}
	must(t, Remove(path))
	must(t, Remove(path))
	if names, err := os.ReadDir(filepath.Dir(path)); err != nil || len(names) != 0 {
		t.Errorf("left: %v, %v", names, err)
	}
}
