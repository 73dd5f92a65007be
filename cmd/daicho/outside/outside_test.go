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

// desk is one whose program is the test; saved hears what it takes.
func desk(t *testing.T) (d *outside.Desk, opened, saved chan string, root string) {
	t.Helper()
	opened, saved, root = make(chan string, 9), make(chan string, 9), filepath.Join(t.TempDir(), "opened")
	d, err := outside.New(root, func(path string) error { opened <- path; return nil }, taking(saved))
	ok(t, err)
	return d, opened, saved, root
}

// taking takes everything.
func taking(saved chan string) outside.Take {
	return func(o outside.Origin, body []byte, err error) (outside.Origin, error) {
		if err == nil {
			saved <- string(body)
		}
		return o, err
	}
}

// named is where a file came from that has a name.
func named(name string) outside.Origin {
	return outside.Origin{Replica: "r1", Record: "item:1", Name: name}
}

// none starts no program, and takes nothing.
func none(string) error { return nil }

func refusing(o outside.Origin, _ []byte, _ error) (outside.Origin, error) {
	return o, errors.New("the disk is full")
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
		if err == nil && e.Type().IsRegular() && !strings.HasSuffix(path, ".held") && !strings.HasSuffix(path, ".note") {
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
	d, opened, saved, root := desk(t)
	ok(t, d.Open(named("../計画書?.txt"), []byte("初め")))
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
	d, opened, _, root := desk(t)
	ok(t, d.Open(named("a.txt"), []byte("秘密")))
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
	alive, opened, _, root := desk(t)
	ok(t, alive.Open(named("b.txt"), []byte("使用中")))
	at := <-opened
	dead := filepath.Join(root, "dead", "x")
	ok(t, os.MkdirAll(dead, 0o700))
	ok(t, os.WriteFile(filepath.Join(dead, "c.txt"), []byte("秘密"), 0o600))
	next, err := outside.New(root, none, refusing)
	ok(t, err)
	if files := left(t, root); len(files) != 1 || files[0] != at {
		t.Errorf("left: %v, want %s", files, at)
	}
	ok(t, next.Close())
	ok(t, alive.Close())
}

// TestSavedBeforeACrash is taken back after the next start, and wiped then; what was
// not saved is wiped at once.
func TestSavedBeforeACrash(t *testing.T) {
	d, _, saved, root := desk(t)
	ok(t, d.Open(named("a.txt"), []byte("初め")))
	ok(t, d.Open(named("b.txt"), []byte("そのまま")))
	dead := root + "-dead" // nobody holds what is in there
	ok(t, os.CopyFS(dead, os.DirFS(root)))
	ok(t, d.Close())
	root = dead
	for _, path := range left(t, root) {
		if filepath.Base(path) == "a.txt" {
			ok(t, os.WriteFile(path, []byte("倒れる前"), 0o600))
		}
	}
	next, err := outside.New(root, none, taking(saved))
	ok(t, err)
	if files := left(t, root); len(files) != 1 || next.Left() != 1 {
		t.Errorf("left: %v", files)
	}
	ok(t, next.Wipe())
	if got := heard(t, saved); got != "倒れる前" || next.Left() != 0 || len(left(t, root)) != 0 {
		t.Errorf("took %q, %v is left", got, left(t, root))
	}
	ok(t, next.Close())
	if list, err := os.ReadDir(root); err != nil || len(list) > 0 {
		t.Errorf("%v, %v", list, err)
	}
}

// TestNothingSavedIsWiped before it was taken: it stays, is counted, and is there for
// the next start. Only who erases the replica wipes it. No error names the file.
func TestNothingSavedIsWiped(t *testing.T) {
	root, opened := filepath.Join(t.TempDir(), "opened"), make(chan string, 1)
	d, err := outside.New(root, func(path string) error { opened <- path; return nil }, refusing)
	ok(t, err)
	ok(t, d.Open(named("山田太郎.txt"), []byte("初め")))
	ok(t, os.WriteFile(<-opened, []byte("直した"), 0o600))
	for _, end := range []func() error{d.Wipe, d.Close} {
		if err := end(); err == nil || strings.Contains(err.Error(), "山田") || d.Left() != 1 {
			t.Errorf("%v, %d left", err, d.Left())
		}
	}
	next, err := outside.New(root, none, refusing)
	ok(t, err)
	ok(t, next.Discard("r2"))
	if next.Left() != 1 {
		t.Error("wiped for another replica")
	}
	ok(t, next.Discard("r1"))
	ok(t, next.Close())
	if files := left(t, root); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
}

// TestNoProgramForIt leaves no copy.
func TestNoProgramForIt(t *testing.T) {
	root := filepath.Join(t.TempDir(), "opened")
	nothing := &fs.PathError{Op: "start", Path: root + "/山田太郎.bin", Err: errors.ErrUnsupported}
	d, err := outside.New(root, func(string) error { return nothing }, refusing)
	ok(t, err)
	if err := d.Open(named("山田太郎.bin"), []byte("秘密")); !errors.Is(err, errors.ErrUnsupported) || strings.Contains(err.Error(), "山田") {
		t.Errorf("got %v", err)
	}
	if files := left(t, root); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
	ok(t, d.Close())
}
