package vfs

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// appear lets write make a file beside path, then gives it that name: path is
// there whole, on the disk, or not at all. The draft can only be read by its
// owner.
func appear(path string, write func(draft string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	draft := path + ".new-" + rand.Text()[:8]
	f, err := os.OpenFile(draft, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(draft)
	defer f.Close()
	if err := write(draft); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := rename(draft, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// rename gives draft its name without ever replacing a file, where the file
// system can promise that.
func rename(draft, path string) error {
	err := os.Link(draft, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(draft, path)
}

// settle puts the database at path into write-ahead mode and closes it.
func (v *VFS) settle(path, mode string) error {
	db, err := sql.Open("sqlite", v.dsn(path, mode, "", "synchronous(FULL)"))
	if err != nil {
		return err
	}
	limit(db, 1)
	var got string
	err = db.QueryRow("PRAGMA journal_mode=WAL").Scan(&got)
	if err == nil && got != "wal" {
		err = fmt.Errorf("SQLite stayed in journal mode %q", got)
	}
	return errors.Join(err, db.Close())
}

// CopyTo writes a compact copy of the database, as of now, to path, under a key
// of its own: under the same key a page of the copy could be put into the
// original. The original stays in use meanwhile. If something stands at path
// already, the error is fs.ErrExist.
func (d *Database) CopyTo(ctx context.Context, path string, key [32]byte) error {
	v, err := Register(key)
	if err != nil {
		return err
	}
	err = appear(path, func(draft string) error {
		if _, err := d.Write.ExecContext(ctx, "VACUUM INTO ?", v.URI(draft)); err != nil {
			return err
		}
		return v.settle(draft, "rw")
	})
	if err = errors.Join(err, v.Close()); err != nil {
		return fmt.Errorf("copy to %s: %w", path, err)
	}
	return nil
}
