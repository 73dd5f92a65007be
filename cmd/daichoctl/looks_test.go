package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/japanese"

	"daicho/app/demo"
	"daicho/app/scan"
)

// squeezed looks for a text where line breaks and blanks do not count: squeezed FILE TEXT.
func squeezed(ts *testscript.TestScript, neg bool, args []string) {
	text := strings.Join(strings.Fields(ts.ReadFile(args[0])), "")
	if strings.Contains(text, args[1]) == neg {
		ts.Fatalf("%q in %q: %t", args[1], text, !neg)
	}
}

// everyIn says whether a file holds every character of a text: everyin FILE TEXT.
func everyIn(ts *testscript.TestScript, _ bool, args []string) {
	text, n := ts.ReadFile(args[0]), 0
	for _, r := range args[1] {
		n++
		if !strings.ContainsRune(text, r) {
			ts.Fatalf("U+%04X %c is not in %s", r, r, args[0])
		}
	}
	if n < 10_000 {
		ts.Fatalf("only %d characters", n)
	}
}

// readJSON puts a part of a JSON text into a variable, or compares it:
// json FILE PATH NAME, json FILE PATH = VALUE. A path is names and indexes
// with dots between; len is the length.
func readJSON(ts *testscript.TestScript, neg bool, args []string) {
	var v any
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	d.UseNumber()
	ts.Check(d.Decode(&v))
	if d.More() {
		ts.Fatalf("%s holds more than one JSON value", args[0])
	}
	got := fmt.Sprint(walk(ts, v, args[1]))
	switch {
	case len(args) == 3:
		ts.Setenv(args[2], got)
	case (got == args[3]) == neg:
		ts.Fatalf("%s is %q, not as wanted: %q", args[1], got, args[3])
	}
}

// item is the first of a list in which a key has a value.
func item(ts *testscript.TestScript, list []any, key, want string) any {
	for _, one := range list {
		if m, ok := one.(map[string]any); ok && fmt.Sprint(m[key]) == want {
			return one
		}
	}
	ts.Fatalf("nothing has %s %q in %v", key, want, list)
	return nil
}

func walk(ts *testscript.TestScript, v any, path string) any {
	for _, step := range strings.Split(path, ".") {
		switch here := v.(type) {
		case map[string]any:
			there, ok := here[step]
			if !ok {
				ts.Fatalf("no %q in %v", step, here)
			}
			v = there
		case []any:
			if step == "len" {
				return len(here)
			}
			if key, want, by := strings.Cut(step, "="); by {
				v = item(ts, here, key, want)
				continue
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(here) {
				ts.Fatalf("no %q among %d", step, len(here))
			}
			v = here[i]
		default:
			ts.Fatalf("%q in %v", step, v)
		}
	}
	return v
}

// grepAll looks for words in every byte of every file below a folder, in each
// encoding that a program on such a machine writes: grepall DIR WORD….
func grepAll(ts *testscript.TestScript, neg bool, args []string) {
	files, found := 0, ""
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		files++
		for _, word := range args[1:] {
			if holds(data, word) || strings.Contains(path, word) {
				found += fmt.Sprintf("%s in %s\n", word, path)
			}
		}
		return err
	}))
	switch {
	case files == 0:
		ts.Fatalf("%s has no files", args[0])
	case neg && found != "":
		ts.Fatalf("%s", found)
	case !neg && found == "":
		ts.Fatalf("none of %q in %d files", args[1:], files)
	}
}

// holds knows UTF-8, UTF-16 and CP932.
func holds(data []byte, word string) bool {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(word)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	forms := [][]byte{[]byte(word), little, big}
	if old, err := japanese.ShiftJIS.NewEncoder().String(word); err == nil {
		forms = append(forms, []byte(old))
	}
	return slices.ContainsFunc(forms, func(f []byte) bool { return bytes.Contains(data, f) })
}

// scanned holds the lines of a scan against what the sample share is known to
// hold: scanned FILE DIR, where DIR is how the share was named to the scan.
func scanned(ts *testscript.TestScript, _ bool, args []string) {
	lines := map[string]scan.Line{}
	for text := range strings.Lines(ts.ReadFile(args[0])) {
		var l scan.Line
		ts.Check(json.Unmarshal([]byte(text), &l))
		lines[strings.TrimPrefix(l.Path, args[1]+"/")] = l
	}
	want, err := demo.WriteShare(ts.MkAbs("again"))
	ts.Check(err)
	seen := map[demo.Outcome]int{}
	for _, e := range want {
		l, there := lines[e.Path]
		if !there {
			ts.Fatalf("%s was not scanned", e.Path)
		}
		if l.Exposed() != (e.Outcome == demo.Exposed) {
			ts.Fatalf("%s is %s; the scan says %+v", e.Path, e.Outcome, l)
		}
		seen[e.Outcome]++
	}
	if len(lines) < len(want) || seen[demo.Exposed] == 0 || seen[demo.Protected] == 0 {
		ts.Fatalf("%d lines for %d files: %v", len(lines), len(want), seen)
	}
}
