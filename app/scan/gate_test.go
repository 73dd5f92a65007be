package scan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daicho/app/extract"
)

// slow is a gate at which reading waits.
type slow struct {
	wait         time.Duration
	files, bytes atomic.Int64
}

func (s *slow) Wait(ctx context.Context) error { return ctx.Err() }

func (s *slow) File(ctx context.Context) error {
	s.files.Add(1)
	return ctx.Err()
}

func (s *slow) Bytes(ctx context.Context, n int) (time.Duration, error) {
	s.bytes.Add(int64(n))
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(s.wait):
		return s.wait, nil
	}
}

// TestWaitingIsNoFileTime: a file may wait for longer than it may take to be read.
func TestWaitingIsNoFileTime(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", strings.Repeat("本文です。\n", 100))
	g := &slow{wait: 1500 * time.Millisecond}
	lines, _ := scanned(t, dir, Options{Gate: g, FileTime: time.Second})
	if l := lines["a.txt"]; l.Scanned != extract.Full {
		t.Errorf("%+v", l)
	}
	if g.files.Load() != 1 || g.bytes.Load() < lines["a.txt"].Size {
		t.Errorf("%d files and %d bytes went through the gate", g.files.Load(), g.bytes.Load())
	}
}

// TestEndWhileWaiting: a scan that is ended does not wait on.
func TestEndWhileWaiting(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "本文")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := Run(ctx, Options{Paths: []string{dir}, Gate: &slow{wait: time.Hour}}, func(l Line) error {
		t.Errorf("%+v was told", l)
		return nil
	})
	if err == nil {
		t.Error("it ended well")
	}
}

// lostFiles are files whose reading ends as on a share that does not answer.
type lostFiles struct{ Local }

func (lostFiles) Open(path string) (File, error) {
	f, err := Local{}.Open(path)
	return lostFile{f}, err
}

type lostFile struct{ File }

func (lostFile) ReadAt([]byte, int64) (int, error) {
	return 0, fmt.Errorf("%w: %w", ErrLost, context.Canceled)
}

// TestLostFile: a share that gives up with the error of its own context loses the
// file, and the scan goes on.
func TestLostFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "本文")
	write(t, dir, "b.zip", lockedZIP(t))
	lines, _ := scanned(t, dir, Options{Files: lostFiles{}})
	for _, name := range []string{"a.txt", "b.zip"} {
		if l := lines[name]; l.Scanned != extract.Failed || l.Reason != reasonLost {
			t.Errorf("%+v", l)
		}
	}
}

// refusing are files that open, and whose first reading fails.
type refusing struct {
	Local
	with error
}

func (r *refusing) Open(path string) (File, error) {
	f, err := r.Local.Open(path)
	return failingFile{f, r.with}, err
}

type failingFile struct {
	File
	with error
}

func (f failingFile) ReadAt([]byte, int64) (int, error) { return 0, f.with }

// TestFailedReadingIsNotRemembered: who is refused today may read the file tomorrow,
// and it has not changed by then.
func TestFailedReadingIsNotRemembered(t *testing.T) {
	for _, err := range []error{fs.ErrPermission, fs.ErrNotExist, ErrLost, errors.New("input/output error")} {
		dir, m := t.TempDir(), &remembered{found: map[string]Found{}}
		write(t, dir, "a.txt", "本文")
		if lines, _ := scanned(t, dir, Options{Files: &refusing{with: err}, Memory: m}); lines["a.txt"].Scanned != extract.Failed {
			t.Errorf("%v: %+v", err, lines["a.txt"])
		}
		if lines, _ := scanned(t, dir, Options{Memory: m}); lines["a.txt"].Scanned != extract.Full {
			t.Errorf("%v: remembered as %+v", err, lines["a.txt"])
		}
	}
}

// fleeting are files of which a folder vanishes as soon as it was listed, and one grows
// as it is opened.
type fleeting struct{ Local }

func (fleeting) ReadDir(folder string) ([]fs.DirEntry, error) {
	list, err := Local{}.ReadDir(folder)
	if filepath.Base(folder) == "gone" {
		err = errors.Join(err, os.RemoveAll(folder))
	}
	return list, err
}

func (fleeting) Open(path string) (File, error) {
	f, err := Local{}.Open(path)
	if filepath.Base(path) == "grows.txt" {
		return growing{f, path}, err
	}
	return f, err
}

type growing struct {
	File
	path string
}

func (g growing) ReadAt(b []byte, at int64) (int, error) {
	n, err := g.File.ReadAt(b, at)
	f, other := os.OpenFile(g.path, os.O_APPEND|os.O_WRONLY, 0)
	if other != nil {
		return n, other
	}
	_, other = f.WriteString("まだ続きます。\n")
	return n, cmp.Or(err, other, f.Close())
}

// TestFleeting: what vanishes or changes under a scan is told, and not remembered.
func TestFleeting(t *testing.T) {
	dir, m := t.TempDir(), &remembered{found: map[string]Found{}}
	for _, name := range []string{"gone/a.txt", "gone/below/b.txt", "grows.txt", "stays.txt"} {
		write(t, dir, name, "本文")
	}
	lines, _ := scanned(t, dir, Options{Files: fleeting{}, Memory: m})
	for name, want := range map[string]extract.Reason{"gone/a.txt": reasonNotFound, "gone/below": reasonNotFound, "grows.txt": reasonChanged, "stays.txt": ""} {
		if l, told := lines[name]; !told || l.Reason != want {
			t.Errorf("%s: %+v, want %q", name, l, want)
		}
	}
	if len(m.found) != 1 {
		t.Errorf("remembered are %v", m.found)
	}
}

// TestInclude: of the files in folders those with such names are read.
func TestInclude(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.xlsx", "c/d.xlsx", "c/e.iso"} {
		write(t, dir, name, "本文")
	}
	lines, sum := scanned(t, dir, Options{Include: []string{"*.xlsx", "*.iso"}, Exclude: []string{"*.iso"}})
	if _, ok := lines["c/d.xlsx"]; sum.Files != 2 || !ok {
		t.Errorf("%+v", lines)
	}
	if lines, _ := scanned(t, dir+"/a.txt", Options{Include: []string{"*.xlsx"}}); len(lines) != 1 {
		t.Errorf("a file that was named gave %v", lines)
	}
}
