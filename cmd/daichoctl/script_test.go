package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/image/font/sfnt"

	"daicho/app"
	"daicho/app/modules"
	"daicho/assets"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/server/postgrestest"
)

// setUp gives each script a passphrase and keys of its own.
func setUp(env *testscript.Env) error {
	path := filepath.Join(env.WorkDir, ".passphrase")
	env.Setenv(keys.PassphraseFile, path)
	env.Setenv("DAICHO_KEYS", filepath.Join(env.WorkDir, ".keys"))
	env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, ".data"))
	env.Setenv("KINDS", strconv.Itoa(len(modules.Book().Registers)))
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

// characters puts every character up to U+FFFF that both faces of the paper's
// font have into a variable, but for blanks: characters NAME.
func characters(ts *testscript.TestScript, _ bool, args []string) {
	var have [2]*sfnt.Font
	for i, name := range []string{assets.GothicRegular, assets.GothicBold} {
		f, err := sfnt.Parse(assets.Font(name))
		ts.Check(err)
		have[i] = f
	}
	var all strings.Builder
	for r := rune('!'); r <= 0xffff; r++ {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) && hasGlyph(have[0], r) && hasGlyph(have[1], r) {
			all.WriteRune(r)
		}
	}
	ts.Setenv(args[0], all.String())
}

func hasGlyph(f *sfnt.Font, r rune) bool {
	var buf sfnt.Buffer
	glyph, err := f.GlyphIndex(&buf, r)
	return err == nil && glyph != 0
}

// picture makes a photo: picture FILE.
func picture(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	ts.Check(png.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 480))))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// spoil flips a bit in the middle of a page of a database, from 1: spoil FILE PAGE.
func spoil(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	defer f.Close()
	page, err := strconv.Atoi(args[1])
	ts.Check(err)
	var b [1]byte
	at := int64(page)*4096 - 2048
	_, err = f.ReadAt(b[:], at)
	ts.Check(err)
	b[0] ^= 1
	_, err = f.WriteAt(b[:], at)
	ts.Check(err)
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

// database FILE: writes the connection string of an empty PostgreSQL database
// into a file, and its password alone into FILE.password.
func database(ts *testscript.TestScript, not bool, args []string) {
	if not || len(args) != 1 {
		ts.Fatalf("usage: database FILE")
	}
	dsn, password, err := postgrestest.Connect()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(dsn+"\n"), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".password"), []byte(password), 0o600))
}

// hangUp ends all connections to the database of a connection string: hangup FILE.
func hangUp(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, strings.TrimSpace(ts.ReadFile(args[0])))
	ts.Check(err)
	_, err = conn.Exec(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	ts.Check(errors.Join(err, conn.Close(ctx)))
}

// killed starts a program so many times and kills it with -9 a little later each
// time; it must have been killed at least once: killed TIMES PROGRAM ARG….
func killed(ts *testscript.TestScript, _ bool, args []string) {
	times, err := strconv.Atoi(args[0])
	ts.Check(err)
	cut := 0
	for n := range times {
		path, err := exec.LookPath(args[1])
		ts.Check(err)
		c := exec.Command(path, args[2:]...)
		c.Dir = ts.Getenv("WORK")
		for _, name := range []string{"PATH", "HOME", keys.PassphraseFile, "DAICHO_KEYS", "XDG_DATA_HOME"} {
			c.Env = append(c.Env, name+"="+ts.Getenv(name))
		}
		ts.Check(c.Start())
		time.AfterFunc(time.Duration(60+70*n)*time.Millisecond, func() { _ = c.Process.Kill() })
		switch err = c.Wait(); {
		case c.ProcessState.ExitCode() < 0:
			cut++
		case err != nil:
			ts.Fatalf("%q: %v", args[1:], err)
		}
	}
	if cut == 0 {
		ts.Fatalf("%q ended each time before it was killed", args[1:])
	}
}
