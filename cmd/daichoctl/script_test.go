package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/japanese"

	"daicho/app"
	"daicho/app/demo"
	"daicho/app/modules"
	"daicho/app/scan"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
)

// setUp gives each script a passphrase and keys of its own.
func setUp(env *testscript.Env) error {
	path := filepath.Join(env.WorkDir, ".passphrase")
	env.Setenv(keys.PassphraseFile, path)
	env.Setenv("DAICHO_KEYS", filepath.Join(env.WorkDir, ".keys"))
	env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, ".data"))
	return os.WriteFile(path, []byte("合言葉 correct horse\n"), 0o600)
}

// freePort puts a free port's number into a variable: port NAME.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	defer l.Close()
	ts.Setenv(args[0], strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
}

// terminate asks every program in the background to end, as a system that
// shuts down does.
func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGTERM))
	}
}

// patience is how long a script waits for what must come.
const patience = 60 * time.Second

// await waits for a listener or a file: await HOST:PORT, await FILE.
func await(ts *testscript.TestScript, _ bool, args []string) {
	there := func() bool { _, err := os.Stat(ts.MkAbs(args[0])); return err == nil }
	if _, _, err := net.SplitHostPort(args[0]); err == nil {
		there = func() bool {
			c, err := net.Dial("tcp", args[0])
			return err == nil && c.Close() == nil
		}
	}
	for end := time.Now().Add(patience); !there(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			ts.Fatalf("%s did not come", args[0])
		}
	}
}

// exits runs a program that must end with a code and say one line: exits CODE PROGRAM ARG….
func exits(ts *testscript.TestScript, _ bool, args []string) {
	var ended *exec.ExitError
	err := ts.Exec(args[1], args[2:]...)
	if !errors.As(err, &ended) || strconv.Itoa(ended.ExitCode()) != args[0] {
		ts.Fatalf("%q: %v, want exit %s", args[1:], err, args[0])
	}
	said := ts.ReadFile("stderr")
	if !strings.HasPrefix(said, args[1]+": ") || strings.Count(said, "\n") != 1 || !strings.HasSuffix(said, "\n") {
		ts.Fatalf("%q says %q, want one line", args[1:], said)
	}
}

// helps runs a verb's --help: helps PROGRAM VERB….
func helps(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ts.Exec(args[0], append(args[1:], "--help")...))
	if usage := "Usage: " + strings.Join(args, " "); !strings.HasPrefix(ts.ReadFile("stdout"), usage) {
		ts.Fatalf("%q, want %q", ts.ReadFile("stdout"), usage)
	}
}

// lastLine puts the last line of a file into a variable: lastline FILE NAME.
func lastLine(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile(args[0]), "\n"), "\n")
	ts.Setenv(args[1], lines[len(lines)-1])
}

// squeezed looks for a text where line breaks and blanks do not count: squeezed FILE TEXT.
func squeezed(ts *testscript.TestScript, neg bool, args []string) {
	text := strings.Join(strings.Fields(ts.ReadFile(args[0])), "")
	if strings.Contains(text, args[1]) == neg {
		ts.Fatalf("%q in %q: %t", args[1], text, !neg)
	}
}

// picture makes a photo: picture FILE.
func picture(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	ts.Check(png.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 480))))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
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

// hold opens a replica, writes a ticket, says so with a file and keeps the
// replica open until it is killed: hold DIR FILE TITLE.
func hold() {
	if err := holdOpen(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func holdOpen(dir, ready, title string) error {
	s := &session{dir: dir, book: modules.Book(), console: cli.Standard()}
	return s.with(context.Background(), func(r *store.Replica) error {
		rec, err := r.Draft("ticket")
		if err != nil {
			return err
		}
		g := s.book.Registers["ticket"]
		if err := errors.Join(g.Enter(rec, "title", title), g.Enter(rec, "channel", "phone")); err != nil {
			return err
		}
		if err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) }); err != nil {
			return err
		}
		if _, err := r.Search(context.Background(), title, 1); err != nil {
			return err
		}
		if _, _, err := r.List(context.Background(), "ticket", app.Query{Sort: "title"}); err != nil {
			return err
		}
		if err := os.WriteFile(ready, nil, 0o600); err != nil {
			return err
		}
		time.Sleep(10 * time.Minute) // ended by the script
		return nil
	})
}
