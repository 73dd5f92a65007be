package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/internal/fault"
	"daicho/store/storetest"
)

// session is a day's work in steps, each of which can be tried again after it
// was refused for want of room.
type session struct {
	*testing.T
	dir   string
	r     *store.Replica // nil while it is closed
	q     *storetest.Sequencer
	photo app.Blob // of the other device
	item  app.Ref
}

// newSession prepares what comes from elsewhere: a server and another device,
// whose disk has room.
func newSession(t *testing.T, dir string) *session {
	s := &session{T: t, dir: dir, q: storetest.NewSequencer(t, storetest.Book())}
	b := storetest.New(t, storetest.WithSeed(2))
	it := draft(t, b)
	it.Title = "届いた品目"
	it.Files = []app.Blob{attach(t, b, it, "写真.jpg", bytesFor(1, 9000))}
	s.photo, s.item = it.Files[0], it.Ref
	save(t, b, it)
	for n := range 5 {
		edit(t, b, it.Ref, func(i *storetest.Item) { i.Body = fmt.Sprint("障害の内容", n) })
	}
	s.q.Sync(b)
	return s
}

// steps are the work, in order.
func (s *session) steps() []func() error {
	ctx := context.Background()
	write := func(fn func(*store.Tx) error) error { return s.r.Write(ctx, s.r.Actor(), fn) }
	return []func() error{
		s.create,
		func() error { return write(s.saveSome("一日の初め", 3)) },
		func() error { return s.attachOne(bytesFor(2, 70_000)) },
		func() error { return s.r.Apply(ctx, s.q.Page(0, 100)) },
		func() error { return s.storePhoto(bytesFor(1, 9000)) },
		func() error {
			return s.r.Local(ctx, func(tx *store.LocalTx) error { return tx.Set("draft/item", []byte("書きかけ")) })
		},
		func() error { return s.r.Rebuild(ctx, storetest.ItemKind) },
		func() error { return write(s.saveSome("一日の終わり", 4)) },
		func() error { _, _, _, err := s.r.Outgoing(ctx, 0, 99); return err },
		s.reopen,
		func() error { return write(s.saveSome("翌日", 1)) },
	}
}

func (s *session) options() store.Options { return itemOptions(s.dir, 5) }

func (s *session) create() (err error) {
	if s.r, err = store.Create(context.Background(), s.options(), storetest.Passphrase); err == nil {
		err = s.r.CheckpointAfter(6) // so that the database is written to throughout
	}
	return err
}

// reopen closes the replica, which may leave the log as it is, and opens it.
func (s *session) reopen() (err error) {
	if s.r != nil {
		if err := s.r.Close(); err != nil {
			return err
		}
	}
	s.r, err = store.Open(context.Background(), itemOptions(s.dir, 6), storetest.Passphrase)
	return err
}

// saveSome saves new items in one transaction.
func (s *session) saveSome(title string, n int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		for i := range n {
			rec, err := tx.Draft(storetest.ItemKind)
			if err != nil {
				return err
			}
			it := rec.(*storetest.Item)
			it.Title, it.Body = fmt.Sprint(title, i), strings.Repeat("本文の障害", 300)
			if err := tx.Save(it); err != nil {
				return err
			}
		}
		return nil
	}
}

func (s *session) attachOne(content string) error {
	rec, err := s.r.Draft(storetest.ItemKind)
	if err != nil {
		return err
	}
	it := rec.(*storetest.Item)
	it.Title = "添付あり"
	b, err := s.r.Attach(context.Background(), it.Ref, "x.bin", "", strings.NewReader(content))
	if err != nil {
		return err
	}
	it.Files = []app.Blob{b}
	return s.r.Write(context.Background(), s.r.Actor(), func(tx *store.Tx) error { return tx.Save(it) })
}

// storePhoto fetches the other device's attachment, sealed as its id says.
func (s *session) storePhoto(content string) error {
	key, err := s.q.Key(s.item.ID)
	if err != nil {
		return err
	}
	var sealed strings.Builder
	if _, _, err := app.SealBlob(&sealed, strings.NewReader(content), key); err != nil {
		return err
	}
	return s.r.StoreBlob(context.Background(), s.photo.ID, 0, strings.NewReader(sealed.String()))
}

// run does every step; one that is refused for want of room must have changed
// nothing, and goes on after room was made.
func (s *session) run(before func(n int), room func()) {
	s.Helper()
	for n, step := range s.steps() {
		was := s.state()
		before(n)
		err := step()
		room()
		if err == nil {
			continue
		}
		saysFull(s.T, n, err)
		if now := s.state(); now != was {
			s.Errorf("step %d was refused and changed something: %v\nbefore\n%s\nafter\n%s", n, err, was, now)
		}
		if err := step(); err != nil {
			s.Fatalf("step %d with room again: %v", n, err)
		}
	}
	s.complete()
}

// saysFull makes sure that an error is the sentence about room.
func saysFull(t *testing.T, n int, err error) {
	t.Helper()
	var e *app.Error
	if !errors.As(err, &e) || e.Code != app.Failed || !strings.Contains(e.Say.JA, "ディスクの空きが") || !strings.Contains(strings.ToLower(e.Say.EN), "the disk is full") {
		t.Errorf("step %d says %v", n, err)
	}
}

// state is what the replica shows; of a closed one, that nothing is there yet.
func (s *session) state() string {
	s.Helper()
	if s.r == nil {
		left, err := filepath.Glob(filepath.Join(s.dir+"*", "*"))
		if err != nil {
			s.Fatal(err)
		}
		return fmt.Sprint(left)
	}
	v := taken(s.T, s.r, "障害")
	v.Status.UnsentBlobs = 0 // an attachment whose record could not be saved is kept
	return v.text(s.T)
}

// complete makes sure that at the end all is there once.
func (s *session) complete() {
	s.Helper()
	if err := s.r.Verify(context.Background()); err != nil {
		s.Error(err)
	}
	titles := map[string]int{}
	for _, it := range pages(s, s.r, app.Query{}) {
		titles[it.Title]++
		for _, b := range it.Files {
			if got := content(s.T, s.r, b); got != bytesFor(1, 9000) && got != bytesFor(2, 70_000) {
				s.Errorf("the attachment of %s is not what it was", it.Title)
			}
		}
	}
	if len(titles) != 3+1+1+4+1 {
		s.Errorf("there are %v", titles)
	}
	if err := s.r.Close(); err != nil {
		s.Error(err)
	}
	s.r = nil
}

// TestFullDiskAtEveryWrite lets the disk be full from the nth write on, until
// room is made: for every n of the session if DAICHO_KILLS is 500 or more, else
// for some.
func TestFullDiskAtEveryWrite(t *testing.T) {
	every := 41
	if n := times(t, "DAICHO_KILLS", 0); n > 0 {
		every = max(1, 500/n)
	}
	for n := 1; ; n += every {
		var writes atomic.Int64
		var full atomic.Bool
		full.Store(true)
		s := newSession(t, filepath.Join(t.TempDir(), "replica"))
		fault.Set(func(op fault.Op) error {
			if op == fault.Write && writes.Add(1) >= int64(n) && full.Load() {
				return syscall.ENOSPC
			}
			return nil
		})
		s.run(func(int) {}, func() {
			if writes.Load() >= int64(n) {
				full.Store(false)
			}
		})
		fault.Set(nil)
		if t.Failed() {
			t.Fatalf("the disk was full from write %d on", n)
		}
		if writes.Load() < int64(n) {
			t.Logf("the session makes %d writes", writes.Load())
			return
		}
	}
}
