package store_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// sealedBytes are bytes of an attachment as the server has them, by number.
func sealedBytes(n int) (app.BlobID, []byte) {
	b := make([]byte, 300_000+n)
	if _, err := io.ReadFull(storetest.Random(uint64(n)), b); err != nil {
		panic(err) // the generator never ends
	}
	return sha256.Sum256(b), b
}

func partial(t *testing.T, r *store.Replica, id app.BlobID) int64 {
	t.Helper()
	n, err := r.PartialBlob(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDownloadIsResumed(t *testing.T) {
	r := storetest.New(t)
	id, b := sealedBytes(1)
	dead := errors.New("the line is dead")
	for i := range int64(3) {
		from := partial(t, r, id)
		if from != max(0, i*100_000-1) {
			t.Errorf("after %d pieces of 100,000 bytes, %d can be gone on from", i, from)
		}
		cut := io.MultiReader(bytes.NewReader(b[from:(i+1)*100_000]), iotest.ErrReader(dead))
		if err := r.StoreBlob(t.Context(), id, from, cut); !errors.Is(err, dead) {
			t.Fatal(err)
		}
		if here, err := r.HasBlob(t.Context(), id); here || err != nil {
			t.Fatalf("a part counts as here: %v, %v", here, err)
		}
	}
	from := partial(t, r, id)
	if err := r.StoreBlob(t.Context(), id, from, bytes.NewReader(b[from:])); err != nil {
		t.Fatal(err)
	}
	if !sound(t, r, id) {
		t.Error("the whole is not what the server has")
	}
	if n := partial(t, r, id); n != 0 {
		t.Errorf("%d bytes of a part are left", n)
	}
}

// TestSpoiledPartIsBegunAgain damages what came before the line was cut, by
// whatever hand.
func TestSpoiledPartIsBegunAgain(t *testing.T) {
	id, b := sealedBytes(1)
	for name, part := range map[string][]byte{"other bytes": make([]byte, 1000), "more than the whole": append(bytes.Clone(b), 1, 2, 3)} {
		r := storetest.New(t)
		path := blobFile(r, id) + ".part"
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, part, 0o600)); err != nil {
			t.Fatal(err)
		}
		from := partial(t, r, id)
		if err := r.StoreBlob(t.Context(), id, from, bytes.NewReader(b[min(len(b), int(from)):])); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: got %v", name, err)
		}
		if n := partial(t, r, id); n != 0 {
			t.Errorf("%s: %d bytes are left", name, n)
		}
		if err := r.StoreBlob(t.Context(), id, 1, bytes.NewReader(b[1:])); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: a rest without its beginning: %v", name, err)
		}
		if err := r.StoreBlob(t.Context(), id, 0, bytes.NewReader(b)); err != nil || !sound(t, r, id) {
			t.Errorf("%s: begun again: %v", name, err)
		}
	}
}

func TestDamagedAttachmentIsNotSentAndCanBeAttachedAgain(t *testing.T) {
	r := storetest.New(t)
	it := attached(t, r)
	b := it.Files[0]
	if err := os.WriteFile(blobFile(r, b.ID), []byte("?"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, _, err := r.SealedBlob(t.Context(), b.ID); !app.IsCode(err, app.Damaged) {
		t.Errorf("sent: %v, %v", f, err)
	}
	if again := attach(t, r, it, "a.txt", "中身"); again.ID != b.ID || content(t, r, again) != "中身" {
		t.Error("the same file attached again does not mend it")
	}
}
