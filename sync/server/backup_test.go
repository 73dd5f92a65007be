package server_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/sync/server"
)

// TestBackupCutOrAltered damages a backup in each part: none is taken, and nothing
// is left where it was to go.
func TestBackupCutOrAltered(t *testing.T) {
	o := optionsIn(t.TempDir(), world(1))
	s, err := server.Create(t.Context(), o)
	ok(t, err)
	_, err = s.AddUser(t.Context(), "花子")
	ok(t, err)
	path := filepath.Join(t.TempDir(), "backup")
	_, err = s.Backup(t.Context(), path, nil)
	ok(t, err)
	found, err := s.Verify(t.Context(), nil)
	ok(t, err)
	equal(t, len(found.Wrong), 0)
	ok(t, s.Close())
	whole, err := os.ReadFile(path)
	ok(t, err)
	if bytes.Contains(whole, []byte("花子")) {
		t.Error("a name lies open in the backup")
	}
	flip := func(at int) []byte {
		b := bytes.Clone(whole)
		b[at] ^= 1
		return b
	}
	for name, text := range map[string][]byte{
		"nothing": {}, "its first byte": flip(0), "what it says of itself": flip(40), "its middle": flip(len(whole) / 2), "its last byte": flip(len(whole) - 1),
		"a cut": whole[:len(whole)-20], "a cut in front": whole[:7],
	} {
		t.Run(name, func(t *testing.T) {
			bad, to := filepath.Join(t.TempDir(), "bad"), o
			ok(t, os.WriteFile(bad, text, 0o600))
			to.Dir = filepath.Join(t.TempDir(), "fresh")
			if _, err := server.Restore(t.Context(), to, server.Restoring{Backup: bad, Margin: 10}); !app.IsCode(err, app.Damaged) && (err == nil || !strings.Contains(err.Error(), "key")) {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(to.Dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	to := o
	to.Dir = filepath.Join(t.TempDir(), "fresh")
	_, err = server.Restore(t.Context(), to, server.Restoring{Backup: path, Margin: 10})
	ok(t, err)
	again, err := server.Open(t.Context(), to)
	ok(t, err)
	who, err := again.Users(t.Context())
	ok(t, err)
	equal(t, who[0].Name, "花子")
	ok(t, again.Close())
}
