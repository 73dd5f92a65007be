package vfs

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hot makes a database with a log full of commits, as a crash leaves it: row 1 to
// 50 in the database, 51 to 80 only in the log, one commit each. It gives the
// path, and the bytes of both files.
func hot(t *testing.T) (path string, db, log []byte) {
	t.Helper()
	d := create(t)
	fillRows(t, d.Write, 50)
	run(t, d.Write, "PRAGMA wal_checkpoint(TRUNCATE)")
	for i := range 30 {
		must(t, addRow(d.Write, i))
	}
	run(t, d.Write, "PRAGMA user_version=7") // page 1 is in the log, too
	path = filepath.Join(t.TempDir(), "hot.db")
	db, log = contentOf(t, d.Path()), contentOf(t, d.Path()+"-wal")
	put(t, path, db, log)
	return path, db, log
}

// put places a database and its log, without the index of the log.
func put(t *testing.T, path string, db, log []byte) {
	t.Helper()
	os.Remove(path + "-shm")
	must(t, os.WriteFile(path, db, 0o600))
	must(t, os.WriteFile(path+"-wal", log, 0o600))
}

// countOf opens the database and gives the number of rows, after making sure that
// they are the first ones and that the structure is sound.
func countOf(t *testing.T, path string) int {
	t.Helper()
	d, err := Open(path, key())
	must(t, err)
	defer d.Close()
	got, err := digest(d.Write)
	must(t, err)
	var n, last int
	must(t, d.Read.QueryRow("SELECT count(*), coalesce(max(id), 0) FROM t").Scan(&n, &last))
	if n != last || !strings.HasPrefix(got, "ok ") {
		t.Errorf("%d rows, last %d, %s", n, last, got)
	}
	return n
}

func TestLogIsRecovered(t *testing.T) {
	path, _, _ := hot(t)
	if n := countOf(t, path); n != 80 {
		t.Errorf("%d rows, want 80", n)
	}
}

// TestLogFlips changes single bits of a log that a crash left. What stands before
// the change is kept, nothing after it is taken, and the database stays sound.
func TestLogFlips(t *testing.T) {
	path, db, log := hot(t)
	for range times("DAICHO_FLIPS", 100) {
		at := rand.IntN(len(log))
		broken := bytes.Clone(log)
		broken[at] ^= 1 << rand.IntN(8)
		put(t, path, db, broken)
		frame := (at - logHeader - overhead) / frameSize // a commit has one frame at least
		if n := countOf(t, path); n < 50 || n > 80 || n > 50+frame {
			t.Errorf("byte %d, frame %d: %d rows", at, frame, n)
		}
	}
}

// TestTornLog cuts the log at any byte, as a crash may.
func TestTornLog(t *testing.T) {
	path, db, log := hot(t)
	last := 50
	for at := 0; at <= len(log); at += 1 + rand.IntN(3000) {
		put(t, path, db, log[:at])
		n := countOf(t, path)
		if n < last || n > 80 {
			t.Errorf("cut at %d: %d rows after %d", at, n, last)
		}
		last = n
	}
}

// TestTornFirstPage has a crash in a checkpoint tear page 1, which the log holds.
func TestTornFirstPage(t *testing.T) {
	path, db, log := hot(t)
	for _, from := range []int{identitySize, 512, 2048} {
		torn := bytes.Clone(db)
		clear(torn[from:pageSize])
		put(t, path, torn, log)
		if n := countOf(t, path); n != 80 {
			t.Errorf("torn from %d: %d rows, want 80", from, n)
		}
	}
}

// TestLogOutlivesRefusal opens with a wrong key, or an identity that is damaged or
// gone, while commits stand in the log alone: SQLite, left to itself, takes the log
// for empty and deletes it.
func TestLogOutlivesRefusal(t *testing.T) {
	path, db, log := hot(t)
	wrong := key()
	wrong[0] ^= 1
	flipped := bytes.Clone(db)
	flipped[3] ^= 4
	for name, c := range map[string]struct {
		db  []byte
		key [32]byte
	}{
		"wrong key":        {db, wrong},
		"identity damaged": {flipped, key()},
		"emptied":          {nil, key()},
		"cut":              {db[:9], key()},
	} {
		put(t, path, c.db, log)
		d, err := Open(path, c.key)
		if err == nil {
			t.Errorf("%s: opened", name)
			d.Close()
		}
		if !bytes.Equal(contentOf(t, path+"-wal"), log) {
			t.Errorf("%s: the log has changed", name)
		}
		put(t, path, db, contentOf(t, path+"-wal"))
		if n := countOf(t, path); n != 80 {
			t.Errorf("%s: %d rows after mending, want 80", name, n)
		}
	}
}

// TestLiveLogFlip changes the log under an open database: that is an error, never
// another row.
func TestLiveLogFlip(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 60)
	good, err := digest(d.Write)
	must(t, err)
	log := contentOf(t, d.Path()+"-wal")
	for at := place(0) + 200; at < int64(len(log)); at += frameSize {
		log[at] ^= 1
	}
	f, err := os.OpenFile(d.Path()+"-wal", os.O_WRONLY, 0)
	must(t, err)
	defer f.Close()
	_, err = f.WriteAt(log, 0)
	must(t, err)
	got, err := digestOf(d.Path())
	if !Damaged(err) {
		t.Errorf("got %v, %v (before %v)", got, err, good)
	}
}

// TestSpill has a transaction write its pages to the log several times over, which
// makes SQLite mend the checksums of frames already written, then crashes.
func TestSpill(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 50)
	run(t, d.Write, "PRAGMA cache_size=5")
	tx, err := d.Write.Begin()
	must(t, err)
	for round := range 6 {
		_, err := tx.Exec("UPDATE t SET s=?, b=randomblob(5000)", fmt.Sprint("round ", round))
		must(t, err)
	}
	must(t, tx.Commit())
	good, err := digest(d.Write)
	must(t, err)
	crashed := filepath.Join(t.TempDir(), "crashed.db")
	put(t, crashed, contentOf(t, d.Path()), contentOf(t, d.Path()+"-wal"))
	if got, err := digestOf(crashed); got != good || err != nil {
		t.Errorf("after the crash %v, %v; before %v", got, err, good)
	}
	tx, err = d.Write.Begin()
	must(t, err)
	_, err = tx.Exec("UPDATE t SET b=randomblob(9000)")
	must(t, err)
	must(t, tx.Rollback())
	if got, err := digest(d.Write); got != good || err != nil {
		t.Errorf("after a rollback %v, %v; before %v", got, err, good)
	}
}

// TestTwoGenerations lets a reader of the log's earlier generation read on after
// another connection began a new one.
func TestTwoGenerations(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 20)
	for round := range 5 {
		if _, err := digest(d.Read); err != nil {
			t.Fatal(err)
		}
		run(t, d.Write, "PRAGMA wal_checkpoint(RESTART)")
		run(t, d.Write, "UPDATE t SET s=?", round)
		var n int
		if err := d.Read.QueryRow("SELECT count(*) FROM t WHERE s=?", fmt.Sprint(round)).Scan(&n); err != nil || n != 20 {
			t.Errorf("round %d: %d rows, %v", round, n, err)
		}
	}
}
