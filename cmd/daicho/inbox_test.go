package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/inbox"
)

// shelved are documents as a replica would keep them.
type shelved struct {
	mu    sync.Mutex
	there map[core.Ref]core.Record
}

func (s *shelved) Get(_ context.Context, ref core.Ref) (core.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.there[ref]; r != nil {
		return r, nil
	}
	return nil, core.Refuse(core.NotFound, "", "ありません。", "not found")
}

func (s *shelved) Attach(_ context.Context, _ core.Record, name string, body io.Reader) (core.Blob, error) {
	all, err := io.ReadAll(body)
	return core.Blob{ID: core.BlobID{1}, Name: name, Size: int64(len(all))}, err
}

func (s *shelved) Save(_ context.Context, r core.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.there[r.Meta().Ref] = r
	return nil
}

// TestIntake: what is put into the folder becomes a document and is told; a folder that
// is away is told and tried again; after a halt nothing is taken any more.
func TestIntake(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "in")
	shelf := &shelved{there: map[core.Ref]core.Record{}}
	came, faults := make(chan inbox.Came, 9), make(chan error, 9)
	i := &intake{shelf: shelf, now: time.Now, log: io.Discard, again: 10 * time.Millisecond, came: func(c inbox.Came) { came <- c },
		fault: func(err error) {
			select {
			case faults <- err:
			default:
			}
		}}
	i.watch(dir)
	if err := <-faults; err == nil {
		t.Error("nothing was said of a folder that is not there")
	}
	ok(t, os.Mkdir(dir, 0o700))
	ok(t, os.WriteFile(filepath.Join(dir, "点検.txt"), []byte("点検"), 0o600))
	if c := <-came; c.Err != nil || c.Name != "点検.txt" {
		t.Errorf("%+v", c)
	}
	i.halt()()
	_, err := os.Stat(filepath.Join(dir, "取込済", "点検.txt"))
	ok(t, err)
	ok(t, os.WriteFile(filepath.Join(dir, "後.txt"), []byte("後"), 0o600))
	i.halt()()
	if len(shelf.there) != 1 {
		t.Errorf("%d documents", len(shelf.there))
	}
}
