package vfs

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// sampleFiles are those of a closed database, and of the same one later, when much
// of it was changed.
func sampleFiles(t *testing.T) (path string, old, now files) {
	t.Helper()
	path, _, _ = sample(t)
	old = filesOf(t, path)
	d, err := Open(path, key())
	must(t, err)
	run(t, d.Write, "UPDATE t SET s='new'||id, b=randomblob(length(b)); DELETE FROM t WHERE id>150")
	must(t, d.Close())
	return path, old, filesOf(t, path)
}

// TestPagesDamaged swaps, zeroes, cuts and replays pages at random: everything is
// read after each, and not one is read as if nothing had been done.
func TestPagesDamaged(t *testing.T) {
	path, old, now := sampleFiles(t)
	pages := len(now.db) / pageSize
	at := func(f files, n int) []byte { return f.db[n*pageSize : (n+1)*pageSize] }
	for range times("DAICHO_FLIPS", 100) / 10 {
		n, other, end := rand.IntN(pages), rand.IntN(pages), rand.IntN(len(now.db))
		for name, spoil := range map[string]func() []byte{
			"swapped": func() []byte {
				b := bytes.Clone(now.db)
				copy(b[n*pageSize:], at(now, other))
				copy(b[other*pageSize:], at(now, n))
				return b
			},
			"zeroed":   func() []byte { b := bytes.Clone(now.db); clear(b[n*pageSize : (n+1)*pageSize]); return b },
			"cut":      func() []byte { return now.db[:end] },
			"replayed": func() []byte { b := bytes.Clone(now.db); copy(b[n*pageSize:], at(old, n)); return b },
		} {
			broken := now
			if broken.db = spoil(); bytes.Equal(broken.db, now.db) {
				continue
			}
			broken.put(t, path)
			if bad, err := damageOf(path); err == nil && len(bad) == 0 {
				t.Errorf("%s: pages %d, %d, byte %d: nothing noticed", name, n+1, other+1, end)
			}
		}
	}
}

// damageOf opens the database and reads all pages; the error is what ended it.
func damageOf(path string) (bad []int64, err error) {
	d, err := Open(path, key())
	if err != nil {
		return nil, err
	}
	defer d.Close()
	err = d.Pages(context.Background(), func(n int64, err error) error {
		if err != nil {
			bad = append(bad, n)
		}
		return nil
	})
	return bad, err
}

// TestTableDamaged changes single bits of the table and cuts it: either that is
// noticed, or what is left says the same of the database.
func TestTableDamaged(t *testing.T) {
	path, _, now := sampleFiles(t)
	_, good, err := stateOf(now)
	must(t, err)
	for range times("DAICHO_FLIPS", 100) {
		broken := now
		broken.tags = bytes.Clone(now.tags)
		broken.tags[rand.IntN(len(now.tags))] ^= 1 << rand.IntN(8)
		broken.put(t, path)
		if _, err := digestOf(path); err == nil {
			_, got, err := stateOf(broken)
			if err != nil || !slices.Equal(got.tags, good.tags) {
				t.Error("a changed table was taken")
			}
		} else if !Damaged(err) {
			t.Error(err)
		}
		broken.tags = now.tags[:rand.IntN(len(now.tags))]
		broken.put(t, path)
		if _, err := digestOf(path); err == nil && len(broken.tags) < len(now.tags)-recordSize {
			t.Errorf("a table cut at %d of %d was taken", len(broken.tags), len(now.tags))
		}
	}
}

// stateOf reads a table without opening the database.
func stateOf(f files) (*tagCodec, *tagState, error) {
	id := identity(f.db)
	k := key()
	under, err := derive(&k, id, "tags")
	if err != nil {
		return nil, nil, err
	}
	seal, err := newSealer(under, counting())
	if err != nil {
		return nil, nil, err
	}
	c := &tagCodec{id: id, seal: seal}
	err = c.decode(bytes.Clone(f.tags))
	return c, &c.tagState, err
}

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
		"pages known that are not in the file":       f.with(t, record{what: recordPage, page: uint32(len(state.tags) + 1), tag: other}),
		"half a record":                              torn,
		"a record of zeros":                          tornFull,
		"a hole in records that were not synced":     hole,
		"a log left over after it was checked in":    leftover,
		"a log begun, its header not written":        begun,
		"a log begun, the last one still there":      begunOver,
		"the header there, but not noted":            unnoted(t, f, c),
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

// TestHoleIsFilled: a record that takes the place of a torn one does not bring back
// those that a lost power left behind it.
func TestHoleIsFilled(t *testing.T) {
	c := goldenTable(t)
	b, err := c.encode(counting())
	must(t, err)
	must(t, c.decode(bytes.Clone(b)))
	unit := make([]byte, recordSize)
	for n := range 5 {
		r := record{what: recordPage, page: uint32(n + 1), tag: [tagSize]byte{9}}
		must(t, c.sealed(r, unit))
		c.took(r, unit)
		b = append(b, unit...)
	}
	hole := b[len(b)-3*recordSize:][:recordSize]
	clear(hole)
	must(t, c.decode(bytes.Clone(b)))
	if c.records != 2 {
		t.Fatalf("%d records before the hole", c.records)
	}
	must(t, c.sealed(record{what: recordPage, page: 7}, hole))
	must(t, c.decode(bytes.Clone(b)))
	if c.records != 3 {
		t.Errorf("%d records, want 3", c.records)
	}
	clear(hole)
	c.records, c.log = 4, logState{stage: recordNoLog} // the last one is now about a log
	must(t, c.sealed(ofLog(recordBegin, [8]byte{1}), b[len(b)-recordSize:]))
	if err := c.decode(bytes.Clone(b)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a hole before a record that was written when all was synced: %v", err)
	}
}

// TestGapsAreTagged writes far after the end of a file that is longer than its
// table knows, as after a loss of power.
func TestGapsAreTagged(t *testing.T) {
	path, _, _ := sample(t)
	f := longer(filesOf(t, path))
	f.put(t, path)
	v := keyed(t, key())
	db := bare(t, v, path)
	p := fileAt(db.p).content.(*pageFile)
	if rc := p.findTags(ok, path); rc != ok {
		t.Fatal(rc)
	}
	end := int64(len(f.db)) / pageSize
	if rc := db.write(page(5), (end+4)*pageSize); rc != ok {
		t.Fatal(rc)
	}
	for n := range end + 5 {
		if _, rc := db.read(pageSize, n*pageSize); rc != ok {
			t.Errorf("page %d: %d", n+1, rc)
		}
	}
	if rc := xTruncate(db.tls, db.p, pageSize); rc != ok {
		t.Fatal(rc)
	}
	if rc := db.write(page(6), 9*pageSize); rc != ok {
		t.Fatal(rc)
	}
	if got, rc := db.read(pageSize, 5*pageSize); rc != ok || !allZero(got) {
		t.Errorf("page 6 after cutting and growing: %d", rc)
	}
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

// TestPages finds a damaged page that SQLite does not read, and takes none for
// damaged whose newest version is in the log.
func TestPages(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 100)
	run(t, d.Write, "DELETE FROM t WHERE id>50")
	must(t, d.Close())
	f := filesOf(t, d.Path())
	path := d.Path()
	broken := f
	broken.db = bytes.Clone(f.db)
	free := len(f.db)/pageSize - 1 // the last page is free, for the last rows are gone
	broken.db[free*pageSize+77] ^= 1
	broken.put(t, path)
	if _, err := digestOf(path); err != nil {
		t.Fatalf("SQLite has read the free page: %v", err)
	}
	if bad, err := damageOf(path); err != nil || !slices.Equal(bad, []int64{int64(free) + 1}) {
		t.Errorf("bad pages %v, %v; want %d", bad, err, free+1)
	}
	_, h := hot(t)
	page := binary.BigEndian.Uint32(frameOf(t, h, 0))
	h.db = bytes.Clone(h.db)
	clear(h.db[int(page-1)*pageSize+20:][:99])
	if bad, err := damageOf(h.moved(t)); err != nil || len(bad) > 0 {
		t.Errorf("bad pages %v, %v; all are in the log", bad, err)
	}
}

// frameOf opens a frame of a log.
func frameOf(t *testing.T, f files, i int64) []byte {
	t.Helper()
	v := keyed(t, key())
	keys, err := v.keysOf(identity(f.db))
	must(t, err)
	var head, aad binding
	head.file(kindHeader, keys.id)
	h := bytes.Clone(f.log[:logHeader+overhead])
	if !keys.log.unseal(h, head.place(0)) {
		t.Fatal("the header does not open")
	}
	aad.file(kindFrame, keys.id)
	aad.generation([8]byte(h[16:]))
	b := bytes.Clone(f.log[place(i):place(i+1)])
	if !keys.log.unseal(b, aad.place(i+1)) {
		t.Fatal("the frame does not open")
	}
	return b
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

// TestTableIsForEver holds the table's bytes fast, like the format's.
func TestTableIsForEver(t *testing.T) {
	c := goldenTable(t)
	b, err := c.encode(counting())
	must(t, err)
	must(t, c.decode(bytes.Clone(b)))
	for _, r := range goldenRecords() {
		unit := make([]byte, recordSize)
		must(t, c.sealed(r, unit))
		c.took(r, unit)
		b = append(b, unit...)
	}
	golden(t, filepath.Join("testdata", "format1.tags.hex"), b)
}

func goldenTable(t *testing.T) *tagCodec {
	t.Helper()
	k := key()
	id, err := newIdentity(&k, counting())
	must(t, err)
	under, err := derive(&k, id, "tags")
	must(t, err)
	seal, err := newSealer(under, counting())
	must(t, err)
	c := &tagCodec{id: id, seal: seal}
	c.log, c.written = logState{recordLog, [8]byte([]byte("saltSALT")), 3}, 258
	for n := range 257 {
		c.put(int64(n+1), [tagSize]byte{byte(n), byte(n >> 8), 'g'})
	}
	return c
}

func goldenRecords() []record {
	return []record{
		{what: recordPage, page: 258, frame: 4, tag: [tagSize]byte([]byte("0123456789abcdef"))},
		{what: recordCut, page: 200},
		{what: recordNoLog},
		ofLog(recordBegin, [8]byte([]byte("SALTsalt"))),
		ofLog(recordLog, [8]byte([]byte("SALTsalt"))),
	}
}

// TestTableByTheBook opens the golden table with nothing but the standard library
// and what DESIGN.md says.
func TestTableByTheBook(t *testing.T) {
	b := unhex(t, "testdata/format1.tags.hex")
	id := b[:16]
	generation := make([]byte, 8)
	aad := func(kind byte, place int) []byte {
		a := append([]byte{kind}, id...)
		return append(binary.BigEndian.AppendUint64(a, uint64(place)), generation...)
	}
	head := openByBook(t, "tags", id, b[16:104], aad('S', 0))
	generation = head[:8]
	want := slices.Concat(generation, binary.BigEndian.AppendUint64(nil, 257), binary.BigEndian.AppendUint64(nil, 258),
		[]byte("saltSALT"), binary.BigEndian.AppendUint64(nil, 3), []byte{'L', 0, 0, 0, 0, 0, 0, 0})
	if !bytes.Equal(head, want) {
		t.Errorf("header %x, want %x", head, want)
	}
	var tags []byte
	for i := range 2 {
		tags = append(tags, openByBook(t, "tags", id, b[104+i*4136:][:4136], aad('B', i))...)
	}
	if !bytes.Equal(tags[:3], []byte{0, 0, 'g'}) || !bytes.Equal(tags[256*16:][:3], []byte{0, 1, 'g'}) || !allZero(tags[257*16:]) {
		t.Errorf("tags %x … %x", tags[:16], tags[256*16:][:32])
	}
	before := make([]byte, 8)
	for i, r := range goldenRecords() {
		unit := b[104+2*4136+i*80:][:80]
		got := openByBook(t, "tags", id, unit, aad('R', i))
		want := slices.Concat([]byte{r.what, 0, 0, 0}, binary.BigEndian.AppendUint32(nil, r.page), binary.BigEndian.AppendUint64(nil, r.frame), r.tag[:], before)
		if !bytes.Equal(got, want) {
			t.Errorf("record %d: %x, want %x", i, got, want)
		}
		before = unit[40:48]
	}
}

// FuzzTable feeds the decoder contents that carry the right seal: what a program
// with the key, but not this one, might have written.
func FuzzTable(f *testing.F) {
	f.Add(make([]byte, tagHeadBody), make([]byte, blockSize), make([]byte, 2*recordBody))
	f.Add(append(make([]byte, 15), 2), make([]byte, blockSize), append([]byte{'P', 0, 0, 0, 0, 0, 0, 3}, make([]byte, 32)...))
	f.Add(append(make([]byte, 14), 1, 0), make([]byte, blockSize), append([]byte{'C', 0, 0, 0, 0, 0, 0, 9}, make([]byte, 32)...))
	f.Fuzz(func(t *testing.T, head, blocks, records []byte) {
		k := key()
		id := identity{1}
		seal, err := newSealer(k[:], counting())
		must(t, err)
		c := &tagCodec{id: id, seal: seal}
		file := bytes.Clone(id[:])
		put := func(body []byte, n int, aad []byte) {
			unit := make([]byte, n+overhead)
			copy(unit[:n], body)
			must(t, seal.seal(unit, unit[:n], aad))
			file = append(file, unit...)
		}
		put(head, tagHeadBody, c.bound(kindTags, [8]byte{}).place(0))
		var generation [8]byte
		copy(generation[:], head)
		for i := 0; len(blocks) > 0; i++ {
			put(blocks, blockSize, c.bound(kindTagBlock, generation).place(int64(i)))
			blocks = blocks[min(len(blocks), blockSize):]
		}
		for i := 0; len(records) > 0; i++ {
			put(records, recordBody, c.bound(kindTagRecord, generation).place(int64(i)))
			records = records[min(len(records), recordBody):]
		}
		if err := c.decode(bytes.Clone(file)); err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Error(err)
			}
			return
		}
		if c.end() > int64(len(file)) {
			t.Errorf("%d bytes were read of %d", c.end(), len(file))
		}
		again := &tagCodec{id: id, seal: seal}
		b, err := c.encode(counting())
		must(t, err)
		if err := again.decode(b); err != nil || !slices.Equal(again.tags, c.tags) || again.log != c.log || again.written != c.written {
			t.Errorf("made anew it says something else: %v", err)
		}
	})
}
