package scan

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app/demo"
	"daicho/app/detect"
	"daicho/app/extract"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMissingPath(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, "a.txt", "x")
	var lines []Line
	_, err := Run(context.Background(), Options{Paths: []string{dir + "/none", file}}, func(l Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil || len(lines) != 2 {
		t.Fatalf("%v, %v", lines, err)
	}
	if l := lines[0]; l.Scanned != extract.Failed || l.Reason != reasonNotFound || l.Findings == nil {
		t.Errorf("missing: %+v", l)
	}
	if l := lines[1]; l.Scanned != extract.Full || l.Path != filepath.ToSlash(file) {
		t.Errorf("a file given by its path: %+v", l)
	}
}

func TestOrderIsThatOfNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b/2.txt", "b/1.txt", "a.txt", "c.txt", "b.txt", "あ.txt"} {
		write(t, dir, name, strings.Repeat("本文\n", len(name)*1000))
	}
	var got []string
	_, err := Run(context.Background(), Options{Paths: []string{dir}, Workers: 4}, func(l Line) error {
		got = append(got, strings.TrimPrefix(l.Path, dir+"/"))
		return nil
	})
	want := []string{"a.txt", "b/1.txt", "b/2.txt", "b.txt", "c.txt", "あ.txt"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, want %v (%v)", got, want, err)
	}
}

func TestNamesInCP932(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "\x96\xbc\x95\xeb.txt", "x")
	lines, _ := scanned(t, dir, Options{})
	if _, ok := lines["名簿.txt"]; !ok {
		t.Errorf("the name was not decoded: %v", lines)
	}
}

func TestEndOfRun(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		write(t, dir, name, "本文")
	}
	enough := errors.New("enough")
	n := 0
	_, err := Run(context.Background(), Options{Paths: []string{dir}}, func(Line) error { n++; return enough })
	if !errors.Is(err, enough) || n != 1 {
		t.Errorf("stopped after %d lines with %v, want after 1", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	sum, err := Run(ctx, Options{Paths: []string{dir}}, func(Line) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) || sum.Files == 3 {
		t.Errorf("cancelled: %+v, %v", sum, err)
	}
}

func TestProgress(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x/a.txt", "12345")
	write(t, dir, "y/b.txt", "123")
	var told []Progress
	scanned(t, dir, Options{Progress: func(p Progress) { told = append(told, p) }})
	want := []Progress{{1, 5, filepath.Join(dir, "x")}, {2, 8, filepath.Join(dir, "y")}}
	if !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

// TestFileTime: a file that takes too long is told as partial, and the others
// are read.
func TestFileTime(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "本文")
	lines, _ := scanned(t, dir, Options{FileTime: time.Nanosecond})
	if l := lines["a.txt"]; l.Scanned != extract.Partial || l.Reason != extract.ReasonTime {
		t.Errorf("got %+v", l)
	}
}

func TestChangedFile(t *testing.T) {
	path := write(t, t.TempDir(), "a.txt", "本文")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	found, err := newRunner(Options{}).read(context.Background(), path, f, before)
	lines := found.Lines
	if err != nil || lines[0].Scanned != extract.Partial || lines[0].Reason != reasonChanged {
		t.Errorf("got %+v (%v)", lines, err)
	}
}

// TestNothingLeaks: no value of the share is in what a scan says.
func TestNothingLeaks(t *testing.T) {
	dir := t.TempDir()
	if _, err := demo.WriteShare(dir); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := Run(context.Background(), Options{Paths: []string{dir}}, WriteNDJSON(&b)); err != nil {
		t.Fatal(err)
	}
	out := strings.ReplaceAll(b.String(), filepath.ToSlash(dir), "")
	if found := regexp.MustCompile(`\d{7,}|\d-\d{4}|@|葉月 見本`).FindString(out); found != "" {
		t.Errorf("the output holds %q", found)
	}
}

func TestExposed(t *testing.T) {
	sure := []detect.Finding{{Kind: detect.Phone, Count: 1, Confidence: detect.Medium}}
	unsure := []detect.Finding{{Kind: detect.Phone, Count: 1, Confidence: detect.Low}}
	for _, c := range []struct {
		line Line
		want bool
	}{
		{Line{Protection: extract.ProtectNone, Findings: sure}, true},
		{Line{Protection: extract.ProtectPartial, Findings: sure}, true},
		{Line{Protection: extract.ProtectUnknown, Findings: sure}, true},
		{Line{Protection: extract.ProtectPassword, Findings: sure}, false},
		{Line{Protection: extract.ProtectKey, Findings: sure}, false},
		{Line{Protection: extract.ProtectNone, Findings: unsure}, false},
		{Line{Protection: extract.ProtectNone}, false},
	} {
		if got := c.line.Exposed(); got != c.want {
			t.Errorf("%+v: %v, want %v", c.line, got, c.want)
		}
	}
}

func TestReasons(t *testing.T) {
	for err, want := range map[error]extract.Reason{
		fs.ErrPermission: reasonDenied, fs.ErrNotExist: reasonNotFound, errors.New("x"): reasonFolder,
	} {
		if got := reasonOf(err, reasonFolder); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

// TestExclude: names are left out at any depth, but not what was named itself.
func TestExclude(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.iso", "cache/c.txt", "d/cache/e.txt", "d/f.txt"} {
		write(t, dir, name, "本文")
	}
	lines, _ := scanned(t, dir, Options{Exclude: []string{"*.iso", "cache", "["}})
	if names := slices.Sorted(maps.Keys(lines)); !slices.Equal(names, []string{"a.txt", "d/f.txt"}) {
		t.Errorf("got %v", names)
	}
	lines, _ = scanned(t, filepath.Join(dir, "cache"), Options{Exclude: []string{"cache"}})
	if len(lines) != 1 {
		t.Errorf("a folder that was named gave %v", lines)
	}
}

// TestMeasure: what is counted before is what a scan then meets.
func TestMeasure(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.iso", "cache/c.txt", "d/e.txt"} {
		write(t, dir, name, "本文")
	}
	o := Options{Paths: []string{dir, dir + "/none"}, Exclude: []string{"*.iso"}}
	e, err := Measure(t.Context(), o)
	sum, failed := Run(t.Context(), o, func(Line) error { return nil })
	if err != nil || failed != nil || e.Files != 4 || e.Files != sum.Files || e.Bytes != sum.Bytes {
		t.Errorf("counted %+v (%v), met %+v (%v)", e, err, sum, failed)
	}
}
