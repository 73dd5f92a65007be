package scan

import (
	"archive/zip"
	"bytes"
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

// TestPasswordBeside: what is locked is told with the file that may open it.
func TestPasswordBeside(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.CreateRaw(&zip.FileHeader{Name: "a.txt", Method: 99, Flags: 1}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "with/a.zip", b.String())
	write(t, dir, "with/パスワード.txt", "x")
	write(t, dir, "without/a.zip", b.String())
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
