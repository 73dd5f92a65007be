package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Remove takes a file away for good: it is not back after a loss of power. One
// that is not there is fine. What the disk holds of its content is not
// overwritten.
func Remove(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// Rename gives a file that lasts already the name of another, which it replaces: a
// reader, or a crash, finds the one or the other there.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}
