package vfs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"daicho/store/durable"
)

// tables gives the tables of tags beside the database at path: its own, and those
// of databases that stood there before.
func tables(path string) ([]string, error) { return startingWith(path + tagsInfix) }

// startingWith gives the files of a folder whose paths begin like this.
func startingWith(path string) (list []string, err error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(path)) {
			list = append(list, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return list, err
}

// Remove takes away the closed database at path with all that stands beside it,
// also what a failed creation left. If there is nothing, that is no error.
func Remove(path string) error {
	list, err := tables(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, removeAll(append(list, path+"-wal", path+"-shm", path)))
}

func removeAll(list []string) (err error) {
	for _, name := range list {
		if e := os.Remove(name); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
}

// Replace puts the closed database at from, made by [Create] or [Database.CopyTo],
// in the place of the closed one at to, which is in the same folder. After a crash
// one of the two stands there, and opens. What belonged to the old one is removed.
func Replace(from, to string) error {
	own, err := tables(from)
	if err != nil {
		return err
	}
	if len(own) != 1 {
		return fmt.Errorf("%s has %d tables: %w", from, len(own), ErrNoTags)
	}
	old, err := tables(to)
	if err != nil {
		return err
	}
	if err := durable.Rename(own[0], to+strings.TrimPrefix(own[0], from)); err != nil {
		return err
	}
	if err := durable.Rename(from, to); err != nil {
		return err
	}
	return removeAll(append(old, to+"-wal", to+"-shm"))
}
