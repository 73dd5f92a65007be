package server

import (
	"crypto/sha256"
	"errors"
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
		"other bytes": b.put(id, strings.NewReader("others")),
		"cut":         b.put(id, strings.NewReader("seal")),
		"broken":      b.put(id, iotest.ErrReader(broken)),
	} {
		if err == nil {
			t.Error(name, "was stored")
		}
	}
	if files, _ := filepath.Glob(filepath.Join(b.dir, "*", "*")); len(files) > 0 {
		t.Error("left behind:", files)
	}
	for _, src := range []string{"sealed", "not read any more"} {
		if err := b.put(id, strings.NewReader(src)); err != nil {
			t.Fatal(err)
		}
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
	if err := b.put(id, strings.NewReader("sealed")); err != nil {
		t.Fatal(err)
	}
	old, young := b.path(id)+".new-OLD", b.path(id)+".new-YOUNG"
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
