package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daicho/store/durable"
	"daicho/store/vfs"
)

// asideMark stands in the name of a damaged database that was kept, before the
// UTC time of the repair.
const asideMark = ".damaged-"

// exchange puts a new database in the place of a damaged one by one rename, and
// keeps the damaged one, and what stands beside it, under another name.
func exchange(ctx context.Context, path, draft string, at time.Time) (aside string, err error) {
	if err := dropAsides(path); err != nil {
		return "", err
	}
	aside = path + asideMark + at.UTC().Format("20060102T150405.000Z")
	if err := os.Link(path, aside); err != nil {
		if err := copyFile(ctx, path, aside); err != nil {
			return "", err
		}
	}
	for _, mark := range []string{"-wal", "-tags-"} {
		names, err := beginning(path + mark)
		if err != nil {
			return "", err
		}
		for _, name := range names {
			if err := copyFile(ctx, name, aside+strings.TrimPrefix(name, path)); err != nil {
				return "", err
			}
		}
	}
	return aside, putInPlace(draft, path)
}

// putInPlace puts a new database in the place of one that nobody has open. From
// the rename until what belonged to the old one is gone, nobody may open the new.
func putInPlace(draft, path string) error {
	release, err := alone(draft)
	if err != nil {
		return err
	}
	return errors.Join(vfs.Replace(draft, path), release())
}

// dropAsides takes away what a repair left that was killed before its rename:
// other names of the very file that is still in use.
func dropAsides(path string) error {
	now, err := os.Stat(path)
	if err != nil {
		return err
	}
	names, err := beginning(path + asideMark)
	for _, name := range names {
		if info, failed := os.Stat(name); failed == nil && os.SameFile(now, info) {
			err = errors.Join(err, dropDatabase(name))
		}
	}
	return err
}

// dropDatabase removes a database that nobody uses, and every file whose name
// begins with its.
func dropDatabase(path string) error {
	names, err := beginning(path)
	for _, name := range names {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// beginning lists the files of a folder whose names begin so.
func beginning(path string) (list []string, err error) {
	dir, prefix := filepath.Split(path)
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			list = append(list, filepath.Join(dir, e.Name()))
		}
	}
	return list, err
}

// copyFile writes a copy that lasts.
func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return durable.Create(to, func(draft string) error {
		out, err := os.OpenFile(draft, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = io.Copy(out, reading{ctx, in})
		return errors.Join(err, out.Close())
	})
}
