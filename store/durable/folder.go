package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder makes one folder, for its owner only, whose name lasts. One that is
// there already is fine.
func Folder(path string) error {
	err := os.Mkdir(path, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
