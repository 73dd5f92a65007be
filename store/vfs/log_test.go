package vfs

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// hot makes a database with a log full of commits, as a crash leaves it: row 1 to
// 50 in the database, 51 to 80 only in the log, one commit each. It gives a path
// where it can be put, and the files.
func hot(t *testing.T) (path string, f files) {
	t.Helper()
	d := create(t)
	fillRows(t, d.Write, 50)
	run(t, d.Write, "PRAGMA wal_checkpoint(TRUNCATE)")
	for i := range 30 {
		must(t, addRow(d.Write, i))
	}
	run(t, d.Write, "PRAGMA user_version=7") // page 1 is in the log, too
	f = filesOf(t, d.Path())
	return f.moved(t), f
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
	path, _ := hot(t)
	if n := countOf(t, path); n != 80 {
		t.Errorf("%d rows, want 80", n)
	}
}

// TestLogFlips changes single bits of a log that a crash left. Where the change is
// one that a crash may have made, in the last two commits, what stands before it is
// kept; anywhere else it is damage.
func TestLogFlips(t *testing.T) {
	path, f := hot(t)
	kept := 0
	for range times("DAICHO_FLIPS", 100) {
		broken := f
		broken.log = bytes.Clone(f.log)
		at := rand.IntN(len(f.log))
		broken.log[at] ^= 1 << rand.IntN(8)
		broken.put(t, path)
		before := filesOf(t, path)
		if _, err := digestOf(path); err != nil {
			if !Damaged(err) {
				t.Errorf("byte %d: %v", at, err)
			}
			if after := filesOf(t, path); !bytes.Equal(after.log, before.log) || !bytes.Equal(after.db, before.db) {
				t.Fatalf("byte %d: the refusal changed the files", at)
			}
			continue
		}
		kept++
		if n := countOf(t, path); n != 79 && n != 80 { // the last commit is no row
			t.Errorf("byte %d of %d: %d rows without a word", at, len(f.log), n)
		}
	}
	if kept > times("DAICHO_FLIPS", 100)/2 {
		t.Errorf("%d flips were taken for a crash", kept)
	}
}

// TestTornLog cuts the log at any byte, as a crash may.
func TestTornLog(t *testing.T) {
	path, f := hot(t)
	last := 50
	for at := logHeader + overhead; at <= len(f.log); at += 1 + rand.IntN(3000) {
		torn := f
		torn.log = f.log[:at]
		torn.put(t, path)
		n := countOf(t, path)
		if n < last || n > 80 {
			t.Errorf("cut at %d: %d rows after %d", at, n, last)
		}
		last = n
	}
}

// TestTornFirstPage has a crash in a checkpoint tear page 1, which the log holds.
func TestTornFirstPage(t *testing.T) {
	path, f := hot(t)
	for _, from := range []int{identitySize, 512, 2048} {
		torn := f
		torn.db = bytes.Clone(f.db)
		clear(torn.db[from:pageSize])
		torn.put(t, path)
		if n := countOf(t, path); n != 80 {
			t.Errorf("torn from %d: %d rows, want 80", from, n)
		}
	}
}

// TestLogOutlivesRefusal opens with a wrong key, or an identity that is damaged or
// gone, while commits stand in the log alone: SQLite, left to itself, takes the log
// for empty and deletes it.
func TestLogOutlivesRefusal(t *testing.T) {
	path, f := hot(t)
	wrong := key()
	wrong[0] ^= 1
	flipped := bytes.Clone(f.db)
	flipped[3] ^= 4
	for name, c := range map[string]struct {
		db, tags []byte
		key      [32]byte
	}{
		"wrong key":        {f.db, f.tags, wrong},
		"identity damaged": {flipped, f.tags, key()},
		"emptied":          {[]byte{}, f.tags, key()},
		"cut":              {f.db[:9], f.tags, key()},
		"no table":         {f.db, nil, key()},
		"table cut":        {f.db, f.tags[:50], key()},
	} {
		broken := f
		broken.db, broken.tags = c.db, c.tags
		broken.put(t, path)
		d, err := Open(path, c.key)
		if err == nil {
			t.Errorf("%s: opened", name)
			d.Close()
		}
		if !bytes.Equal(contentOf(t, path+"-wal"), f.log) {
			t.Errorf("%s: the log has changed", name)
		}
		mended := f
		mended.log = contentOf(t, path+"-wal")
		mended.put(t, path)
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
	crashed := filesOf(t, d.Path()).moved(t)
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
