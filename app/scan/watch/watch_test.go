package watch

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"daicho/app/scan/polite"
)

var clock = polite.Clock{Now: time.Now, Sleep: func(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}}

// seen is what a watcher had scanned.
type seen struct {
	mu    sync.Mutex
	walks int
	paths []string
	told  []Trouble
}

func (s *seen) walk(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.walks++
	return nil
}

func (s *seen) scan(_ context.Context, paths []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range paths {
		if _, err := os.Lstat(p); err == nil {
			s.paths = append(s.paths, p)
		}
	}
	return nil
}

func (s *seen) tell(t Trouble) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, t)
}

// has waits until something is so.
func (s *seen) has(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		done := so()
		s.mu.Unlock()
		if done {
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t.Fatalf("%s did not come: %d walks, %q, %q", what, s.walks, s.paths, s.told)
}

// watched runs a watcher over a folder until the test ends.
func watched(t *testing.T, dir string, every time.Duration) *seen {
	t.Helper()
	s := &seen{}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- Run(ctx, Options{Paths: []string{dir}, Quiet: 40 * time.Millisecond, Every: every, Clock: clock, Walk: s.walk, Scan: s.scan, Tell: s.tell,
			Leaves: func(name string, _ bool) bool { return strings.HasPrefix(name, "~") },
			Own:    func(path string) bool { return strings.HasSuffix(path, ".memory") }})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
	s.has(t, "the first walk", func() bool { return s.walks == 1 })
	return s
}

func write(t *testing.T, path string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("本文"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestChanges: files that are made, written, moved in or lie in new folders are
// scanned; what is left out, of the scan itself, a link, or gone again is not.
func TestChanges(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	old := write(t, filepath.Join(dir, "課", "古い.txt"))
	moved := write(t, filepath.Join(outside, "持込", "中", "名簿.txt"))
	s := watched(t, dir, time.Hour)
	write(t, old)
	write(t, filepath.Join(dir, "新.txt"))
	write(t, filepath.Join(dir, "~lock"))
	write(t, filepath.Join(dir, "~folder", "a.txt"))
	write(t, filepath.Join(dir, "x.memory"))
	if err := os.Remove(write(t, filepath.Join(dir, "gone.txt"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(moved, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Dir(filepath.Dir(moved)), filepath.Join(dir, "持込")); err != nil {
		t.Fatal(err)
	}
	want := []string{old, filepath.Join(dir, "持込", "中", "名簿.txt"), filepath.Join(dir, "新.txt")}
	slices.Sort(want)
	s.has(t, "the three", func() bool {
		got := slices.Clone(s.paths)
		slices.Sort(got)
		return slices.Equal(slices.Compact(got), want)
	})
	late := write(t, filepath.Join(dir, "持込", "中", "後.txt"))
	s.has(t, "a file in a folder that was moved in", func() bool { return slices.Contains(s.paths, late) })
	if s.walks != 1 {
		t.Errorf("%d walks", s.walks)
	}
}

// TestQuiet: a file that is still written to is left alone.
func TestQuiet(t *testing.T) {
	w := &watcher{Options: Options{Quiet: time.Minute}, dirty: map[string]time.Time{}}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	w.Clock.Now = func() time.Time { return now }
	w.touch("a")
	now = now.Add(50 * time.Second)
	w.touch("a")
	w.touch("b")
	now = now.Add(59 * time.Second)
	if got := w.settled(now); got != nil {
		t.Errorf("%q too early", got)
	}
	if got := w.settled(now.Add(time.Second)); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("%q, want both", got)
	}
	if got := w.settled(now.Add(time.Hour)); got != nil {
		t.Errorf("%q twice", got)
	}
}

// TestEvery: everything is walked from time to time, whatever the system tells.
func TestEvery(t *testing.T) {
	s := watched(t, t.TempDir(), 30*time.Millisecond)
	s.has(t, "a third walk", func() bool { return s.walks >= 3 })
}

// TestOverflow: where events were lost, everything is walked.
func TestOverflow(t *testing.T) {
	s := &seen{}
	w := &watcher{Options: Options{Tell: s.tell}}
	w.failed(fsnotify.ErrEventOverflow)
	w.failed(fsnotify.ErrEventOverflow)
	if !w.missed() || w.missed() || !slices.Equal(s.told, []Trouble{Overflow}) {
		t.Errorf("missed %v, told %q", w.miss, s.told)
	}
}

// TestFolderGone: a folder that vanishes is told, and watched again when it is back.
func TestFolderGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share")
	write(t, filepath.Join(dir, "a.txt"))
	s := watched(t, dir, 50*time.Millisecond)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	s.has(t, "the trouble", func() bool { return slices.Contains(s.told, FolderOff) })
	write(t, filepath.Join(dir, "b.txt"))
	s.has(t, "a walk", func() bool { return s.walks > 3 })
	var written time.Time
	s.has(t, "a change", func() bool {
		if time.Since(written) > 300*time.Millisecond { // again, until the folder is watched; it must be left alone, too
			written = time.Now()
			write(t, filepath.Join(dir, "c.txt"))
		}
		return slices.Contains(s.paths, filepath.Join(dir, "c.txt"))
	})
}

// TestLinkedFolder: a folder that is named by a link is watched with all below it.
func TestLinkedFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "share", "課", "係", "a.txt"))
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "share"), link); err != nil {
		t.Fatal(err)
	}
	s := watched(t, link, time.Hour)
	changed := write(t, filepath.Join(link, "課", "係", "b.txt"))
	s.has(t, "a file deep below the link", func() bool { return slices.Contains(s.paths, changed) })
}
