package bring_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"daicho/ui/kit/bring"
)

func put(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestLook: a folder tells its files without those that programs hide, a name of Windows
// is read, and what is not there says why without keeping the others.
func TestLook(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "契約", "計画.pdf"), "12345")
	put(t, filepath.Join(dir, "契約", "別紙", "表.csv"), "1")
	put(t, filepath.Join(dir, "契約", ".git", "x"), "1")
	put(t, filepath.Join(dir, "契約", "Thumbs.db"), "1")
	put(t, filepath.Join(dir, "契約", "~計画.pdf"), "1")
	old, err := japanese.ShiftJIS.NewEncoder().String("旧帳票.txt")
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, old), "1")
	put(t, filepath.Join(dir, "\xff\xfe.txt"), "1")
	items, err := bring.Look(context.Background(), []string{filepath.Join(dir, "契約"), filepath.Join(dir, old), filepath.Join(dir, "\xff\xfe.txt"), filepath.Join(dir, "ない.txt")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range items {
		line := i.Name
		for _, f := range i.Files {
			line += " " + f.Name
		}
		if i.Why != nil {
			line += " !"
		}
		got = append(got, line)
	}
	want := "契約 表.csv 計画.pdf\n旧帳票.txt 旧帳票.txt\n??.txt !\nない.txt !"
	if strings.Join(got, "\n") != want && strings.Join(got, "\n") != strings.Replace(want, "??", "?", 1) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}
