package vfs

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestCopy(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 100)
	good, err := digest(d.Write)
	must(t, err)
	dir := t.TempDir()
	path, own := filepath.Join(dir, "控え #1?.db"), [32]byte{7}
	must(t, d.CopyTo(t.Context(), path, own))
	c, err := Open(path, own)
	must(t, err)
	if got, err := digest(c.Write); got != good || err != nil {
		t.Errorf("the copy holds %s, %v; the original %s", got, err, good)
	}
	must(t, c.Close())
	if _, err := Open(path, key()); !WrongKey(err) {
		t.Errorf("the copy opens by the original's key: %v", err)
	}
	if err := d.CopyTo(t.Context(), path, own); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a copy: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.CopyTo(gone, path+"2", own); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 2 { // the copy and its table
		t.Errorf("left behind: %v, %v", names, err)
	}
	fillRows(t, d.Write, 1)
}

// TestTwoFilesOfOneKey: even under one key no page of one file is one of another.
func TestTwoFilesOfOneKey(t *testing.T) {
	v := keyed(t, key())
	dir := t.TempDir()
	var ids []identity
	for _, name := range []string{"a", "b"} {
		db := bare(t, v, filepath.Join(dir, name))
		if rc := db.write(firstPage(), 0); rc != ok {
			t.Fatal(rc)
		}
		ids = append(ids, identity(contentOf(t, filepath.Join(dir, name))[:identitySize]))
	}
	if ids[0] == ids[1] {
		t.Error("one identity for two files")
	}
	a, err := derive(&v.key, ids[0], "page")
	must(t, err)
	b, err := derive(&v.key, ids[1], "page")
	must(t, err)
	if string(a) == string(b) {
		t.Error("one key for two files")
	}
}

func TestCodes(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 1)
	tx, err := d.Write.Begin()
	must(t, err)
	other := tuned(t, d.vfs, d.Path(), "rw")
	run(t, other, "PRAGMA busy_timeout=1")
	if _, err := other.Exec("DELETE FROM t"); !Busy(err) || Damaged(err) || WrongKey(err) || Full(err) {
		t.Errorf("locked: %v", err)
	}
	must(t, tx.Rollback())
	must(t, other.Close())
	run(t, d.Write, "PRAGMA max_page_count=20")
	if _, err := d.Write.Exec("INSERT INTO t(b) VALUES(zeroblob(1000000))"); !Full(err) || Busy(err) || Damaged(err) {
		t.Errorf("full: %v", err)
	}
	for _, is := range []func(error) bool{Busy, Damaged, WrongKey, Full} {
		if is(nil) || is(errors.New("x")) {
			t.Error("another error was taken for one of SQLite's")
		}
	}
}
