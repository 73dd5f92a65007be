package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

func attach(t *testing.T, r *store.Replica, it *storetest.Item, name, content string) app.Blob {
	t.Helper()
	b, err := r.Attach(t.Context(), it.Ref, name, "text/plain", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func content(t *testing.T, r *store.Replica, b app.Blob) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.OpenBlob(t.Context(), b, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func blobFile(r *store.Replica, id app.BlobID) string {
	return filepath.Join(r.Dir(), "blobs", id.String()[:2], id.String())
}

// carry brings the sealed bytes of one replica's attachments to another, as the
// server does.
func carry(t *testing.T, from, to *store.Replica) {
	t.Helper()
	ids, err := from.UnsentBlobs(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		f, size, err := from.SealedBlob(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := io.ReadAll(f)
		if err = errors.Join(err, f.Close()); err != nil || int64(len(sealed)) != size {
			t.Fatalf("%d bytes of %d, %v", len(sealed), size, err)
		}
		if err := from.BlobSent(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if err := to.StoreBlob(t.Context(), id, 0, bytes.NewReader(sealed)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAttachmentTravels(t *testing.T) {
	a, b, q := office(t)
	it := draft(t, a)
	it.Title = "写真あり"
	text := strings.Repeat("写真の中身 ", 300_000) // several chunks
	blob := attach(t, a, it, "写真.jpg", text)
	it.Files = []app.Blob{blob}
	save(t, a, it)
	if got := content(t, a, blob); got != text {
		t.Error("the content is not what was attached")
	}
	q.Sync(a, b)
	missing, err := b.MissingBlobs(t.Context(), 10)
	if err != nil || len(missing) != 1 || missing[0] != blob.ID {
		t.Fatalf("missing %v, %v", missing, err)
	}
	if err := b.OpenBlob(t.Context(), blob, io.Discard); !app.IsCode(err, app.NotFound) {
		t.Errorf("before it came: %v", err)
	}
	carry(t, a, b)
	if got := content(t, b, get(t, b, it.Ref).Files[0]); got != text {
		t.Error("the content is not what was sent")
	}
	for _, r := range []*store.Replica{a, b} {
		s, err := r.Status(t.Context())
		if err != nil || s.MissingBlobs != 0 || s.UnsentBlobs != 0 {
			t.Errorf("status %+v, %v", s, err)
		}
	}
}

func TestOneFileAttachedTwiceIsKeptOnce(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "x")
	one, two := attach(t, r, it, "a.txt", "同じ"), attach(t, r, it, "b.txt", "同じ")
	if one.ID != two.ID {
		t.Error("two ids for one file")
	}
	if unsent, err := r.UnsentBlobs(t.Context(), 9); len(unsent) != 1 || err != nil {
		t.Errorf("unsent %v, %v", unsent, err)
	}
}

func TestChangeMayNotNameWhatWasNotAttached(t *testing.T) {
	r := storetest.New(t)
	it := draft(t, r)
	it.Title, it.Files = "x", []app.Blob{{ID: app.BlobID{1}, Name: "無い.pdf", Size: 1}}
	if err := trySave(r, it); !app.IsCode(err, app.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestDamagedAttachmentIsNoticedAndFetchedAgain(t *testing.T) {
	a, b, q := office(t)
	it := draft(t, a)
	it.Title = "x"
	it.Files = []app.Blob{attach(t, a, it, "a.txt", "中身")}
	save(t, a, it)
	q.Sync(a, b)
	sealed, err := os.ReadFile(blobFile(a, it.Files[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(blobFile(a, attach(t, a, it, "b.txt", "別の中身").ID)) // sealed with the same key
	if err != nil {
		t.Fatal(err)
	}
	carry(t, a, b)
	for name, damage := range map[string]func([]byte) []byte{
		"flipped":   func(p []byte) []byte { p[len(p)-1] ^= 1; return p },
		"cut":       func(p []byte) []byte { return p[:len(p)/2] },
		"emptied":   func([]byte) []byte { return nil },
		"longer":    func(p []byte) []byte { return append(p, 0) },
		"another's": func([]byte) []byte { return other },
	} {
		if err := os.WriteFile(blobFile(b, it.Files[0].ID), damage(bytes.Clone(sealed)), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := b.OpenBlob(t.Context(), it.Files[0], io.Discard); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: got %v", name, err)
		}
		if missing, err := b.MissingBlobs(t.Context(), 9); len(missing) != 1 || err != nil {
			t.Errorf("%s: missing %v, %v", name, missing, err)
		}
		if err := b.StoreBlob(t.Context(), it.Files[0].ID, 0, bytes.NewReader(sealed)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, b, it.Files[0]); got != "中身" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestDamagedAttachmentThatNobodyElseHasIsKept(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "x")
	b := attach(t, r, it, "a.txt", "中身")
	path := blobFile(r, b.ID)
	if err := os.WriteFile(path, []byte("?"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := r.OpenBlob(t.Context(), b, io.Discard); !app.IsCode(err, app.Damaged) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestStoreBlobRefusesOtherBytes(t *testing.T) {
	r := storetest.New(t)
	id := app.BlobID{7}
	if err := r.StoreBlob(t.Context(), id, 0, strings.NewReader("other")); !app.IsCode(err, app.Damaged) {
		t.Errorf("got %v", err)
	}
	if here, err := r.HasBlob(t.Context(), id); here || err != nil {
		t.Errorf("here %v, %v", here, err)
	}
	if left, err := filepath.Glob(filepath.Join(r.Dir(), "blobs", "*", "*")); len(left) != 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAttachedNames(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "x")
	long := strings.Repeat("長", 200) + ".jpg"
	for name, want := range map[string]string{
		"写真.jpg": "写真.jpg", "/home/me/a b.txt": "a b.txt", `C:\Users\me\報告.docx`: "報告.docx", "../../etc/passwd": "passwd",
		"a\x00b\nc.txt": "abc.txt", long: strings.Repeat("長", 83) + ".jpg",
	} {
		if b := attach(t, r, it, name, "x"); b.Name != want {
			t.Errorf("%q became %q, want %q", name, b.Name, want)
		}
	}
	for _, name := range []string{"", "/", "..", "a/", "\x01"} {
		if b, err := r.Attach(t.Context(), it.Ref, name, "", strings.NewReader("x")); name != "a/" && !app.IsCode(err, app.Invalid) {
			t.Errorf("%q became %q, %v", name, b.Name, err)
		}
	}
}

// endless pretends to be a file of a size.
type endless struct{ io.ReadSeeker }

func (endless) Seek(_ int64, whence int) (int64, error) {
	if whence == io.SeekEnd {
		return store.MaxBlob + 1, nil
	}
	return 0, nil
}

func TestAttachRefusesWhatIsTooLargeAndEndsWithItsContext(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "x")
	if _, err := r.Attach(t.Context(), it.Ref, "a", "", endless{}); !app.IsCode(err, app.Invalid) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Attach(ctx, it.Ref, "a", "", strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
