package outside

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// wipeFile wipes a copy with its note: the note first, so that nobody ever takes back
// what is half wiped.
func wipeFile(dir string) error {
	if err := os.Remove(dir + noted); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return bare(err)
	}
	return wipe(dir)
}

// wipe overwrites all files of a folder, those that other programs left there, too,
// and takes it away.
func wipe(dir string) error {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		return blank(path)
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil // somebody else took it away meanwhile
	}
	if err = errors.Join(bare(err), bare(os.RemoveAll(dir))); err != nil {
		return fmt.Errorf("wipe what was opened outside: %w", err)
	}
	return nil
}

// blank overwrites a file. A symbolic link is not followed: it is no regular file.
func blank(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, info.Size())
	}
	return errors.Join(err, f.Sync(), f.Close())
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// bare is an error without the paths in it.
func bare(err error) error {
	switch e := err.(type) {
	case nil:
		return nil
	case interface{ Unwrap() []error }:
		var all []error
		for _, one := range e.Unwrap() {
			all = append(all, bare(one))
		}
		return errors.Join(all...)
	}
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	if e := (*os.LinkError)(nil); errors.As(err, &e) {
		return fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	return err
}
