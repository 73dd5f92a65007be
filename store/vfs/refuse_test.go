package vfs

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

func blockKinds() map[string]func(*file, *libc.TLS, *fileKeys) int32 {
	return map[string]func(*file, *libc.TLS, *fileKeys) int32{
		"journal": (*file).journalOf,
		"temp":    func(f *file, t *libc.TLS, _ *fileKeys) int32 { return f.asTemp(t) },
	}
}

// TestUnknownIsRefused asks for transfers that this version of SQLite never makes.
func TestUnknownIsRefused(t *testing.T) {
	v := keyed(t, key())
	dir := t.TempDir()
	db := bare(t, v, filepath.Join(dir, "db"))
	log := db.beside(filepath.Join(dir, "log"), (*file).logOf)
	reserved := page(1)
	reserved[usable] = 1
	for name, rc := range map[string]int32{
		"half a page":               db.write(page(1)[:2048], 0),
		"between two pages":         db.write(page(1), 2048),
		"reserved bytes in use":     db.write(reserved, pageSize),
		"page 1 without magic":      db.write(page(1), 0),
		"log: half a header":        log.write(logHead()[:16], 0),
		"log: half a frame header":  log.write(frameHeadOf(1)[:12], 32),
		"log: half a page":          log.write(page(1)[:2048], 56),
		"log: reserved bytes":       log.write(reserved, 56),
		"log: page before anything": log.write(page(1), 56),
		"log: frame without header": log.write(frameHeadOf(1), 32),
	} {
		if rc == ok {
			t.Errorf("%s was written", name)
		}
	}
	if db.size() != 0 || log.size() != 0 {
		t.Errorf("something was written: %d, %d bytes", db.size(), log.size())
	}
	if rc := db.write(firstPage(), 0) + log.write(logHead(), 0) + log.write(frameHeadOf(1), 32) + log.write(page(1), 56); rc != ok {
		t.Fatalf("what SQLite does was refused: %d", rc)
	}
	salted := frameHeadOf(2)
	salted[8] ^= 1
	if rc := log.write(salted, 32+frameSize); rc == ok {
		t.Error("a frame of another generation was written")
	}
	for name, read := range map[string]func() ([]byte, int32){
		"across two pages":       func() ([]byte, int32) { return db.read(100, pageSize-50) },
		"page after the end":     func() ([]byte, int32) { return db.read(pageSize, 7*pageSize) },
		"log: across two frames": func() ([]byte, int32) { return log.read(100, 32+frameSize-50) },
		"log: across the header": func() ([]byte, int32) { return log.read(20, 20) },
		"log: after the end":     func() ([]byte, int32) { return log.read(pageSize, 56+frameSize) },
	} {
		if b, rc := read(); rc == ok || rc == shortRead || !bytes.Equal(b, make([]byte, len(b))) {
			t.Errorf("%s: read with %d", name, rc)
		}
	}
	if rc := xTruncate(db.tls, db.p, 5000); rc == ok {
		t.Error("truncated within a page")
	}
}

func TestSuperJournalIsRefused(t *testing.T) {
	v := keyed(t, key())
	dir := t.TempDir()
	db := tuned(t, v, filepath.Join(dir, "a.db"), "rwc", "journal_mode(DELETE)")
	run(t, db, "CREATE TABLE t(a)")
	run(t, db, "ATTACH ? AS b", v.URI(filepath.Join(dir, "b.db")))
	run(t, db, "CREATE TABLE b.t(a)")
	if _, err := db.Exec("BEGIN; INSERT INTO main.t VALUES(1); INSERT INTO b.t VALUES(1); COMMIT"); err == nil {
		t.Error("a transaction over two files with rollback journals was accepted")
	}
}

// TestFileControls: nothing may grow a file unsealed, map it, or get by unknown.
func TestFileControls(t *testing.T) {
	v := keyed(t, key())
	db := bare(t, v, filepath.Join(t.TempDir(), "db"))
	arg := scratch(db.tls, 8)
	defer free(db.tls, arg)
	size := cmem.At[int64](cmem.Start(arg))
	for _, c := range []struct {
		op, want int32
		arg      int64
	}{
		{sqlite3.SQLITE_FCNTL_SIZE_HINT, ok, 1 << 20},
		{sqlite3.SQLITE_FCNTL_CHUNK_SIZE, ok, 1 << 20},
		{sqlite3.SQLITE_FCNTL_MMAP_SIZE, ok, 1 << 20},
		{sqlite3.SQLITE_FCNTL_BEGIN_ATOMIC_WRITE, sqlite3.SQLITE_NOTFOUND, 0},
		{sqlite3.SQLITE_FCNTL_POWERSAFE_OVERWRITE, sqlite3.SQLITE_NOTFOUND, 0},
		{4711, sqlite3.SQLITE_NOTFOUND, 0},
	} {
		*size = c.arg
		if rc := xFileControl(db.tls, db.p, c.op, cmem.Start(arg)); rc != c.want {
			t.Errorf("control %d: %d, want %d", c.op, rc, c.want)
		}
		if c.op == sqlite3.SQLITE_FCNTL_MMAP_SIZE && *size != 0 {
			t.Errorf("a memory map of %d bytes", *size)
		}
	}
	if n := db.size(); n != 0 {
		t.Errorf("the file grew to %d bytes", n)
	}
}

// TestPageSizeStays: a VACUUM that would change it fails and harms nothing.
func TestPageSizeStays(t *testing.T) {
	v := keyed(t, key())
	path := filepath.Join(t.TempDir(), "a.db")
	db := tuned(t, v, path, "rwc", "page_size(8192)")
	fillRows(t, db, 20)
	good, err := digest(db)
	must(t, err)
	run(t, db, "PRAGMA page_size=1024")
	if _, err := db.Exec("VACUUM"); err == nil {
		t.Error("the page size was changed")
	}
	must(t, db.Close())
	db = tuned(t, v, path, "rw")
	run(t, db, "CREATE TABLE u(a)")
	if got, err := digest(db); got != good || err != nil {
		t.Errorf("%v, %v; before %v", got, err, good)
	}
}

// TestGaps: whatever SQLite skips is sealed, and zeros from elsewhere are no page.
func TestGaps(t *testing.T) {
	v := keyed(t, key())
	path := filepath.Join(t.TempDir(), "db")
	db := bare(t, v, path)
	if rc := db.write(page(5), 5*pageSize); rc != ok {
		t.Fatal(rc)
	}
	if rc := xTruncate(db.tls, db.p, 9*pageSize); rc != ok || db.size() != 9*pageSize {
		t.Fatalf("grown to %d: %d", db.size(), rc)
	}
	for n := range int64(9) {
		want := make([]byte, pageSize)
		if n == 0 {
			copy(want, magic)
		}
		if n == 5 {
			want = page(5)
		}
		if got, rc := db.read(pageSize, n*pageSize); rc != ok || !bytes.Equal(got, want) {
			t.Errorf("page %d: %d", n, rc)
		}
	}
	must(t, os.Truncate(path, 10*pageSize))
	if _, rc := db.read(pageSize, 9*pageSize); rc != altered {
		t.Errorf("a page of zeros was read: %d", rc)
	}
}

// TestLockPage: the page where the platform's locks stand is never written.
func TestLockPage(t *testing.T) {
	v := keyed(t, key())
	path := filepath.Join(t.TempDir(), "db")
	db := bare(t, v, path)
	if rc := db.write(firstPage(), 0); rc != ok {
		t.Fatal(rc)
	}
	must(t, os.Truncate(path, lockPage*pageSize)) // sparse
	fileAt(db.p).locked()
	if rc := db.write(page(2), (lockPage+2)*pageSize); rc != ok {
		t.Fatal(rc)
	}
	if _, rc := db.read(pageSize, (lockPage+1)*pageSize); rc != ok {
		t.Errorf("the page after it is not sealed: %d", rc)
	}
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	b := make([]byte, pageSize)
	_, err = f.ReadAt(b, lockPage*pageSize)
	if err != nil || !allZero(b) {
		t.Errorf("the lock page was written: %v", err)
	}
}

func TestClose(t *testing.T) {
	v := keyed(t, key())
	db := tuned(t, v, filepath.Join(t.TempDir(), "a.db"), "rwc")
	run(t, db, "CREATE TABLE t(a)")
	if err := v.Close(); err != ErrInUse {
		t.Errorf("closed while in use: %v", err)
	}
	must(t, db.Close())
	must(t, v.Close())
	must(t, v.Close())
	if v.key != [32]byte{} {
		t.Error("the key is still there")
	}
}
