package vfs

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"sync"

	"daicho/store/internal/fault"
)

// tags is the table of the tags that the pages of one database have in its file,
// kept beside it, so that an older version of a page is told from the last one.
// All connections of a VFS share it; other processes write to the same file, but
// only one at a time, which SQLite's locks see to: a page record is written by
// who holds the checkpoint lock, one about the log by who begins or removes it,
// when there is nothing to check in. No file stays open between.
type tags struct {
	path   string
	random func([]byte)

	mu sync.RWMutex
	tagCodec
	unit [recordSize]byte
}

// tagsPath is where the table of the database at path called id stands.
func tagsPath(path string, id identity) string {
	return path + tagsInfix + hex.EncodeToString(id[:4])
}

const tagsInfix = "-tags-"

// loadTags reads the table at path.
func loadTags(path string, id identity, seal *sealer, random func([]byte)) (*tags, error) {
	t := &tags{path: path, random: random, tagCodec: tagCodec{id: id, seal: seal}}
	err := t.refresh()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoTags
	}
	return t, err
}

// refresh takes in what other processes have written.
func (t *tags) refresh() error { return t.reading(t.catchUp) }

func (t *tags) reading(do func(*os.File) error) error {
	f, err := os.Open(t.path)
	if err != nil {
		return err
	}
	t.mu.Lock()
	err = do(f)
	t.mu.Unlock()
	return errors.Join(err, f.Close())
}

// catchUp reads on in f, or all of it if the file was made anew. What looks like
// damage may be another process at work, so it is looked at twice.
func (t *tags) catchUp(f *os.File) error {
	err := t.readOn(f)
	if errors.Is(err, ErrDamaged) {
		err = t.readOn(f)
	}
	return err
}

func (t *tags) readOn(f *os.File) error {
	same, err := t.isOf(f)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if same {
		return t.followIn(f, info.Size())
	}
	return t.decode(f, info.Size())
}

// has reports whether page n (from 1) stands in the file with this tag. Every read
// of a page asks.
func (t *tags) has(n int64, tag []byte) (bool, error) {
	for {
		t.mu.RLock()
		yes, known := t.is(n, tag)
		t.mu.RUnlock()
		if known {
			return yes, nil
		}
		if err := t.fetch(n); err != nil {
			return false, err
		}
	}
}

// fetch reads the block of page n from the file, which may have been made anew.
func (t *tags) fetch(n int64) error {
	return t.reading(func(f *os.File) error {
		if err := t.catchUp(f); err != nil || n > t.pages {
			return err
		}
		return t.load(f, blockOf(n))
	})
}

// fetchAll reads all blocks.
func (t *tags) fetchAll() error {
	return t.reading(func(f *os.File) (err error) {
		for i := 0; err == nil && i < len(t.blocks); i++ {
			err = t.load(f, i)
		}
		return err
	})
}

// known is how many pages the table knows.
func (t *tags) known() int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.pages
}

// logNow is what the table says of the log, as far as this process knows.
func (t *tags) logNow() logState {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.log
}

// open opens the table to write records, at the end of all that stand in it.
func (t *tags) open() (*os.File, error) {
	f, err := os.OpenFile(t.path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.catchUp(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// add writes a record to f, which open gave.
func (t *tags) add(f *os.File, r record) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.sealed(r, t.unit[:]); err != nil {
		return err
	}
	if err := fault.Before(fault.Write); err != nil {
		return err
	}
	if _, err := f.WriteAt(t.unit[:], t.end()); err != nil {
		return err
	}
	t.took(r, t.unit[:])
	return nil
}

// record writes a record and syncs it.
func (t *tags) record(r record) error {
	return t.with(func(f *os.File) error { return t.add(f, r) })
}

// sync makes all records last that stand in the table, whoever wrote them.
func (t *tags) sync() error {
	return t.with(func(*os.File) error { return nil })
}

func (t *tags) with(write func(*os.File) error) error {
	f, err := t.open()
	if err != nil {
		return err
	}
	if err = write(f); err == nil {
		err = errors.Join(fault.Before(fault.Sync), f.Sync())
	}
	return errors.Join(err, f.Close())
}

// version is how many records were ever written and are on the disk.
func (t *tags) version() (n uint64, err error) {
	err = t.with(func(*os.File) error {
		t.mu.RLock()
		defer t.mu.RUnlock()
		n = t.written
		return nil
	})
	return n, err
}
