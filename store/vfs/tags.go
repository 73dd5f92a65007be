package vfs

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"

	"daicho/store/durable"
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
func (t *tags) refresh() error {
	f, err := os.Open(t.path)
	if err != nil {
		return err
	}
	t.mu.Lock()
	err = t.catchUp(f)
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
	head := make([]byte, tagHead)
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return err
	}
	from := int64(0)
	if bytes.Equal(head, t.head) {
		from = t.end()
	}
	rest, err := readFrom(f, from)
	if err != nil {
		return err
	}
	if from == 0 {
		return t.decode(rest)
	}
	return t.follow(rest)
}

func readFrom(f *os.File, from int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	b := make([]byte, max(0, info.Size()-from))
	n, err := f.ReadAt(b, from)
	if err == io.EOF {
		err = nil
	}
	return b[:n], err
}

// has reports whether page n (from 1) stands in the file with this tag.
func (t *tags) has(n int64, tag []byte) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return n <= int64(len(t.tags)) && bytes.Equal(t.tags[n-1][:], tag)
}

// pages is how many pages the table knows.
func (t *tags) pages() int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return int64(len(t.tags))
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

// fewRecords is how many records a table may have before it is made anew, however
// small it is. Tests have it fewer.
var fewRecords int64 = 16384

// compact makes the file anew if it has many records. Only who may write to it
// may call it, and a failure leaves the file as it was.
func (t *tags) compact() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.records <= max(fewRecords, int64(len(t.tags))/4) {
		return
	}
	b, err := t.encode(t.random)
	if err != nil || durable.Replace(t.path, b) != nil {
		return
	}
	_ = t.decode(b) // what encode made; else the file is read at the next need
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
