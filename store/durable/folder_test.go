package durable

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "添付")
	for range 2 {
		if err := Folder(path); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o700 || !info.IsDir() {
		t.Errorf("got %v, %v", info, err)
	}
	if err := Folder(filepath.Join(path, "a", "b")); err == nil {
		t.Error("a folder in a folder that is not there was made")
	}
}
