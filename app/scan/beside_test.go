package scan

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"daicho/app/extract"
)

func TestNamesPassword(t *testing.T) {
	for name, want := range map[string]bool{
		"パスワード.txt": true, "ﾊﾟｽﾜｰﾄﾞ通知.docx": true, "Password_0401.TXT": true, "\x83\x70\x83\x58\x83\x8f\x81\x5b\x83\x68.txt": true,
		"passwd": true, "名簿.txt": false, "password.zip": false, "compass.txt": false, "": false,
	} {
		if got := namesPassword(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// lockedZIP is an archive with one entry that says that it is encrypted.
func lockedZIP(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.CreateRaw(&zip.FileHeader{Name: "a.txt", Method: 99, Flags: 1}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPasswordBeside: what is locked is told with the file that may open it.
func TestPasswordBeside(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "with/a.zip", lockedZIP(t))
	write(t, dir, "with/パスワード.txt", "x")
	write(t, dir, "without/a.zip", lockedZIP(t))
	lines, _ := scanned(t, dir, Options{})
	for path, want := range map[string]extract.Note{
		"with/a.zip": extract.NotePasswordBeside, "with/a.zip!/a.txt": extract.NotePasswordBeside,
		"with/パスワード.txt": "", "without/a.zip": "",
	} {
		if l, ok := lines[path]; !ok || l.Note != want {
			t.Errorf("%s: %+v, want %q", path, l, want)
		}
	}
}

// TestPasswordBesideOne: a file that is named alone has its neighbours, too.
func TestPasswordBesideOne(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.zip", lockedZIP(t))
	write(t, dir, "パスワード.txt", "x")
	if lines, _ := scanned(t, path, Options{}); len(lines) != 2 || lines[path].Note != extract.NotePasswordBeside {
		t.Errorf("%+v", lines)
	}
}

// remembered is a Memory that lasts as long as the test.
type remembered struct {
	mu    sync.Mutex
	found map[string]Found
}

func (m *remembered) Recall(path string, _ Stamp) (Found, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, known := m.found[path]
	return f, known, nil
}

func (m *remembered) Keep(path string, _ Stamp, f Found) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.found[path] = f
	return nil
}

// TestPasswordPutBeside: an archive that is known from before is told anew with what
// lies beside it by now.
func TestPasswordPutBeside(t *testing.T) {
	dir, m := t.TempDir(), &remembered{found: map[string]Found{}}
	write(t, dir, "a.zip", lockedZIP(t))
	for i, want := range []extract.Note{"", extract.NotePasswordBeside, ""} {
		password := filepath.Join(dir, "password.txt")
		if i == 1 {
			write(t, dir, "password.txt", "x")
		} else if err := os.RemoveAll(password); err != nil {
			t.Fatal(err)
		}
		lines, sum := scanned(t, dir, Options{Memory: m})
		if got := lines["a.zip"].Note; got != want || i > 0 && sum.Known == 0 {
			t.Errorf("scan %d: %q, want %q (%+v)", i+1, got, want, sum)
		}
	}
}
