// Package durable writes files that are whole or not there, and that last through
// a crash or a loss of power once it has returned. Use it for the few files that
// stand beside a database: key files, the file that names a replica, a finished
// copy. Do not use it for what belongs in the database, nor for many small files:
// every call waits for the disk.
package durable

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Create lets write make a file under another name in the same folder, then gives
// it its own: path is there whole or not at all. Only its owner can read it. If
// something stands at path already, the error is fs.ErrExist and it is left alone.
func Create(path string, write func(draft string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return draft(path, write, name)
}

// Replace makes data the content of path, in place of what may be there: a reader,
// or a crash, finds the old content or the new one.
func Replace(path string, data []byte) error {
	return draft(path, func(d string) error { return os.WriteFile(d, data, 0o600) }, os.Rename)
}

func draft(path string, write func(string) error, publish func(draft, path string) error) error {
	d := path + ".new-" + rand.Text()[:8]
	f, err := os.OpenFile(d, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(d) // nothing is left there once it has its name
	defer f.Close()
	if err := write(d); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := publish(d, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// name gives the draft its name without ever replacing a file, where the file
// system can promise that.
func name(draft, path string) error {
	err := os.Link(draft, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(draft, path)
}
