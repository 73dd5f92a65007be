package outside_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/cmd/daicho/outside"
)

// desk is one whose program is the test.
func desk(t *testing.T) (d *outside.Desk, opened chan string, root string) {
	t.Helper()
	opened, root = make(chan string, 9), filepath.Join(t.TempDir(), "opened")
	d, err := outside.New(root, func(path string) error { opened <- path; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return d, opened, root
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// left are the files below a folder that hold anything.
func left(t *testing.T, root string) (paths []string) {
	t.Helper()
	ok(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && !strings.HasSuffix(path, ".held") {
			paths = append(paths, path)
		}
		return err
	}))
	return paths
}

// heard waits for what was saved.
func heard(t *testing.T, saved chan string) string {
	t.Helper()
	select {
	case s := <-saved:
		return s
	case <-time.After(10 * time.Second):
		t.Fatal("nobody heard of it")
		return ""
	}
}

// TestSavedOutside: what a person saves comes back, once for each content, whether the
// program writes into the file or puts another in its place; others cannot read it.
func TestSavedOutside(t *testing.T) {
	d, opened, root := desk(t)
	saved := make(chan string, 9)
	ok(t, d.Open("../計画書?.txt", []byte("初め"), func(b []byte, err error) {
		if err != nil {
			t.Error(err)
		}
		saved <- string(b)
	}))
	path := <-opened
	if name := filepath.Base(path); name != "計画書-.txt" || !strings.HasPrefix(path, root) {
		t.Errorf("opened %s", path)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for dir := filepath.Dir(path); dir != filepath.Dir(root); dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", dir, info.Mode(), err)
		}
	}
	ok(t, os.WriteFile(path, []byte("直した"), 0o600))
	if got := heard(t, saved); got != "直した" {
		t.Errorf("heard %q", got)
	}
	beside := path + ".tmp"
	ok(t, os.WriteFile(beside, []byte("置き換えた"), 0o600))
	ok(t, os.Rename(beside, path))
	if got := heard(t, saved); got != "置き換えた" {
		t.Errorf("heard %q", got)
	}
	ok(t, os.WriteFile(path, []byte("置き換えた"), 0o600)) // saved again as it was
	ok(t, os.WriteFile(path, []byte("最後"), 0o600))
	ok(t, d.Wipe()) // at once, before it has come to rest
	if got := heard(t, saved); got != "最後" {
		t.Errorf("heard %q", got)
	}
	if files := left(t, root); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
	if len(saved) > 0 {
		t.Errorf("heard %q, too", <-saved)
	}
	ok(t, d.Close())
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// TestWipeOverwrites what is deleted: a second name of the file shows it.
func TestWipeOverwrites(t *testing.T) {
	d, opened, root := desk(t)
	ok(t, d.Open("a.txt", []byte("秘密"), func([]byte, error) {}))
	second := filepath.Join(filepath.Dir(root), "second")
	ok(t, os.Link(<-opened, second))
	ok(t, d.Close())
	if b, err := os.ReadFile(second); err != nil || string(b) != strings.Repeat("\x00", len("秘密")) {
		t.Errorf("%q, %v", b, err)
	}
}

// TestCrashLeavesNothing for longer than to the next start; who still works there is
// left alone.
func TestCrashLeavesNothing(t *testing.T) {
	alive, opened, root := desk(t)
	ok(t, alive.Open("b.txt", []byte("使用中"), func([]byte, error) {}))
	at := <-opened
	dead := filepath.Join(root, "dead", "x")
	ok(t, os.MkdirAll(dead, 0o700))
	ok(t, os.WriteFile(filepath.Join(dead, "c.txt"), []byte("秘密"), 0o600))
	next, err := outside.New(root, func(string) error { return nil })
	ok(t, err)
	if files := left(t, root); len(files) != 1 || files[0] != at {
		t.Errorf("left: %v, want %s", files, at)
	}
	ok(t, next.Close())
	ok(t, alive.Close())
}

// TestNoProgramForIt leaves no copy.
func TestNoProgramForIt(t *testing.T) {
	root := filepath.Join(t.TempDir(), "opened")
	none := errors.New("no program")
	d, err := outside.New(root, func(string) error { return none })
	ok(t, err)
	if err := d.Open("a.bin", []byte("秘密"), func([]byte, error) {}); !errors.Is(err, none) {
		t.Errorf("got %v", err)
	}
	if files := left(t, root); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
	ok(t, d.Close())
}
