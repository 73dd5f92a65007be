package vfs

import (
	"bytes"
	"errors"
	"os"

	"daicho/store/durable"
)

// How many records a table may have before it is made anew: while the database is
// in use, however small it is, and when its last connection closes. Tests have
// them fewer.
var (
	fewRecords int64 = 16384
	fewAtClose int64 = 1024
)

// compact makes the file anew if it has more than so many records. Only who may
// write to it may call it, when table and pages are on the disk; a failure leaves
// the file as it was.
func (t *tags) compact(most int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.records <= most {
		return
	}
	b, err := t.anew()
	if err != nil {
		return
	}
	drafts, _ := startingWith(t.path + ".new-")
	_ = removeAll(drafts) // that crashes have left just here
	if durable.Replace(t.path, b) == nil {
		_ = t.decode(bytes.NewReader(b), int64(len(b))) // what encode made; else it is read at the next need
	}
}

// anew encodes what the table says now. The file is closed again, for Windows
// replaces none that is open.
func (t *tags) anew() ([]byte, error) {
	f, err := os.Open(t.path)
	if err != nil {
		return nil, err
	}
	err = t.catchUp(f)
	var b []byte
	if err == nil {
		b, err = t.encode(f, t.random)
	}
	return b, errors.Join(err, f.Close())
}
