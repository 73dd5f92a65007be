package server

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"daicho/app"
)

func TestBlobsAreWholeOrNotThere(t *testing.T) {
	b := blobs{filepath.Join(t.TempDir(), "blobs")}
	id := app.BlobID(sha256.Sum256([]byte("sealed")))
	broken := errors.New("broken")
	for name, err := range map[string]error{
		"other bytes": b.put(id, app.ID{1}, 0, strings.NewReader("others")),
		"cut":         b.put(id, app.ID{1}, 0, strings.NewReader("seal")),
		"broken":      b.put(id, app.ID{1}, 0, iotest.ErrReader(broken)),
	} {
		if err == nil {
			t.Error(name, "was stored")
		}
	}
	if files, _ := filepath.Glob(filepath.Join(b.dir, "*", "*")); len(files) > 1 {
		t.Error("left behind:", files) // but for what came before it broke
	}
	if err := b.put(id, app.ID{1}, 0, strings.NewReader("sealed")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(b.path(id))
	if err != nil || string(got) != "sealed" {
		t.Fatal(string(got), err)
	}
}

func TestDraftsOfAKilledServerGo(t *testing.T) {
	b := blobs{t.TempDir()}
	if err := (blobs{filepath.Join(b.dir, "none")}).tidy(time.Now()); err != nil {
		t.Fatal("no folder yet:", err)
	}
	id := app.BlobID(sha256.Sum256([]byte("sealed")))
	if err := b.put(id, app.ID{1}, 0, strings.NewReader("sealed")); err != nil {
		t.Fatal(err)
	}
	old, young := b.path(id)+".new-OLD", b.part(id, app.ID{2})
	long := time.Now().Add(-48 * time.Hour)
	for _, draft := range []string{old, young} {
		if err := os.WriteFile(draft, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{old, b.path(id)} {
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.tidy(time.Now().Add(-24 * time.Hour)); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(b.dir, "*", "*"))
	if len(left) != 2 {
		t.Fatal(left)
	}
}

// TestAnAttachmentGoesOnWhereItBroke sends one in pieces, each with what a
// broken line would do.
func TestAnAttachmentGoesOnWhereItBroke(t *testing.T) {
	b := blobs{filepath.Join(t.TempDir(), "blobs")}
	whole := strings.Repeat("sealed ", 100)
	id, device := app.BlobID(sha256.Sum256([]byte(whole))), app.ID{1}
	broken := errors.New("broken")
	cut := func(from, to int) io.Reader {
		return io.MultiReader(strings.NewReader(whole[from:to]), iotest.ErrReader(broken))
	}
	have := func(want int64) {
		t.Helper()
		if n, err := b.have(id, device); n != want || err != nil {
			t.Fatalf("%d bytes are here, want %d; %v", n, want, err)
		}
	}
	have(0)
	if err := b.put(id, device, 0, cut(0, 300)); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	have(300)
	if err := b.put(id, device, 200, cut(200, 500)); !errors.Is(err, broken) { // some of it again
		t.Fatal(err)
	}
	have(500)
	if err := b.put(id, device, 600, cut(600, 700)); !errors.Is(err, errNoPart) {
		t.Fatal(err)
	}
	have(500)
	if n, err := b.have(id, app.ID{2}); n != 0 || err != nil {
		t.Fatal("another device's:", n, err)
	}
	if err := b.put(id, device, 500, strings.NewReader(whole[500:])); err != nil {
		t.Fatal(err)
	}
	have(0)
	got, err := os.ReadFile(b.path(id))
	if err != nil || string(got) != whole {
		t.Fatal(len(got), err)
	}
	if err := b.put(id, device, 0, strings.NewReader("others")); !errors.Is(err, errBlobHash) {
		t.Fatal(err)
	}
	have(0)
}
