package vfs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"daicho/store/durable"
)

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

// make lets write make a database as a draft, and gives it its name when the table
// of its tags stands beside that.
func (v *VFS) make(path string, write func(draft string) error) error {
	var table string
	err := durable.Create(path, func(draft string) error {
		if err := write(draft); err != nil {
			return err
		}
		var err error
		table, err = v.tabulate(draft, path)
		return err
	})
	if err != nil && table != "" {
		err = errors.Join(err, os.Remove(table))
	}
	return err
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
	err = v.make(path, func(draft string) error {
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
