package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store/storetest"
)

// removeTable takes away the table of page tags.
func removeTable(dir string) error {
	list, err := filepath.Glob(filepath.Join(dir, "replica.db-tags-*"))
	if err == nil && len(list) != 1 {
		err = fmt.Errorf("tables: %v", list)
	}
	if err != nil {
		return err
	}
	return os.Remove(list[0])
}

// TestFirstForm opens a replica as the form before page tags left it: it gets its
// table, and from then on is refused without.
func TestFirstForm(t *testing.T) {
	dir := closed(t)
	first := statement("PRAGMA user_version = 1")
	if err := errors.Join(first(dir), removeTable(dir)); err != nil {
		t.Fatal(err)
	}
	r, err := storetest.Open(t, storetest.WithDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Close(), removeTable(dir)); err != nil {
		t.Fatal(err)
	}
	if _, err := storetest.Open(t, storetest.WithDir(dir)); !app.IsCode(err, app.Damaged) {
		t.Errorf("without its table: %v", err)
	}
}

// TestFirstFormHalfway opens a replica whose table was made, but not noted, before
// the program ended.
func TestFirstFormHalfway(t *testing.T) {
	dir := closed(t)
	if err := statement("PRAGMA user_version = 1")(dir); err != nil {
		t.Fatal(err)
	}
	r, err := storetest.Open(t, storetest.WithDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Close(), removeTable(dir)); err != nil {
		t.Fatal(err)
	}
	if _, err := storetest.Open(t, storetest.WithDir(dir)); !app.IsCode(err, app.Damaged) {
		t.Errorf("without its table: %v", err)
	}
}
