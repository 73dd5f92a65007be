package vfs

import (
	"bytes"
	"os"
	"slices"
	"testing"
)

// TestLogReplaced does to a log that holds commits what somebody with the folder
// could do.
func TestLogReplaced(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 50)
	earlier := filesOf(t, d.Path()) // a whole generation of the log
	run(t, d.Write, "PRAGMA wal_checkpoint(TRUNCATE)")
	run(t, d.Write, "PRAGMA wal_autocheckpoint=0")
	for i := range 30 {
		must(t, addRow(d.Write, i))
	}
	now := filesOf(t, d.Path())
	path := now.moved(t)
	state, _, err := stateOf(now)
	must(t, err)
	if state.log.stage != recordLog {
		t.Fatalf("the log is in stage %c", state.log.stage)
	}
	for name, c := range map[string]struct {
		log  []byte
		rows int // 0: damage
	}{
		"as it was":             {now.log, 80},
		"removed":               {nil, 0},
		"emptied":               {[]byte{}, 0},
		"cut in its header":     {now.log[:40], 0},
		"of an earlier time":    {earlier.log, 0},
		"a middle frame zeroed": {slices.Concat(now.log[:place(9)], make([]byte, frameSize), now.log[place(10):]), 0},
		"a frame taken out":     {slices.Concat(now.log[:place(9)], now.log[place(10):]), -1},
		"cut after its header":  {now.log[:place(0)], 50}, // not noticed, as DESIGN.md says
	} {
		broken := now
		broken.log = c.log
		broken.put(t, path)
		n, err := rowsOf(path)
		switch {
		case c.rows > 0 && (err != nil || n != c.rows):
			t.Errorf("%s: %d rows, %v; want %d", name, n, err, c.rows)
		case c.rows == 0 && !Damaged(err):
			t.Errorf("%s: %d rows, %v", name, n, err)
		case c.rows < 0 && err == nil && n > 59:
			t.Errorf("%s: %d rows", name, n)
		}
		if c.rows == 0 {
			if after, err := os.ReadFile(path + "-wal"); c.log != nil && (err != nil || !bytes.Equal(after, c.log)) {
				t.Errorf("%s: the log was touched", name)
			}
		}
	}
}

func rowsOf(path string) (n int, err error) {
	d, err := Open(path, key())
	if err != nil {
		return 0, err
	}
	defer d.Close()
	if _, err := digest(d.Write); err != nil {
		return 0, err
	}
	return n, d.Read.QueryRow("SELECT count(*) FROM t").Scan(&n)
}

// TestLogCutBelowDatabase cuts a log of which a part was already brought into the
// database: what the database has of it must be there.
func TestLogCutBelowDatabase(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 50)
	run(t, d.Write, "PRAGMA wal_autocheckpoint=0")
	run(t, d.Write, "PRAGMA wal_checkpoint(PASSIVE)")
	reader, err := d.Read.Begin() // keeps what follows from being checked in
	must(t, err)
	defer reader.Rollback()
	must(t, addRow(d.Write, 50))
	var n int
	must(t, reader.QueryRow("SELECT count(*) FROM t").Scan(&n))
	for i := range 20 {
		must(t, addRow(d.Write, 51+i))
	}
	run(t, d.Write, "PRAGMA wal_checkpoint(PASSIVE)")
	must(t, addRow(d.Write, 71))
	now := filesOf(t, d.Path())
	state, _, err := stateOf(now)
	must(t, err)
	if state.log.frame == 0 || int64(len(now.log)) <= place(int64(state.log.frame)) {
		t.Fatalf("frame %d of a log of %d bytes is in the database", state.log.frame, len(now.log))
	}
	path := now.moved(t)
	if n, err := rowsOf(path); err != nil || n != 72 {
		t.Errorf("%d rows, %v", n, err)
	}
	broken := now
	broken.log = now.log[:place(int64(state.log.frame)-1)]
	broken.put(t, path)
	if n, err := rowsOf(path); !Damaged(err) {
		t.Errorf("cut below what the database has of it: %d rows, %v", n, err)
	}
}

// TestJournalIsPlanted: a database with a table never has a rollback journal.
func TestJournalIsPlanted(t *testing.T) {
	path, _, _ := sample(t)
	must(t, os.WriteFile(path+"-journal", bytes.Repeat([]byte("journal"), 900), 0o600))
	if _, err := digestOf(path); !Damaged(err) {
		t.Errorf("opened with a journal: %v", err)
	}
	must(t, os.Remove(path+"-journal"))
	if _, err := digestOf(path); err != nil {
		t.Error(err)
	}
}

// TestVersion: it grows with what is written, survives closing and compaction, and
// tells an older set of files.
func TestVersion(t *testing.T) {
	d := create(t)
	path := d.Path()
	first, err := d.Version()
	must(t, err)
	fillRows(t, d.Write, 50)
	must(t, d.Close())
	old := filesOf(t, path)
	last := first
	for range 3 {
		d, err = Open(path, key())
		must(t, err)
		got, err := d.Version()
		must(t, err)
		if got <= last {
			t.Errorf("version %d after %d", got, last)
		}
		last = got
		run(t, d.Write, "UPDATE t SET s=s||'x'")
		must(t, d.Close())
	}
	old.put(t, path)
	d, err = Open(path, key())
	must(t, err)
	defer d.Close()
	if got, err := d.Version(); err != nil || got >= last {
		t.Errorf("an older set of files has version %d, %v; the last was %d", got, err, last)
	}
}

// TestCompaction writes more records than a table may have, with a second opening
// of the file that must follow.
func TestCompaction(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 100)
	other, err := Open(d.Path(), key())
	must(t, err)
	defer other.Close()
	var longest int
	for i := range 15 {
		run(t, d.Write, "UPDATE t SET b=randomblob(length(b)), s=?", i)
		run(t, d.Write, "PRAGMA wal_checkpoint(TRUNCATE)")
		longest = max(longest, len(filesOf(t, d.Path()).tags))
		if i%4 == 0 {
			_, err := digest(other.Read)
			must(t, err)
		}
	}
	version, err := d.Version()
	must(t, err)
	if n := int64(longest) / recordSize; n > 2*fewRecords || int64(version) < 3*fewRecords {
		t.Errorf("%d records, %d at once: never compacted", version, n)
	}
	_, err = digest(other.Write)
	must(t, err)
}
