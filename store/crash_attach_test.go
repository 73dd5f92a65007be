package store_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/internal/fault"
	"daicho/store/storetest"
)

// mortal is a file that can be the last thing the process read.
type mortal struct{ io.ReadSeeker }

func (m *mortal) Read(p []byte) (int, error) {
	if err := fault.Before(fault.Write); err != nil {
		return 0, err
	}
	return m.ReadSeeker.Read(p[:min(len(p), 64<<10)])
}

// prepareAttachments makes a replica that knows of attachments it has not
// fetched. Their sealed bytes lie in the folder "server".
func prepareAttachments(t *testing.T, home string) looker {
	a := storetest.New(t, storetest.WithDir(filepath.Join(home, "replica")))
	b := storetest.New(t, storetest.WithSeed(2))
	q := storetest.NewSequencer(t, storetest.Book())
	for n := range 4 {
		it := draft(t, b)
		it.Title = "届く写真"
		it.Files = []app.Blob{attach(t, b, it, "写真.jpg", bytesFor(uint64(n), 200_000))}
		save(t, b, it)
		copyFiles(t, filepath.Dir(blobFile(b, it.Files[0].ID)), filepath.Join(home, "server"))
	}
	q.Sync(b, a)
	for _, r := range []*store.Replica{a, b} {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return attachmentsAreWhole
}

// bytesFor is the content of an attachment.
func bytesFor(seed uint64, n int) string {
	b := make([]byte, n)
	_, _ = io.ReadFull(storetest.Random(seed), b) // it never fails
	return string(b)
}

// attachFiles fetches what has not come, then attaches files of all sizes to
// new items.
func attachFiles(home string, rnd *rand.Rand) error {
	r, err := working(itemOptions, home, rnd)
	if err != nil {
		return err
	}
	if err := fetchAll(home, r); err != nil {
		return err
	}
	for {
		seed, size := rnd.Uint64(), []int{0, 90, 70_000, 1<<20 + 5}[rnd.IntN(4)]
		rec, err := r.Draft(storetest.ItemKind)
		if err != nil {
			return err
		}
		it := rec.(*storetest.Item)
		b, err := r.Attach(context.Background(), it.Ref, "x.bin", "", &mortal{strings.NewReader(bytesFor(seed, size))})
		if err != nil {
			return err
		}
		it.Title, it.Files = "添付あり", []app.Blob{b}
		if err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Save(it) }); err != nil {
			return err
		}
		tell("attached", it.Ref.ID, seed)
	}
}

func fetchAll(home string, r *store.Replica) error {
	ids, err := r.MissingBlobs(context.Background(), 9)
	for _, id := range ids {
		if err != nil {
			return err
		}
		var sealed []byte
		if sealed, err = os.ReadFile(filepath.Join(home, "server", id.String())); err != nil {
			return err
		}
		from, failed := r.PartialBlob(context.Background(), id)
		if failed != nil {
			return failed
		}
		if err = r.StoreBlob(context.Background(), id, from, &mortal{bytes.NewReader(sealed[from:])}); err == nil {
			tell("stored", id)
		}
	}
	return err
}

// attachmentsAreWhole reads all that was told of, and makes sure that no record
// names bytes that are not here.
func attachmentsAreWhole(t *testing.T, _ string, r *store.Replica, told []string) {
	t.Helper()
	seeds := map[string]uint64{}
	for _, line := range told {
		var id string
		var seed uint64
		if n, _ := fmt.Sscanf(line, "attached %s %d", &id, &seed); n == 2 {
			seeds[id] = seed
		}
	}
	missing, err := r.MissingBlobs(t.Context(), 99)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range missing {
		if strings.Contains(strings.Join(told, "\n"), "stored "+id.String()) {
			t.Errorf("attachment %s was stored and is missing", id)
		}
	}
	for _, it := range pages(t, r, app.Query{}) {
		for _, b := range it.Files {
			here, err := r.HasBlob(t.Context(), b.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !here && it.Title == "届く写真" {
				continue
			}
			got := content(t, r, b)
			if seed, known := seeds[it.Ref.ID.String()]; known && got != bytesFor(seed, int(b.Size)) {
				t.Errorf("attachment of %s is not what was attached", it.Ref)
			}
			delete(seeds, it.Ref.ID.String())
		}
	}
	for id := range seeds {
		t.Errorf("item %s was acknowledged and is lost", id)
	}
}
