package btree

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// usable is a page without reserved bytes, as SQLite makes it by itself.
const usable = 4096

// database makes a plain database and returns its pages.
func database(t *testing.T, statements ...string) func(n int64) ([]byte, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plain.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	all, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return func(n int64) ([]byte, error) {
		if n < 1 || int(n)*usable > len(all) {
			return nil, errors.New("no such page")
		}
		return all[(n-1)*usable : n*usable], nil
	}
}

// walk collects the records below a page.
func walk(t *testing.T, page func(int64) ([]byte, error), n int64, f func(Record, []any)) {
	t.Helper()
	b, err := page(n)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(n, b)
	if err != nil {
		t.Fatal(err)
	}
	if p.IsInterior() {
		children, err := p.Children()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range children {
			walk(t, page, c.N, f)
		}
	}
	records, err := p.Records()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		v, err := r.Values(page, func(int64) {})
		if err != nil {
			t.Fatal(err)
		}
		f(r, v)
	}
}

// TestReadsWhatSQLiteWrote compares every value of tables of both kinds, short
// and long, with what was inserted.
func TestReadsWhatSQLiteWrote(t *testing.T) {
	page := database(t, "CREATE TABLE a (n INTEGER PRIMARY KEY, i, r, s, b)", "CREATE TABLE k (s TEXT PRIMARY KEY, b) WITHOUT ROWID",
		"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 300) INSERT INTO a SELECT n, CASE n % 9 WHEN 0 THEN NULL ELSE (1 << (n % 9 * 7)) - n END, n / 4.0, printf('%.*c', n * 50, 'x'), zeroblob(n % 7) FROM c",
		"INSERT INTO k SELECT printf('%05d', n) || s, b FROM a")
	roots := map[string]int64{}
	walk(t, page, 1, func(_ Record, v []any) { roots[v[1].(string)] = v[3].(int64) })
	rows := int64(0)
	walk(t, page, roots["a"], func(r Record, v []any) {
		rows++
		n := rows
		var i any
		if n%9 != 0 {
			i = int64(1)<<(n%9*7) - n
		}
		f := float64(n) / 4
		if f == math.Trunc(f) {
			v[2] = number(v[2]) // SQLite keeps a whole number as one
		}
		if want := []any{nil, i, f, strings.Repeat("x", int(n*50)), make([]byte, n%7)}; r.Row != n || !reflect.DeepEqual(v, want) {
			t.Fatalf("row %d (%d): %.200v, want %.200v", r.Row, n, v, want)
		}
	})
	keys := map[string]bool{}
	walk(t, page, roots["k"], func(_ Record, v []any) { keys[v[0].(string)[:5]] = true })
	if rows != 300 || len(keys) != 300 {
		t.Errorf("%d rows, %d keys", rows, len(keys))
	}
}

func number(v any) any {
	if n, is := v.(int64); is {
		return float64(n)
	}
	return v
}

// FuzzPages gives the reader pages that no SQLite wrote.
func FuzzPages(f *testing.F) {
	f.Add([]byte{13, 0, 0, 0, 1, 0, 20, 0, 0, 20}, byte(0))
	f.Add([]byte{5, 0, 0, 0, 1, 0, 20, 0, 0, 0, 0, 1, 0, 20}, byte(0))
	f.Add([]byte{10, 0, 0, 0, 1, 0, 20, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x90, 0x10, 2, 13}, byte(7))
	f.Fuzz(func(t *testing.T, head []byte, fill byte) {
		b := make([]byte, usable)
		for i := range b {
			b[i] = fill
		}
		copy(b, head)
		p, err := Open(2, b)
		if err != nil {
			return
		}
		if p.IsInterior() {
			_, _ = p.Children()
		}
		records, _ := p.Records()
		for _, r := range records {
			calls := 0
			_, err := r.Values(func(int64) ([]byte, error) {
				if calls++; calls > 3 {
					return nil, ErrShape
				}
				next := make([]byte, usable)
				binary.BigEndian.PutUint32(next, 3)
				return next, nil
			}, func(int64) {})
			if err != nil && !errors.Is(err, ErrShape) {
				t.Fatal(err)
			}
		}
	})
}
