package vfs

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// twins are two databases that must always hold the same: one sealed, one plain.
type twins struct {
	t             *rapid.T
	sealed, plain *sql.DB
	path          string
	v             *VFS
	pragmas       []string
}

// TestSameAsPlain does the same things, in any order, to a sealed and to a plain
// database, with caches so small that nearly every page goes through the disk.
func TestSameAsPlain(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		t.Run(mode, func(t *testing.T) {
			v := keyed(t, key())
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
					"checkpoint": func(t *rapid.T) { w.do("PRAGMA wal_checkpoint(TRUNCATE)") },
					"reopen":     func(t *rapid.T) { w.reopen() },
					"compare":    func(t *rapid.T) { w.compare() },
				})
				w.compare()
			})
		})
	}
}

func newTwins(t *rapid.T, v *VFS, mode string) *twins {
	dir, err := os.MkdirTemp("", "twins")
	if err != nil {
		t.Fatal(err)
	}
	w := &twins{t: t, v: v, path: filepath.Join(dir, "a.db"),
		pragmas: []string{"journal_mode(" + mode + ")", "cache_size(5)", "synchronous(OFF)", "wal_autocheckpoint(20)"}}
	w.open()
	w.do("CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT, b BLOB)")
	return w
}

func (w *twins) open() {
	var err error
	if w.sealed, err = sql.Open("sqlite", w.v.dsn(w.path, "rwc", "", w.pragmas...)); err != nil {
		w.t.Fatal(err)
	}
	if w.plain, err = sql.Open("sqlite", ":memory:"); w.plain == nil {
		w.t.Fatal(err)
	}
	w.sealed.SetMaxOpenConns(1)
	w.plain.SetMaxOpenConns(1)
}

func (w *twins) reopen() {
	if err := w.sealed.Close(); err != nil {
		w.t.Fatal(err)
	}
	plain := w.plain
	w.open()
	w.plain.Close()
	w.plain = plain
}

func (w *twins) do(query string, args ...any) {
	for name, db := range map[string]*sql.DB{"sealed": w.sealed, "plain": w.plain} {
		if _, err := db.Exec(query, args...); err != nil {
			w.t.Fatalf("%s: %s: %v", name, query, err)
		}
	}
}

func (w *twins) compare() {
	a, err := digest(w.sealed)
	b, err2 := digest(w.plain)
	if a != b || err != nil || err2 != nil {
		w.t.Fatalf("sealed %s, %v; plain %s, %v", a, err, b, err2)
	}
}

func (w *twins) close() {
	w.sealed.Close()
	w.plain.Close()
	os.RemoveAll(filepath.Dir(w.path))
}
