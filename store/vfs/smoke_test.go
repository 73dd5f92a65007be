package vfs

import (
	"path/filepath"
	"testing"
)

func TestSmoke(t *testing.T) {
	p := filepath.Join(t.TempDir(), "日本 a%?.db")
	d, err := Create(p, [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write.Exec("create table t(a); insert into t values('x')"); err != nil {
		t.Fatal(err)
	}
	var s string
	if err := d.Read.QueryRow("select a from t").Scan(&s); err != nil || s != "x" {
		t.Fatal(s, err)
	}
	if err := d.CopyTo(t.Context(), p+"2", [32]byte{2}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d, err = Open(p+"2", [32]byte{2})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Read.QueryRow("select a from t").Scan(&s); err != nil || s != "x" {
		t.Fatal(s, err)
	}
	d.Close()
	_, err = Open(p, [32]byte{2})
	t.Log(err, WrongKey(err))
}
