package vfs

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// twins are two databases that must always hold the same: one sealed, one plain.
// The sealed one is opened twice, as if by two processes.
type twins struct {
	t       *rapid.T
	sealed  [2]*sql.DB
	v       [2]*VFS
	plain   *sql.DB
	path    string
	mode    string // SQLite's for opening: rw, or rwc for one without a table of tags
	pragmas []string
}

// TestSameAsPlain does the same things, in any order, to a sealed and to a plain
// database, with caches so small that nearly every page goes through the disk.
func TestSameAsPlain(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		t.Run(mode, func(t *testing.T) {
			v := [2]*VFS{keyed(t, key()), keyed(t, key())}
			v[0].tagged, v[1].tagged = mode == "WAL", mode == "WAL"
			rapid.Check(t, func(t *rapid.T) {
				w := newTwins(t, v, mode)
				defer w.close()
				t.Repeat(map[string]func(*rapid.T){
					"insert": func(t *rapid.T) {
						w.do("INSERT INTO t(s, b) VALUES(?, zeroblob(?))", "行", rapid.IntRange(0, 20000).Draw(t, "size"))
					},
					"grow": func(t *rapid.T) {
						w.do("UPDATE t SET b=zeroblob(?) WHERE id%7=?", rapid.IntRange(0, 9000).Draw(t, "size"), rapid.IntRange(0, 6).Draw(t, "which"))
					},
					"delete": func(t *rapid.T) { w.do("DELETE FROM t WHERE id%5=?", rapid.IntRange(0, 4).Draw(t, "which")) },
					"rollback": func(t *rapid.T) {
						w.do("BEGIN; INSERT INTO t(s, b) SELECT s, b FROM t LIMIT 20; SAVEPOINT a; DELETE FROM t; ROLLBACK TO a; UPDATE t SET s='x'; ROLLBACK")
					},
					"savepoint": func(t *rapid.T) {
						w.do("BEGIN; UPDATE t SET s=s||'a'; SAVEPOINT a; DELETE FROM t WHERE id%2; INSERT INTO t(s, b) VALUES('y', zeroblob(30000)); ROLLBACK TO a; COMMIT")
					},
					"double":     func(t *rapid.T) { w.do("INSERT INTO t(s, b) SELECT s||'d', b FROM t ORDER BY id LIMIT 30") },
					"index":      func(t *rapid.T) { w.do("DROP INDEX IF EXISTS i; CREATE INDEX i ON t(s, length(b))") },
					"vacuum":     func(t *rapid.T) { w.do("VACUUM") },
					"passive":    func(t *rapid.T) { w.do("PRAGMA wal_checkpoint(PASSIVE)") },
					"restart":    func(t *rapid.T) { w.do("PRAGMA wal_checkpoint(RESTART)") },
					"checkpoint": func(t *rapid.T) { w.do("PRAGMA wal_checkpoint(TRUNCATE)") },
					"reopen":     func(t *rapid.T) { w.reopen(rapid.IntRange(1, 3).Draw(t, "which")) },
					"other":      func(t *rapid.T) { w.sealed[0], w.sealed[1], w.v = w.sealed[1], w.sealed[0], [2]*VFS{w.v[1], w.v[0]} },
					"compare":    func(t *rapid.T) { w.compare() },
				})
				w.compare()
			})
		})
	}
}

func newTwins(t *rapid.T, v [2]*VFS, mode string) *twins {
	dir, err := os.MkdirTemp("", "twins")
	if err != nil {
		t.Fatal(err)
	}
	w := &twins{t: t, v: v, path: filepath.Join(dir, "a.db"), mode: "rwc",
		pragmas: []string{"journal_mode(" + mode + ")", "cache_size(5)", "synchronous(OFF)", "wal_autocheckpoint(20)"}}
	if v[0].tagged {
		w.mode = "rw"
		w.must(v[0].make(w.path, func(draft string) error { return v[0].settle(draft, "rwc") }))
	}
	w.plain, err = sql.Open("sqlite", ":memory:")
	w.must(err)
	w.plain.SetMaxOpenConns(1)
	w.open(0)
	w.open(1)
	w.do("CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT, b BLOB)")
	return w
}

func (w *twins) must(err error) {
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *twins) open(i int) {
	var err error
	w.sealed[i], err = sql.Open("sqlite", w.v[i].dsn(w.path, w.mode, "", w.pragmas...))
	w.must(err)
	w.sealed[i].SetMaxOpenConns(1)
}

// reopen closes one of the two, or both, before it opens them again.
func (w *twins) reopen(which int) {
	for i := range w.sealed {
		if which&(i+1) != 0 {
			w.must(w.sealed[i].Close())
		}
	}
	for i := range w.sealed {
		if which&(i+1) != 0 {
			w.open(i)
		}
	}
}

func (w *twins) do(query string, args ...any) {
	for name, db := range map[string]*sql.DB{"sealed": w.sealed[0], "plain": w.plain} {
		if _, err := db.Exec(query, args...); err != nil {
			w.t.Fatalf("%s: %s: %v", name, query, err)
		}
	}
}

func (w *twins) compare() {
	want, err := digest(w.plain)
	w.must(err)
	for _, db := range w.sealed {
		if got, err := digest(db); got != want || err != nil {
			w.t.Fatalf("sealed %s, %v; plain %s", got, err, want)
		}
	}
}

func (w *twins) close() {
	w.sealed[0].Close()
	w.sealed[1].Close()
	w.plain.Close()
	os.RemoveAll(filepath.Dir(w.path))
}
