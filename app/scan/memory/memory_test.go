package memory_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"daicho/app/detect"
	"daicho/app/extract"
	"daicho/app/scan"
	"daicho/app/scan/memory"
	"daicho/store/vfs"
)

var key = [32]byte{1}

func open(t *testing.T, path, program string) *memory.Memory {
	t.Helper()
	m, err := memory.Open(path, key, program)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestRecall: a file is known as it was, by the same program, and in no other way.
func TestRecall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	m := open(t, path, "1")
	as := scan.Stamp{Size: 3, Modified: 4, Changed: 5, File: 1 << 63, Device: 7}
	found := scan.Found{Rules: `{"matchers":1}`, Traces: []byte("[]\n\x00"), Lines: []scan.Line{{Path: "a.zip", Findings: []detect.Finding{}},
		{Path: "a.zip!/b", Size: 2, Scanned: extract.Full, Findings: []detect.Finding{{Kind: detect.Phone, Count: 2, Confidence: detect.High}}}}}
	ok(t, m.Keep("a.zip", as, found))
	ok(t, m.Close())
	m = open(t, path, "1")
	got, known, err := m.Recall("a.zip", as)
	if ok(t, err); !known || !reflect.DeepEqual(got, found) {
		t.Errorf("recalled %+v, want %+v", got, found)
	}
	for name, other := range map[string]scan.Stamp{
		"size": {Size: 4, Modified: 4, Changed: 5, File: 1 << 63, Device: 7}, "modified": {Size: 3, Modified: 5, Changed: 5, File: 1 << 63, Device: 7},
		"changed": {Size: 3, Modified: 4, Changed: 6, File: 1 << 63, Device: 7}, "file": {Size: 3, Modified: 4, Changed: 5, File: 2, Device: 7},
		"device": {Size: 3, Modified: 4, Changed: 5, File: 1 << 63, Device: 8},
	} {
		if _, known, err := m.Recall("a.zip", other); known || err != nil {
			t.Errorf("with another %s it is known (%v)", name, err)
		}
	}
	if _, known, err := m.Recall("b.zip", as); known || err != nil {
		t.Errorf("a file that was never there is known (%v)", err)
	}
	ok(t, m.Close())
	if _, known, err := open(t, path, "2").Recall("a.zip", as); known || err != nil {
		t.Errorf("by another program it is known (%v)", err)
	}
}

// TestForget: what a whole scan did not meet is let go of.
func TestForget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	m := open(t, path, "1")
	for i := range 1200 {
		ok(t, m.Keep(fmt.Sprint(i), scan.Stamp{Size: int64(i)}, scan.Found{}))
	}
	ok(t, m.Close())
	m = open(t, path, "1")
	for i := range 600 {
		_, known, err := m.Recall(fmt.Sprint(2*i), scan.Stamp{Size: int64(2 * i)})
		if ok(t, err); !known {
			t.Fatal(2 * i)
		}
	}
	ok(t, m.Keep("1", scan.Stamp{Size: 77}, scan.Found{}))
	ok(t, m.Forget(t.Context()))
	for i := range 1200 {
		_, known, err := m.Recall(fmt.Sprint(i), scan.Stamp{Size: int64(i)})
		if ok(t, err); known != (i%2 == 0) {
			t.Errorf("%d is known: %v", i, known)
		}
	}
	if _, known, err := m.Recall("1", scan.Stamp{Size: 77}); !known || err != nil {
		t.Errorf("a file that was kept since is gone (%v)", err)
	}
}

func TestOtherKeyAndNoMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	ok(t, open(t, path, "1").Close())
	if _, err := memory.Open(path, [32]byte{2}, "1"); !vfs.WrongKey(err) {
		t.Errorf("another key: %v", err)
	}
	ok(t, os.WriteFile(path, []byte("no memory at all"), 0o600))
	if _, err := memory.Open(path, key, "1"); err == nil {
		t.Error("a text was opened")
	}
}

// TestScanAgain: the second scan opens what changed and nothing else, tells the same
// of the rest, and a scan that was ended goes on where it was.
func TestScanAgain(t *testing.T) {
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "memory")
	for i := range 700 {
		ok(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.txt", i)), []byte("個人番号 123456789018"), 0o600))
	}
	stopped := errors.New("stopped")
	n := 0
	_, err := scanned(t, path, dir, func(scan.Line) error {
		if n++; n > 600 {
			return stopped
		}
		return nil
	})
	if !errors.Is(err, stopped) {
		t.Fatal(err)
	}
	first, err := scanned(t, path, dir, func(scan.Line) error { return nil })
	if ok(t, err); first.Known < 600 || first.Files != 700 {
		t.Errorf("the second scan: %+v", first)
	}
	ok(t, os.WriteFile(filepath.Join(dir, "007.txt"), []byte("個人番号 123456789018\n電話 090-1234-5678"), 0o600))
	ok(t, os.WriteFile(filepath.Join(dir, "new.txt"), []byte("本文"), 0o600))
	kinds := 0
	again, err := scanned(t, path, dir, func(l scan.Line) error {
		if strings.HasSuffix(l.Path, "007.txt") {
			kinds = len(l.Findings)
		}
		return nil
	})
	if ok(t, err); again.Known != 699 || again.Files != 701 || again.Exposed != 700 || kinds != 2 {
		t.Errorf("the third scan: %+v, %d kinds in the changed file", again, kinds)
	}
}

// scanned is one run of the program, which may end on the way.
func scanned(t *testing.T, path, dir string, each func(scan.Line) error) (scan.Summary, error) {
	t.Helper()
	m := open(t, path, "1")
	defer m.Close()
	return scan.Run(context.Background(), scan.Options{Paths: []string{dir}, Memory: m}, each)
}

// TestNothingIsOpen: neither a path nor a kind can be read in the file.
func TestNothingIsOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	m := open(t, path, "1")
	ok(t, m.Keep("個人番号一覧/見本花子.xlsx", scan.Stamp{}, scan.Found{Lines: []scan.Line{{Path: "個人番号一覧/見本花子.xlsx", Findings: []detect.Finding{{Kind: detect.IndividualNumber}}}}}))
	ok(t, m.Close())
	files, err := filepath.Glob(path + "*")
	ok(t, err)
	for _, f := range files {
		b, err := os.ReadFile(f)
		ok(t, err)
		if s := string(b); strings.Contains(s, "見本") || strings.Contains(s, string(detect.IndividualNumber)) || strings.Contains(s, "seen") {
			t.Errorf("%s is readable", f)
		}
	}
}
