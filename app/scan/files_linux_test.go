package scan

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"daicho/app/extract"
)

// TestOddFiles: what is no regular file is told, and never opened: opening a
// FIFO would wait for ever.
func TestOddFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "個人番号 123456789018")
	outside := write(t, t.TempDir(), "outside.txt", "個人番号 123456789018")
	if err := errors.Join(
		syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o600),
		os.Symlink(outside, filepath.Join(dir, "link")),
		os.Symlink(dir, filepath.Join(dir, "loop")),
		os.Symlink("nowhere", filepath.Join(dir, "dangling")),
	); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	lines, sum := scanned(t, dir, Options{})
	for name, reason := range map[string]extract.Reason{
		"fifo": reasonSpecial, "socket": reasonSpecial, "link": reasonLink, "loop": reasonLink, "dangling": reasonLink,
	} {
		if l := lines[name]; l.Scanned != extract.Unscannable || l.Reason != reason || len(l.Findings) != 0 {
			t.Errorf("%s: %+v, want unscannable (%s)", name, l, reason)
		}
	}
	if sum.Files != 6 || sum.Exposed != 1 {
		t.Errorf("summary %+v, want 6 files, one exposed", sum)
	}
}

// TestAccessTimeIsKept sets a time so old that reading would renew it.
func TestAccessTimeIsKept(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.txt", "本文")
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	scanned(t, dir, Options{})
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if s := info.Sys().(*syscall.Stat_t); s.Atim.Sec != old.Unix() {
		t.Errorf("access time is %v, want %v", time.Unix(s.Atim.Sec, 0), old)
	}
}

// TestDenied walks as a user who may not read everything: the thread gives up
// root's way with files, if it has it, for the time of the walk.
func TestDenied(t *testing.T) {
	dir := t.TempDir()
	shut := filepath.Join(dir, "shut")
	file := write(t, dir, "secret.txt", "x")
	write(t, shut, "inner.txt", "x")
	for p := dir; len(p) > len(os.TempDir()); p = filepath.Dir(p) {
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []string{shut, file} {
		if err := os.Chmod(p, 0); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(shut, 0o700)

	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Setfsuid(65534); err != nil {
		t.Fatal(err)
	}
	defer unix.Setfsuid(os.Geteuid())

	r := newRunner(Options{})
	got := map[string]extract.Reason{}
	(&walker{Local{}, &Options{}}).walk(context.Background(), []string{dir}, func(task *task) bool {
		f, err := r.scan(context.Background(), task)
		if err != nil {
			t.Error(err)
		}
		lines := f.Lines
		got[filepath.Base(lines[0].Path)] = lines[0].Reason
		if lines[0].Scanned != extract.Failed {
			t.Errorf("%+v", lines[0])
		}
		return true
	})
	if got["shut"] != reasonDenied || got["secret.txt"] != reasonDenied || len(got) != 2 {
		t.Errorf("got %v, want both denied", got)
	}
}
