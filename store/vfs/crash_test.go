package vfs

import (
	"bytes"
	"slices"
	"testing"
)

// with gives the files with records more in their table.
func (f files) with(t *testing.T, records ...record) files {
	t.Helper()
	c, _, err := stateOf(f)
	must(t, err)
	f.tags = f.tags[:c.end()]
	for _, r := range records {
		unit := make([]byte, recordSize)
		must(t, c.sealed(r, unit))
		c.took(r, unit)
		f.tags = append(bytes.Clone(f.tags), unit...)
	}
	return f
}

// anew gives the files with a table that says the same without records.
func (f files) anew(t *testing.T) files {
	t.Helper()
	c, _, err := stateOf(f)
	must(t, err)
	f.tags, err = c.encode(bytes.NewReader(f.tags), counting())
	must(t, err)
	return f
}

// TestCrashStates builds by hand what a loss of power may leave, and more: nothing
// of it is damage, and nothing is lost.
func TestCrashStates(t *testing.T) {
	_, f := hot(t)
	c, state, err := stateOf(f)
	must(t, err)
	other := [tagSize]byte{1, 2, 3}
	salts := [8]byte{9, 9}
	closed := func() files {
		path := f.moved(t)
		d, err := Open(path, key())
		must(t, err)
		must(t, d.Close())
		return filesOf(t, path)
	}()
	leftover := closed
	leftover.log = f.log
	anew := leftover.anew(t)
	begun := closed.with(t, ofLog(recordBegin, salts))
	begunOver := begun
	begunOver.log = f.log
	torn := f
	torn.tags = append(bytes.Clone(f.tags), f.tags[len(f.tags)-recordSize:][:recordSize/2]...)
	tornFull := f
	tornFull.tags = append(bytes.Clone(f.tags), make([]byte, recordSize)...)
	first := record{what: recordPage, page: 1, tag: other, frame: 1}
	hole := f.with(t, first, first, first)
	clear(hole.tags[len(hole.tags)-3*recordSize:][:recordSize])
	for name, f := range map[string]files{
		"a tag ahead of its page":                    f.with(t, first),
		"pages known that are not in the file":       f.with(t, record{what: recordPage, page: uint32(state.pages + 1), tag: other}),
		"half a record":                              torn,
		"a record of zeros":                          tornFull,
		"a hole in records that were not synced":     hole,
		"a log left over after it was checked in":    leftover,
		"a log begun, its header not written":        begun,
		"a log begun, the last one still there":      begunOver,
		"the header there, but not noted":            unnoted(t, f, c),
		"noted as needless, made anew, not deleted":  anew,
		"noted as needless, but not deleted":         leftover.with(t, ofLog(recordBegin, salts), record{what: recordNoLog}),
		"a database longer than the table":           longer(f),
		"a database longer than the table, no log":   longer(closed),
		"a page of the log half written to the file": halfWritten(f),
	} {
		path := f.moved(t)
		for range 2 {
			if n, err := rowsOf(path); err != nil || n != 80 {
				t.Errorf("%s: %d rows, %v", name, n, err)
			}
		}
		d, err := Open(path, key())
		must(t, err)
		run(t, d.Write, "UPDATE t SET b=randomblob(9000)")
		run(t, d.Write, "PRAGMA wal_checkpoint(TRUNCATE)")
		must(t, d.Close())
		if bad, err := damageOf(path); err != nil || len(bad) > 0 {
			t.Errorf("%s: after more work: pages %v, %v", name, bad, err)
		}
	}
}

// unnoted takes the last record about the log from the table.
func unnoted(t *testing.T, f files, c *tagCodec) files {
	t.Helper()
	f.tags = f.tags[:c.end()-recordSize]
	_, state, err := stateOf(f)
	must(t, err)
	if state.log.stage != recordBegin {
		t.Fatalf("stage %c", state.log.stage)
	}
	return f
}

func longer(f files) files {
	f.db = slices.Concat(f.db, f.db[pageSize:3*pageSize])
	return f
}

func halfWritten(f files) files {
	f.db = bytes.Clone(f.db)
	clear(f.db[100:pageSize])
	return f
}

// TestLogNotedLater: a process that finds a log begun, but not noted, notes it with
// its first commit; from then on it may not be missing.
func TestLogNotedLater(t *testing.T) {
	_, f := hot(t)
	c, _, err := stateOf(f)
	must(t, err)
	path := unnoted(t, f, c).moved(t)
	d, err := Open(path, key())
	must(t, err)
	must(t, addRow(d.Write, 81))
	now := filesOf(t, path)
	must(t, d.Close())
	if _, state, err := stateOf(now); err != nil || state.log.stage != recordLog {
		t.Errorf("stage %c, %v", state.log.stage, err)
	}
}
