package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// moment is when it is noticed at the latest that files are not the last ones.
type moment int

const (
	atOpening moment = iota
	atReading        // of what was put back: some of it is read at opening
	atContact        // with the server, the next one
	notAtAll
)

// replayed is a replica with two moments of its past: it was synced, changed,
// and, in half of the lines, synced again, before somebody took its folder.
type replayed struct {
	o     store.Options
	then  string // a copy of the folder after the first sync
	dying string // one of the present, when the program was killed instead of closing
	log   int64  // how long the log was before the last change
	acked uint64 // how many changes the server has acknowledged
}

// replays are what somebody with the folder, and nothing else, could put back.
// What is expected stands in DESIGN.md, line by line.
var replays = []struct {
	name                     string
	put                      func(t *testing.T, r *replayed)
	without, keyring, server moment // with nothing but the files; with the keyring; with a contact
}{
	{"nothing", func(*testing.T, *replayed) {}, notAtAll, notAtAll, notAtAll},
	{"a page", putPage, atReading, atReading, atReading},
	{"the database", putFiles("replica.db"), atReading, atReading, atReading},
	{"the table of tags", putFiles("replica.db-tags-*"), atReading, atReading, atReading},
	{"the database with its table", putFiles("replica.db*"), notAtAll, atOpening, atContact},
	{"an attachment", putAttachment, atReading, atReading, atReading},
	{"the whole folder", putFolder, notAtAll, atOpening, atContact},
	{"what a kill left", putKilled(func(*replayed) int64 { return -1 }), notAtAll, notAtAll, notAtAll},
	{"what a kill left, without its log", putKilled(func(*replayed) int64 { return 0 }), atOpening, atOpening, atOpening},
	{"what a kill left, without the end of its log", putKilled(func(p *replayed) int64 { return p.log }), notAtAll, atOpening, atContact},
}

func TestReplays(t *testing.T) {
	for _, line := range replays {
		t.Run(line.name, func(t *testing.T) {
			for _, c := range []struct {
				with          string
				ring, contact bool
				want          moment
			}{{"nothing else", false, false, line.without}, {"keyring", true, false, line.keyring}, {"server", false, true, line.server}} {
				r := past(t, c.ring, c.contact)
				line.put(t, r)
				if got := r.noticed(t, c.contact); got > c.want || c.want == notAtAll && got != notAtAll {
					t.Errorf("with %s: %d, want %d", c.with, got, c.want)
				}
			}
		})
	}
}

// past makes a replica, whose key the keyring may hold, and whose last changes
// the server may have.
func past(t *testing.T, ring, sent bool) *replayed {
	t.Helper()
	keyring.MockInit()
	p := &replayed{o: storetest.Options(t, storetest.WithDir(filepath.Join(t.TempDir(), "r"))), then: t.TempDir(), dying: t.TempDir()}
	q := storetest.NewSequencer(t, storetest.Book())
	r := reopened(t, p.o, nil)
	var first *storetest.Item
	for range 40 {
		first = item(t, r, "その時の品目")
	}
	edit(t, r, first.Ref, func(x *storetest.Item) { x.Files = []app.Blob{attach(t, r, x, "写真.jpg", "その時")} })
	q.Sync(r)
	if ring {
		if err := r.AddKeyring(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	closeAll(t, r)
	copyFiles(t, p.o.Dir, p.then)
	r = reopened(t, p.o, storetest.Passphrase)
	edit(t, r, first.Ref, func(x *storetest.Item) {
		x.Title, x.Files = "今の品目", []app.Blob{attach(t, r, x, "写真.jpg", "今の写真")}
	})
	if info, err := os.Stat(filepath.Join(p.o.Dir, "replica.db-wal")); err == nil {
		p.log = info.Size()
	}
	item(t, r, "新しい品目")
	_, segments := going(t, r)
	p.acked = segments[len(segments)-1].Last
	if sent {
		q.Sync(r)
	}
	copyFiles(t, p.o.Dir, p.dying)
	closeAll(t, r)
	return p
}

func closeAll(t *testing.T, r *store.Replica) {
	t.Helper()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

func putFolder(t *testing.T, p *replayed) { putBack(t, p.then, p.o.Dir) }

// putFiles puts back what the files were whose names are like this.
func putFiles(pattern string) func(*testing.T, *replayed) {
	return func(t *testing.T, p *replayed) {
		files, err := filepath.Glob(filepath.Join(p.then, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, path := range files {
			write(t, filepath.Join(p.o.Dir, filepath.Base(path)), read(t, path))
		}
	}
}

// putPage puts one page of the table of items back.
func putPage(t *testing.T, p *replayed) {
	path := filepath.Join(p.o.Dir, "replica.db")
	old, now := read(t, filepath.Join(p.then, "replica.db")), read(t, path)
	for n := len(old)/pageSize - 1; n > 0; n-- {
		page := old[n*pageSize : (n+1)*pageSize]
		if !bytes.Equal(page, now[n*pageSize:(n+1)*pageSize]) {
			copy(now[n*pageSize:], page)
			write(t, path, now)
			return
		}
	}
	t.Fatal("no page has changed")
}

// putAttachment puts the first attachment where the second belongs.
func putAttachment(t *testing.T, p *replayed) {
	old, err := filepath.Glob(filepath.Join(p.then, "blobs", "*", "*"))
	if err != nil || len(old) != 1 {
		t.Fatalf("attachments %v, %v", old, err)
	}
	now, err := filepath.Glob(filepath.Join(p.o.Dir, "blobs", "*", "*"))
	for _, path := range now {
		if filepath.Base(path) != filepath.Base(old[0]) && err == nil {
			write(t, path, read(t, old[0]))
			return
		}
	}
	t.Fatalf("attachments %v, %v", now, err)
}

// putKilled puts in place what a kill would have left, and cuts its log.
func putKilled(cut func(*replayed) int64) func(*testing.T, *replayed) {
	return func(t *testing.T, p *replayed) {
		putBack(t, p.dying, p.o.Dir)
		switch log := filepath.Join(p.o.Dir, "replica.db-wal"); cut(p) {
		case -1:
		case 0:
			if err := os.Remove(log); err != nil {
				t.Fatal(err)
			}
		default:
			if err := os.Truncate(log, p.log); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// noticed opens the replica, reads all of it, and meets the server.
func (p *replayed) noticed(t *testing.T, contact bool) moment {
	t.Helper()
	r, err := store.Open(t.Context(), p.o, storetest.Passphrase)
	if damage(t, err) {
		return atOpening
	}
	defer r.Close()
	if damage(t, r.Verify(t.Context())) {
		return atReading
	}
	if contact && damage(t, r.Acknowledge(t.Context(), p.acked)) {
		return atContact
	}
	return notAtAll
}

// damage says whether err is one of damage; any other is unexpected.
func damage(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && !app.IsCode(err, app.Damaged) {
		t.Errorf("unexpected: %v", err)
	}
	return err != nil
}
