package scan

import (
	"os"
	"path/filepath"
	"testing"
)

// TestReaders: everyone may read a file whose mode says so, in folders that everyone
// may go into.
func TestReaders(t *testing.T) {
	top, err := os.MkdirTemp("", "readers") // that of the test itself is its owner's alone
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(top) })
	for name, mode := range map[string]os.FileMode{"open/a.txt": 0o644, "open/b.txt": 0o640, "shut/c.txt": 0o644, "shut/in/d.txt": 0o644} {
		if err := os.Chmod(write(t, top, name, "本文"), mode); err != nil {
			t.Fatal(err)
		}
	}
	zipped := write(t, top, "open/e.zip", lockedZIP(t))
	for path, mode := range map[string]os.FileMode{top: 0o755, filepath.Join(top, "open"): 0o755, filepath.Join(top, "shut"): 0o750, zipped: 0o644} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]Readers{"open/a.txt": Everyone, "open/b.txt": Named, "shut/c.txt": Named, "shut/in/d.txt": Named, "open/e.zip": Everyone, "open/e.zip!/a.txt": Everyone}
	m := &remembered{found: map[string]Found{}}
	for range 2 {
		lines, _ := scanned(t, top, Options{Memory: m})
		for name, r := range want {
			if lines[name].Readers != r {
				t.Errorf("%s: %q, want %q", name, lines[name].Readers, r)
			}
		}
	}
	below, _ := scanned(t, filepath.Join(top, "shut", "in"), Options{})
	if r := below["d.txt"].Readers; r != Named {
		t.Errorf("below a folder that is shut: %q", r)
	}
	if err := os.Chmod(filepath.Join(top, "shut"), 0o755); err != nil {
		t.Fatal(err)
	}
	if lines, _ := scanned(t, top, Options{Memory: m}); lines["shut/c.txt"].Readers != Everyone {
		t.Errorf("after its folder was opened: %+v", lines["shut/c.txt"])
	}
}
