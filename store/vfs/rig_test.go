package vfs

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

// key is the data key of most tests: the bytes 0, 1, 2 … 31.
func key() (k [32]byte) {
	for i := range k {
		k[i] = byte(i)
	}
	return k
}

// counting is a source of "randomness" that repeats: SHA-256 of 0, 1, 2 …
func counting() func([]byte) {
	var n uint64
	return func(b []byte) {
		for len(b) > 0 {
			sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, n))
			n++
			b = b[copy(b, sum[:]):]
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// create makes a database in a new folder.
func create(t testing.TB) *Database {
	t.Helper()
	d, err := Create(filepath.Join(t.TempDir(), "a.db"), key())
	must(t, err)
	t.Cleanup(func() { d.Close() })
	return d
}

func run(t testing.TB, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// tuned gives one connection to a file of v with these settings, for what
// Open does not offer: other journal modes, small caches.
func tuned(t testing.TB, v *VFS, path, mode string, pragmas ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", v.dsn(path, mode, "", pragmas...))
	must(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func keyed(t testing.TB, key [32]byte) *VFS {
	t.Helper()
	v, err := Register(key)
	must(t, err)
	return v
}

// fillRows puts n rows of very different lengths into the table t, in one
// transaction.
func fillRows(t testing.TB, db *sql.DB, n int) {
	t.Helper()
	run(t, db, "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, s TEXT, b BLOB)")
	tx, err := db.Begin()
	must(t, err)
	for i := range n {
		must(t, addRow(tx, i))
	}
	must(t, tx.Commit())
}

// addRow puts one row whose content follows from i.
func addRow(db interface {
	Exec(string, ...any) (sql.Result, error)
}, i int) error {
	_, err := db.Exec("INSERT INTO t(s, b) VALUES(?, ?)", fmt.Sprint("行", i), bytes.Repeat([]byte{byte(i)}, i*37%9000))
	return err
}

// digest reads everything: each row, and the structure by integrity_check.
func digest(db *sql.DB) (string, error) {
	var check string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil {
		return "", err
	}
	rows, err := db.Query("SELECT id, s, b FROM t ORDER BY id")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	h := sha256.New()
	for rows.Next() {
		var id int64
		var s string
		var b []byte
		if err := rows.Scan(&id, &s, &b); err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%d %q %x\n", id, s, b)
	}
	return fmt.Sprintf("%s %x", check, h.Sum(nil)), rows.Err()
}

// digestOf opens the database at path and reads everything.
func digestOf(path string) (string, error) {
	d, err := Open(path, key())
	if err != nil {
		return "", err
	}
	defer d.Close()
	return digest(d.Write)
}

// bench is one file opened through v without SQLite above it.
type bench struct {
	t    testing.TB
	tls  *libc.TLS
	v    *VFS
	p    uintptr
	name uintptr
}

// bare opens the file at path as a database.
func bare(t testing.TB, v *VFS, path string) *bench {
	t.Helper()
	r := newBench(t, v, path)
	flags := int32(sqlite3.SQLITE_OPEN_READWRITE | sqlite3.SQLITE_OPEN_CREATE | sqlite3.SQLITE_OPEN_MAIN_DB)
	if rc := xOpen(r.tls, v.self, r.name, r.p, flags, 0); rc != ok {
		t.Fatalf("open: %d", rc)
	}
	t.Cleanup(func() { xClose(r.tls, r.p) })
	return r
}

// beside opens the file at path as a companion of the database r.
func (r *bench) beside(path string, dress func(*file, *libc.TLS, *fileKeys) int32) *bench {
	r.t.Helper()
	b := newBench(r.t, r.v, path)
	base := baseOf(b.p)
	flags := int32(sqlite3.SQLITE_OPEN_READWRITE | sqlite3.SQLITE_OPEN_CREATE | sqlite3.SQLITE_OPEN_WAL)
	if rc := cmem.Func[fnFFFIF](r.v.platform().FxOpen)(b.tls, r.v.base, b.name, uintptr(base), flags, 0); rc != ok {
		r.t.Fatalf("open: %d", rc)
	}
	f := &file{vfs: r.v, base: base}
	keys, rc := fileAt(r.p).content.(*pageFile).sealing(r.tls)
	if rc == ok {
		rc = dress(f, b.tls, keys)
	}
	if rc != ok {
		r.t.Fatalf("dress: %d", rc)
	}
	r.v.count(1)
	opened.put(b.p, f)
	r.t.Cleanup(func() { xClose(b.tls, b.p) })
	return b
}

func newBench(t testing.TB, v *VFS, path string) *bench {
	r := &bench{t: t, tls: libc.NewTLS(), v: v}
	name, err := libc.CString(path)
	must(t, err)
	r.name = sqlite3.Xsqlite3_create_filename(r.tls, name, name, name, 0, 0)
	r.p = libc.Xcalloc(r.tls, 1, libc.Tsize_t(cmem.At[sqlite3.Tsqlite3_vfs](v.self).FszOsFile))
	t.Cleanup(func() {
		libc.Xfree(r.tls, r.p)
		libc.Xfree(r.tls, name)
		sqlite3.Xsqlite3_free_filename(r.tls, r.name)
		r.tls.Close()
	})
	return r
}

func (r *bench) write(b []byte, off int64) int32 {
	c := scratch(r.tls, max(1, len(b)))
	defer free(r.tls, c)
	copy(c, b)
	return xWrite(r.tls, r.p, cmem.Start(c), int32(len(b)), off)
}

func (r *bench) read(n int, off int64) ([]byte, int32) {
	c := scratch(r.tls, max(1, n))
	defer free(r.tls, c)
	rc := xRead(r.tls, r.p, cmem.Start(c), int32(n), off)
	return bytes.Clone(c[:n]), rc
}

func (r *bench) size() int64 {
	c := scratch(r.tls, 8)
	defer free(r.tls, c)
	if rc := xFileSize(r.tls, r.p, cmem.Start(c)); rc != ok {
		r.t.Fatalf("size: %d", rc)
	}
	return *cmem.At[int64](cmem.Start(c))
}

// files are what stands on the disk of a database that is closed, or that a crash
// left: its log's index is not among them.
type files struct {
	db, log, tags []byte // nil: there is none
	suffix        string // of the table of tags
}

// filesOf takes the files as they stand now.
func filesOf(t testing.TB, path string) files {
	t.Helper()
	tables, err := filepath.Glob(path + tagsInfix + "*")
	must(t, err)
	if len(tables) != 1 {
		t.Fatalf("tables of tags: %v", tables)
	}
	f := files{db: contentOf(t, path), tags: contentOf(t, tables[0]), suffix: strings.TrimPrefix(tables[0], path)}
	if log, err := os.ReadFile(path + "-wal"); err == nil {
		f.log = log
	}
	return f
}

// put places the files, without the index of the log, in place of what was there.
func (f files) put(t testing.TB, path string) {
	t.Helper()
	os.Remove(path + "-shm")
	for name, b := range map[string][]byte{path: f.db, path + "-wal": f.log, path + f.suffix: f.tags} {
		if b == nil {
			os.Remove(name)
			continue
		}
		must(t, os.WriteFile(name, b, 0o600))
	}
}

// moved places the files in a folder of their own and gives the database's path.
func (f files) moved(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "moved.db")
	f.put(t, path)
	return path
}

func contentOf(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}
