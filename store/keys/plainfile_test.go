package keys_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store/keys"
)

func TestFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	made, err := keys.FromFile(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := keys.FromFile(path)
	if err != nil || again != made || made == (keys.DataKey{}) {
		t.Errorf("the key was %v, and then %v (%v)", made == again, again == keys.DataKey{}, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v), want only its owner to read it", info.Mode(), err)
	}
	for _, text := range []string{"", "abc\n", "zz"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keys.FromFile(path); !app.IsCode(err, app.Damaged) {
			t.Errorf("%q: %v, want it refused", text, err)
		}
	}
	if _, err := keys.FromFile(filepath.Join(path, "below")); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("a key below a file: %v", err)
	}
}
