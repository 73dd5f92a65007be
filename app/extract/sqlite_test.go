package extract

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

func TestSQLite(t *testing.T) {
	r := told(t, "people.db", made(t, "people.db"))
	r.want(t, "people.db", SQLite, ProtectNone, Full, "")
	want := "id|氏名|個人番号|残高\n7|葉月 見本|123456789018|0.5\n8|髙橋﨑||123456789018\n9|" +
		strings.Repeat("0", 6000) + "末尾|1|5\nk|v\na|1250\nb|本文 b\n"
	if got := shown(r.text["people.db"]); got != want {
		t.Errorf("read %q", got)
	}
	if !slices.Equal(r.parts["people.db"], []string{"住民:1", "鍵:1"}) {
		t.Errorf("parts %q", r.parts["people.db"])
	}
}

// TestSQLiteWide reads UTF-16 in a tree of several pages; a file in it is told.
func TestSQLiteWide(t *testing.T) {
	r := told(t, "wide.db", made(t, "wide.db"))
	r.want(t, "wide.db", SQLite, ProtectNone, Partial, ReasonBlobs)
	got := shown(r.text["wide.db"])
	if n := strings.Count(got, "\n"); n != 402 || !strings.HasPrefix(got, "n|b\n行1|\n") || !strings.HasSuffix(got, "行400|\n最後|\n") {
		t.Errorf("%d lines: %q", n, got)
	}
}

// TestSQLiteCycle: a tree that leads back to itself ends, and is not clean.
func TestSQLiteCycle(t *testing.T) {
	data := made(t, "wide.db")
	page := int(binary.BigEndian.Uint16(data[16:]))
	if data[page] != tableInner {
		t.Fatalf("page 2 is of kind %d, not the root of a tree", data[page])
	}
	binary.BigEndian.PutUint32(data[page+8:], 2)
	told(t, "a.db", data).want(t, "a.db", SQLite, ProtectNone, Partial, ReasonDamaged)
	told(t, "b.db", data[:4*page]).want(t, "b.db", SQLite, ProtectNone, Partial, ReasonDamaged)
}

func TestColumnNames(t *testing.T) {
	for sql, want := range map[string][]string{
		"CREATE TABLE t (a INTEGER PRIMARY KEY, \"b c\" TEXT DEFAULT 'x,)', [d,e] NUMERIC(1,2), `f`, UNIQUE (a, f))": {"a", "b c", "d,e", "f"},
		"CREATE TABLE t(a)": {"a"}, "CREATE TABLE t AS SELECT 1": nil, "": nil, "CREATE TABLE t (a": {"a"},
	} {
		if got := columnNames(sql); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", sql, got, want)
		}
	}
}

func FuzzSQLite(f *testing.F) {
	f.Add(made(f, "people.db"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.db", data) })
}
