package demo

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

var rewrite = flag.Bool("rewrite", false, "write the locked samples anew")

func hashesOf(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	found := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		found[filepath.ToSlash(rel)] = sha256.Sum256(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestShareIsTheSameEveryTime(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	expected, err := WriteShare(a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := WriteShare(b); err != nil {
		t.Fatal(err)
	}
	first, second := hashesOf(t, a), hashesOf(t, b)
	for path, h := range first {
		if second[path] != h {
			t.Errorf("%s differs between runs", path)
		}
	}
	if n := len(first); n < 30 || n > 45 {
		t.Errorf("the share has %d files, want 30 to 45", n)
	}
	told := map[string]bool{}
	for _, e := range expected {
		told[e.Path] = true
	}
	for path := range first {
		if !told[path] {
			t.Errorf("nothing is expected of %s", path)
		}
	}
}

func TestShareTimes(t *testing.T) {
	dir := t.TempDir()
	if _, err := WriteShare(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "市民課", "窓口混雑状況.csv"))
	if err != nil || !info.ModTime().Equal(shareTime) {
		t.Errorf("changed %v, want %v (%v)", info.ModTime(), shareTime, err)
	}
}

// locked lists the embedded workbooks with what was put into them.
var lockedSheets = map[string]sheet{
	"locked-arrears.xlsx":  {"滞納整理", residents(400, 12), nil},
	"locked-benefits.xlsx": {"給付", cardRows(420, 10), nil},
}

func TestLockedSamples(t *testing.T) {
	for name, s := range lockedSheets {
		if *rewrite {
			writeLocked(t, "samples/"+name, s)
		}
		b, err := sample(name)()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := excelize.OpenReader(bytes.NewReader(b)); err == nil {
			t.Errorf("%s opens without a password", name)
		}
		f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{Password: zipPassword})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		rows, err := f.GetRows(s.name)
		if err != nil || len(rows) != len(s.cells) || !slices.Equal(rows[0], s.cells[0]) {
			t.Errorf("%s holds %v, want %v (%v)", name, rows, s.cells, err)
		}
	}
}

func writeLocked(t *testing.T, path string, s sheet) {
	t.Helper()
	b, err := workbook(s)()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path, excelize.Options{Password: zipPassword}); err != nil {
		t.Fatal(err)
	}
}

// TestIndividualNumbers compares with examples computed by hand from the rule.
func TestIndividualNumbers(t *testing.T) {
	seen := map[string]bool{}
	for n := range 1000 {
		number := individualNumber(n)
		if len(number) != 12 || seen[number] {
			t.Fatalf("number %d is %q: not new, or not of 12 digits", n, number)
		}
		seen[number] = true
	}
	if got := individualNumber(0)[0]; got != '0' {
		t.Errorf("the first of every nine begins with %c, want 0", got)
	}
}
