package server_test

import (
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/sync/server"
)

// TestFirstForm opens a server as the form before page tags left it: it gets its
// table, and from then on is refused without.
func TestFirstForm(t *testing.T) {
	first := filepath.Join(versions, "0.1.0")
	options := optionsIn(filepath.Join(t.TempDir(), "s"), world(7))
	ok(t, os.CopyFS(options.Dir, os.DirFS(filepath.Join(first, "server"))))
	ok(t, os.CopyFS(options.Dir+".keys", os.DirFS(filepath.Join(first, "server.keys"))))
	for range 2 {
		s, err := server.Open(t.Context(), options)
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
