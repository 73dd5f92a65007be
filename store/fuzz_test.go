package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store"
)

// FuzzReadBackup reads anything as what a backup says of itself.
func FuzzReadBackup(f *testing.F) {
	for _, text := range []string{"", "{}", `{"format":"daicho backup","version":1,"replica":"x","changes":2}`, `{"format":"daicho backup","version":9}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "backup.json"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		var known *app.Error
		switch b, err := store.ReadBackup(dir); {
		case err != nil && !errors.As(err, &known):
			t.Fatal(err)
		case err == nil && (b.Format == "" || b.Version > 1):
			t.Fatalf("taken: %+v", b)
		}
	})
}
