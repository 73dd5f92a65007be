package server_test

import (
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store/keys"
	"daicho/store/vfs"
	"daicho/sync/server"
)

// TestFirstForm opens a server as the form before page tags left it: it gets its
// table, and from then on is refused without.
func TestFirstForm(t *testing.T) {
	o := newOffice(t, modules.Book())
	options := server.Options{Dir: filepath.Join(t.TempDir(), "s"), Passphrase: []byte("correct horse"), Keys: keys.In(t.TempDir()),
		Cost: cheap, Book: o.Book, Clock: o.Clock, Random: o.Random}
	s, err := server.Create(t.Context(), options)
	ok(t, err)
	ok(t, s.Close())
	id, err := keys.FolderID(options.Dir)
	ok(t, err)
	key, err := options.Keys.Open(t.Context(), id, keys.Passphrase("correct horse"))
	ok(t, err)
	db, err := vfs.Open(filepath.Join(options.Dir, "server.db"), key)
	ok(t, err)
	_, err = db.Write.Exec("DELETE FROM migration WHERE n = 2; PRAGMA user_version = 0")
	ok(t, err)
	ok(t, db.Close())
	removeTable(t, options.Dir)
	for range 2 {
		s, err = server.Open(t.Context(), options)
		ok(t, err)
		ok(t, s.Close())
	}
	removeTable(t, options.Dir)
	if _, err := server.Open(t.Context(), options); !app.IsCode(err, app.Damaged) {
		t.Errorf("without its table: %v", err)
	}
}

// removeTable takes away the table of page tags.
func removeTable(t *testing.T, dir string) {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "server.db-tags-*"))
	ok(t, err)
	equal(t, len(list), 1)
	ok(t, os.Remove(list[0]))
}
