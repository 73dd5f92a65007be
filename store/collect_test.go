package store_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

const day = 24 * time.Hour

// collectAfter moves the clock on and collects: at once what is seen to be unused
// from now on, and a moment after a month what has been.
func collectAfter(t tb, r *store.Replica, clock *storetest.Clock, wait time.Duration) {
	t.Helper()
	err := r.Collect(context.Background())
	clock.Advance(wait)
	if err = errors.Join(err, r.Collect(context.Background())); err != nil {
		t.Fatal(err)
	}
}

// attached is an item with one attachment, saved.
func attached(t *testing.T, r *store.Replica) *storetest.Item {
	t.Helper()
	it := draft(t, r)
	it.Title = "添付あり"
	it.Files = []app.Blob{attach(t, r, it, "a.txt", "中身")}
	save(t, r, it)
	return it
}

// sendBlobs says that the server has what was attached.
func sendBlobs(t *testing.T, r *store.Replica) {
	t.Helper()
	ids, err := r.UnsentBlobs(t.Context(), 9)
	for _, id := range ids {
		err = errors.Join(err, r.BlobSent(t.Context(), id))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestAttachmentsAreCollectedAMonthAfterTheLastReference tells what becomes of
// an attachment 31 days after something was done to its record.
func TestAttachmentsAreCollectedAMonthAfterTheLastReference(t *testing.T) {
	detach := func(i *storetest.Item) { i.Files = nil }
	for name, c := range map[string]struct {
		do   func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob
		kept bool
	}{
		"attached, the form given up": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			return attach(t, r, draft(t, r), "a.txt", "中身")
		}, false},
		"saved": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			return attached(t, r).Files[0]
		}, true},
		"saved, judged, sent": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			it := attached(t, r)
			q.Sync(r)
			sendBlobs(t, r)
			return it.Files[0]
		}, true},
		"taken off, judged": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			it := attached(t, r)
			q.Sync(r)
			sendBlobs(t, r)
			edit(t, r, it.Ref, detach)
			q.Sync(r)
			return it.Files[0]
		}, false},
		"taken off, not judged: the server may refuse it": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			it := attached(t, r)
			q.Sync(r)
			sendBlobs(t, r)
			edit(t, r, it.Ref, detach)
			return it.Files[0]
		}, true},
		"taken off, judged, never sent: history names it, and only we have it": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			it := attached(t, r)
			q.Sync(r)
			edit(t, r, it.Ref, detach)
			q.Sync(r)
			return it.Files[0]
		}, true},
		"refused: a person may retry": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			return refusedFile(t, r, q)
		}, true},
		"refused and dismissed": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			b := refusedFile(t, r, q)
			if err := r.Dismiss(t.Context(), r.Actor(), 1, ""); err != nil {
				t.Fatal(err)
			}
			return b
		}, false},
		"saved, made anew": {func(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
			it := attached(t, r)
			q.Sync(r)
			sendBlobs(t, r)
			if err := r.Rebuild(t.Context(), storetest.ItemKind); err != nil {
				t.Fatal(err)
			}
			return it.Files[0]
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &storetest.Clock{}
			r := storetest.New(t, storetest.WithClock(clock))
			b := c.do(t, r, storetest.NewSequencer(t, storetest.Book()))
			collectAfter(t, r, clock, 29*day)
			if got := content(t, r, b); got != "中身" {
				t.Errorf("after 29 days: %q", got)
			}
			collectAfter(t, r, clock, 2*day)
			_, err := os.Stat(blobFile(r, b.ID))
			if here, failed := r.HasBlob(t.Context(), b.ID); here != c.kept || (err == nil) != c.kept || failed != nil {
				t.Errorf("after 31 days: here %v, file %v, want %v; %v", here, err == nil, c.kept, failed)
			}
		})
	}
}

// refusedFile is the attachment of a change that the server refused.
func refusedFile(t *testing.T, r *store.Replica, q *storetest.Sequencer) app.Blob {
	t.Helper()
	it := attached(t, r)
	bodies, _, keys, err := r.Outgoing(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	reject(t, q, bodies[0], keys)
	q.Pull(r, 10)
	return it.Files[0]
}

// TestWhatWasCollectedIsFetchedAgain opens an attachment that only history
// names: the next sync brings it.
func TestWhatWasCollectedIsFetchedAgain(t *testing.T) {
	clock := &storetest.Clock{}
	r, q := storetest.New(t, storetest.WithClock(clock)), storetest.NewSequencer(t, storetest.Book())
	it := attached(t, r)
	b := it.Files[0]
	sealed, err := os.ReadFile(blobFile(r, b.ID))
	if err != nil {
		t.Fatal(err)
	}
	q.Sync(r)
	sendBlobs(t, r)
	edit(t, r, it.Ref, func(i *storetest.Item) { i.Files = nil })
	q.Sync(r)
	collectAfter(t, r, clock, 31*day)
	if missing, err := r.MissingBlobs(t.Context(), 9); len(missing) != 0 || err != nil {
		t.Errorf("missing %v, %v", missing, err)
	}
	if err := r.OpenBlob(t.Context(), b, io.Discard); !app.IsCode(err, app.NotFound) {
		t.Errorf("got %v", err)
	}
	if missing, err := r.MissingBlobs(t.Context(), 9); len(missing) != 1 || err != nil {
		t.Fatalf("missing %v, %v", missing, err)
	}
	if err := r.StoreBlob(t.Context(), b.ID, 0, bytes.NewReader(sealed)); err != nil {
		t.Fatal(err)
	}
	if got := content(t, r, b); got != "中身" {
		t.Errorf("got %q", got)
	}
}

// TestFilesOfNobodyAreCollected leaves what programs leave that die: a file
// that no row knows, a draft, the start of a download.
func TestFilesOfNobodyAreCollected(t *testing.T) {
	clock := &storetest.Clock{}
	r := storetest.New(t, storetest.WithClock(clock))
	b := attached(t, r).Files[0]
	dir := filepath.Join(r.Dir(), "blobs", "ab")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	name := strings.Repeat("ab", 32)
	for _, file := range []string{name, name + ".new-XXXX", name + ".part", "photo.jpg"} {
		path := filepath.Join(dir, file)
		if err := errors.Join(os.WriteFile(path, []byte("?"), 0o600), os.Chtimes(path, clock.Now(), clock.Now())); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		wait time.Duration
		want []string
	}{
		{0, []string{name, name + ".new-XXXX", name + ".part", "photo.jpg"}},
		{3 * day, []string{name + ".part", "photo.jpg"}},
		{40 * day, []string{"photo.jpg"}},
	} {
		collectAfter(t, r, clock, c.wait)
		if got := fileNames(t, dir); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("after %v: %v, want %v", c.wait, got, c.want)
		}
	}
	if got := content(t, r, b); got != "中身" {
		t.Errorf("got %q", got)
	}
}

func fileNames(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestNoAttachmentInUseIsEverCollected lets two people attach, take off, give
// up, sync, rebuild and wait, in any order: what a record or a change that
// waits names can be opened wherever its bytes had come, and what the server
// lacks is never lost.
func TestNoAttachmentInUseIsEverCollected(t *testing.T) {
	few := flag.Lookup("rapid.checks")
	if asked := few.Value.String(); asked == usualChecks { // every step waits for the disk
		_ = few.Value.Set("12")
		defer func() { _ = few.Value.Set(asked) }()
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := newDesk(t, rt)
		rt.Repeat(map[string]func(*rapid.T){"attach": w.attach, "detach": w.detach, "giveUp": w.giveUp, "sync": w.sync, "wait": w.wait, "rebuild": w.rebuild, "": w.check})
	})
}

// desk is two replicas, their server and its attachments.
type desk struct {
	replicas []*store.Replica
	clock    *storetest.Clock
	q        *storetest.Sequencer
	sealed   map[app.BlobID][]byte  // at the server
	had      [2]map[app.BlobID]bool // whose bytes came here
	n        int
}

func newDesk(t *testing.T, rt *rapid.T) *desk {
	w := &desk{clock: &storetest.Clock{}, q: storetest.NewSequencer(rt, storetest.Book()), sealed: map[app.BlobID][]byte{}}
	seed := rapid.Uint64().Draw(rt, "seed")
	for i := range 2 {
		r := storetest.New(t, storetest.WithSeed(seed+uint64(i)), storetest.WithClock(w.clock))
		rt.Cleanup(func() { r.Close() })
		w.replicas, w.had[i] = append(w.replicas, r), map[app.BlobID]bool{}
	}
	return w
}

func (w *desk) draw(rt *rapid.T) (int, *store.Replica) {
	i := rapid.IntRange(0, 1).Draw(rt, "replica")
	return i, w.replicas[i]
}

func (w *desk) item(rt *rapid.T, r *store.Replica) *storetest.Item {
	items, _, err := store.List(context.Background(), r, storetest.Items, app.Query{})
	if err != nil {
		rt.Fatal(err)
	}
	if len(items) < 2 || rapid.IntRange(0, 3).Draw(rt, "new") == 0 {
		it := draft(rt, r)
		it.Title = "題"
		return it
	}
	return items[rapid.IntRange(0, len(items)-1).Draw(rt, "item")]
}

func (w *desk) file(rt *rapid.T, i int, r *store.Replica, it *storetest.Item) app.Blob {
	w.n++
	b, err := r.Attach(context.Background(), it.Ref, "a.txt", "", strings.NewReader(fmt.Sprint(rapid.IntRange(0, w.n).Draw(rt, "content"))))
	if err != nil {
		rt.Fatal(err)
	}
	w.had[i][b.ID] = true
	return b
}

func (w *desk) attach(rt *rapid.T) {
	i, r := w.draw(rt)
	it := w.item(rt, r)
	it.Files = append(it.Files, w.file(rt, i, r, it))
	allow(rt, trySave(r, it))
}

func (w *desk) giveUp(rt *rapid.T) {
	i, r := w.draw(rt)
	w.file(rt, i, r, w.item(rt, r))
}

func (w *desk) detach(rt *rapid.T) {
	_, r := w.draw(rt)
	it := w.item(rt, r)
	if it.IsNew() {
		return
	}
	it.Files = nil
	save(rt, r, it)
}

func (w *desk) rebuild(rt *rapid.T) {
	_, r := w.draw(rt)
	if err := r.Rebuild(context.Background(), storetest.ItemKind); err != nil {
		rt.Fatal(err)
	}
}

func (w *desk) wait(rt *rapid.T) {
	i, r := w.draw(rt)
	inUse := w.shown(rt, r)
	collectAfter(rt, r, w.clock, time.Duration(rapid.IntRange(1, 40).Draw(rt, "days"))*day)
	for id := range w.had[i] {
		here, err := r.HasBlob(context.Background(), id)
		if err != nil || !here && inUse[id] {
			rt.Fatalf("an attachment in use is gone: %v", err)
		}
		if !here {
			delete(w.had[i], id)
		}
	}
}

// shown are the attachments that records name.
func (w *desk) shown(rt *rapid.T, r *store.Replica) map[app.BlobID]bool {
	items, _, err := store.List(context.Background(), r, storetest.Items, app.Query{})
	if err != nil {
		rt.Fatal(err)
	}
	ids := map[app.BlobID]bool{}
	for _, it := range items {
		for _, b := range it.Files {
			ids[b.ID] = true
		}
	}
	return ids
}

// sync pushes, pulls, and carries attachments, sometimes only in part.
func (w *desk) sync(rt *rapid.T) {
	i, r := w.draw(rt)
	ctx := context.Background()
	w.q.Push(r, 1<<20)
	if rapid.Bool().Draw(rt, "files") {
		w.upload(rt, r)
	}
	w.q.Pull(r, 1<<20)
	missing, err := r.MissingBlobs(ctx, 99)
	for _, id := range missing {
		if sealed, there := w.sealed[id]; there && err == nil {
			err = r.StoreBlob(ctx, id, 0, bytes.NewReader(sealed))
			w.had[i][id] = true
		}
	}
	if err != nil {
		rt.Fatal(err)
	}
}

func (w *desk) upload(rt *rapid.T, r *store.Replica) {
	ctx := context.Background()
	ids, err := r.UnsentBlobs(ctx, 99)
	for _, id := range ids {
		if !w.named(id) || err != nil {
			continue
		}
		f, _, failed := r.SealedBlob(ctx, id)
		if failed != nil {
			rt.Fatal(failed)
		}
		w.sealed[id], err = io.ReadAll(f)
		err = errors.Join(err, f.Close(), r.BlobSent(ctx, id))
	}
	if err != nil {
		rt.Fatal(err)
	}
}

// named says whether a record in the server's order names an attachment.
func (w *desk) named(id app.BlobID) bool {
	for _, doc := range w.q.Rows() {
		if bytes.Contains(doc, id[:]) {
			return true
		}
	}
	return false
}

func (w *desk) check(rt *rapid.T) {
	ctx := context.Background()
	for i, r := range w.replicas {
		items, _, err := store.List(ctx, r, storetest.Items, app.Query{})
		if err != nil {
			rt.Fatal(err)
		}
		for _, it := range items {
			for _, b := range it.Files {
				if w.had[i][b.ID] && !sound(rt, r, b.ID) {
					rt.Fatalf("an attachment of %s is gone", it.Ref)
				}
			}
		}
	}
	for ref, doc := range w.q.Rows() {
		for _, b := range doc.Get("files").Blobs() {
			if w.sealed[b.ID] == nil && !w.somewhere(rt, b.ID) {
				rt.Fatalf("an attachment of %s is lost", ref)
			}
		}
	}
}

func (w *desk) somewhere(rt *rapid.T, id app.BlobID) bool {
	return sound(rt, w.replicas[0], id) || sound(rt, w.replicas[1], id)
}

// sound says whether the bytes of an attachment are here, as they were.
func sound(t tb, r *store.Replica, id app.BlobID) bool {
	f, _, err := r.SealedBlob(context.Background(), id)
	if err != nil {
		return false
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return true
}
