package vfs

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// TestRollbackJournals works in each journal mode that SQLite knows beside the
// write-ahead log, with a cache so small that transactions spill.
func TestRollbackJournals(t *testing.T) {
	for _, mode := range []string{"DELETE", "TRUNCATE", "PERSIST"} {
		t.Run(mode, func(t *testing.T) {
			v := keyed(t, key())
			db := tuned(t, v, filepath.Join(t.TempDir(), "a.db"), "rwc", "journal_mode("+mode+")", "cache_size(5)", "synchronous(NORMAL)")
			fillRows(t, db, 50)
			good, err := digest(db)
			must(t, err)
			for range 3 {
				tx, err := db.Begin()
				must(t, err)
				_, err = tx.Exec("UPDATE t SET b=randomblob(8000); DELETE FROM t WHERE id%3=0; INSERT INTO t(s, b) SELECT s, b FROM t")
				must(t, err)
				must(t, tx.Rollback())
				if got, err := digest(db); got != good || err != nil {
					t.Fatalf("after a rollback %v, %v; before %v", got, err, good)
				}
			}
			run(t, db, "DELETE FROM t WHERE id%2=0; VACUUM")
			if _, err := digest(db); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// midway gives a database and its journal as a crash in a spilling transaction
// leaves them, and the digest from before the transaction.
func midway(t *testing.T, v *VFS) (path string, db, journal []byte, good string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.db")
	c := tuned(t, v, path, "rwc", "journal_mode(DELETE)", "cache_size(5)")
	fillRows(t, c, 60)
	good, err := digest(c)
	must(t, err)
	tx, err := c.Begin()
	must(t, err)
	defer tx.Rollback()
	_, err = tx.Exec("UPDATE t SET b=randomblob(8000)")
	must(t, err)
	return path, contentOf(t, path), contentOf(t, path+"-journal"), good
}

func TestHotJournal(t *testing.T) {
	v := keyed(t, key())
	_, db, journal, good := midway(t, v)
	path := filepath.Join(t.TempDir(), "crashed.db")
	read := func(journal []byte) (string, error) {
		must(t, os.WriteFile(path, db, 0o600))
		must(t, os.WriteFile(path+"-journal", journal, 0o600))
		c := tuned(t, v, path, "rw")
		defer c.Close()
		return digest(c)
	}
	if got, err := read(journal); got != good || err != nil {
		t.Fatalf("after the crash %v, %v; before %v", got, err, good)
	}
	for range 100 { // beyond the header: a journal without one is no journal
		at := sealedBlock + rand.IntN(len(journal)-sealedBlock)
		broken := bytes.Clone(journal)
		broken[at] ^= 1 << rand.IntN(8)
		if got, err := read(broken); err == nil && got != good {
			t.Errorf("byte %d of %d: rolled back to something else", at, len(journal))
		} else if err != nil && !Damaged(err) {
			t.Errorf("byte %d of %d: %v", at, len(journal), err)
		}
	}
}

// TestBlocks writes and reads pieces of any length at any place, beside a plain
// slice of bytes.
func TestBlocks(t *testing.T) {
	v := keyed(t, key())
	dir := t.TempDir()
	for name, dress := range blockKinds() {
		r := bare(t, v, filepath.Join(dir, "db")).beside(filepath.Join(dir, name), dress)
		var want []byte
		for range 300 {
			off, n := rand.IntN(len(want)+3000), rand.IntN(9000)
			switch rand.IntN(5) {
			case 0, 1, 2:
				b := bytes.Repeat([]byte{byte(n)}, n)
				if rc := r.write(b, int64(off)); rc != ok {
					t.Fatalf("%s: write %d at %d: %d", name, n, off, rc)
				}
				if n > 0 {
					want = append(want, make([]byte, max(0, off+n-len(want)))...)
					copy(want[off:], b)
				}
			case 3:
				size := off * 9 / 10
				if rc := xTruncate(r.tls, r.p, int64(size)); rc != ok {
					t.Fatalf("%s: truncate to %d: %d", name, size, rc)
				}
				want = append(want, make([]byte, max(0, size-len(want)))...)[:size]
			}
			if got := r.size(); got != int64(len(want)) {
				t.Fatalf("%s: size %d, want %d", name, got, len(want))
			}
			got, rc := r.read(n, int64(off))
			expect := make([]byte, n)
			if off < len(want) {
				copy(expect, want[off:])
			}
			short := off+n > len(want)
			if !bytes.Equal(got, expect) || (rc == shortRead) != short || !short && rc != ok {
				t.Fatalf("%s: read %d at %d of %d: %d", name, n, off, len(want), rc)
			}
		}
	}
}
