package vfs

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// words stand in the data; none may stand in a file.
var words = []string{"MARKER-7f3a", "住民基本台帳ネットワーク", "CREATE TABLE", "SQLite format", "secret_column", "secret_index"}

func noWords(t *testing.T, name string, b []byte) {
	t.Helper()
	for _, w := range words {
		if bytes.Contains(b, []byte(w)) {
			t.Errorf("%s holds %q", name, w)
		}
	}
}

// noWordsIn looks at every file of a folder and gives the names seen.
func noWordsIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
		noWords(t, e.Name(), contentOf(t, filepath.Join(dir, e.Name())))
	}
	return strings.Join(names, " ")
}

const secrets = `CREATE TABLE t(id INTEGER PRIMARY KEY, secret_column TEXT);
	CREATE INDEX secret_index ON t(secret_column);
	CREATE VIRTUAL TABLE f USING fts5(secret_column, tokenize='trigram');
	WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<2000)
	INSERT INTO t(secret_column) SELECT 'MARKER-7f3a 住民基本台帳ネットワーク'||i FROM n;
	INSERT INTO f(rowid, secret_column) SELECT id, secret_column FROM t;`

var tableName = regexp.MustCompile("-tags-[0-9a-f]{8}")

func TestNothingReadable(t *testing.T) {
	d := create(t)
	dir := filepath.Dir(d.Path())
	run(t, d.Write, secrets)
	must(t, d.CopyTo(t.Context(), filepath.Join(dir, "copy.db"), [32]byte{9}))
	run(t, d.Write, "ATTACH ? AS other", d.vfs.URI(filepath.Join(dir, "other.db")))
	run(t, d.Write, "CREATE TABLE other.o AS SELECT * FROM t; DETACH other")
	tx, err := d.Write.Begin()
	must(t, err)
	_, err = tx.Exec("UPDATE t SET secret_column=secret_column||'x'")
	must(t, err)
	if got := tableName.ReplaceAllString(noWordsIn(t, dir), "-tags"); got != "a.db a.db-shm a.db-tags a.db-wal copy.db copy.db-tags other.db" {
		t.Errorf("files: %s", got)
	}
	must(t, tx.Commit())
	run(t, d.Write, "VACUUM")
	must(t, d.Close())
	noWordsIn(t, dir)
}

func TestNothingReadableInJournals(t *testing.T) {
	dir := t.TempDir()
	db := tuned(t, keyed(t, key()), filepath.Join(dir, "a.db"), "rwc", "cache_size(5)", "journal_mode(PERSIST)")
	run(t, db, secrets)
	tx, err := db.Begin()
	must(t, err)
	_, err = tx.Exec("UPDATE t SET secret_column=secret_column||'x'; DELETE FROM f")
	must(t, err)
	if got := noWordsIn(t, dir); got != "a.db a.db-journal" {
		t.Errorf("files: %s", got)
	}
	must(t, tx.Rollback())
	noWordsIn(t, dir)
}

// TestNothingReadableInTempFiles makes SQLite put temporary data into files, which
// [Open] forbids, and looks into them. They have no name, only an open handle, so
// where there is no /proc the test ends after having made them.
func TestNothingReadableInTempFiles(t *testing.T) {
	db := tuned(t, keyed(t, key()), filepath.Join(t.TempDir(), "a.db"), "rwc")
	run(t, db, secrets)
	run(t, db, "PRAGMA temp_store=FILE; PRAGMA temp.cache_size=5")
	run(t, db, "CREATE TEMP TABLE CREATE_TABLE AS SELECT a.secret_column||b.secret_column AS s FROM t a, t b LIMIT 40000")
	run(t, db, "CREATE INDEX temp.i ON CREATE_TABLE(s)")
	if runtime.GOOS != "linux" {
		return
	}
	handles, err := filepath.Glob("/proc/self/fd/*")
	must(t, err)
	seen := 0
	for _, h := range handles {
		if name, err := os.Readlink(h); err == nil && strings.HasSuffix(name, " (deleted)") {
			b := contentOf(t, h)
			noWords(t, name, b)
			seen += len(b)
		}
	}
	if seen < 1<<20 {
		t.Errorf("only %d bytes of temporary files seen", seen)
	}
	var n int
	must(t, db.QueryRow("SELECT count(*) FROM CREATE_TABLE INDEXED BY i WHERE s>'MARKER'").Scan(&n))
	if n != 40000 {
		t.Errorf("%d rows came back from temporary files", n)
	}
}

func TestPrivateFiles(t *testing.T) {
	d := create(t)
	run(t, d.Write, "CREATE TABLE t(a)")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(d.Path() + suffix)
		if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v, %v", suffix, info.Mode(), err)
		}
	}
	if uri := d.vfs.URI(d.Path()); strings.Contains(uri, "\x01") || !strings.Contains(uri, d.vfs.Name()) {
		t.Errorf("URI %q", uri)
	}
}
