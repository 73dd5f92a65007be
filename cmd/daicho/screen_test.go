package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"daicho/app/modules"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
)

// TestMain lets the test binary be the program itself, so that what is driven
// under Xvfb is what a person would start.
func TestMain(m *testing.M) {
	if program := programs[os.Getenv("DAICHO_TEST_PROGRAM")]; program != nil {
		program()
		return
	}
	code := m.Run()
	if oneDisplay.end != nil {
		oneDisplay.end()
	}
	os.Exit(code)
}

// programs are what the test binary can be: the program as it is, or with
// something in it that measures.
var programs = map[string]func(){"daicho": driven}

// display is an X server in memory.
type display struct {
	number int
	dir    string // holds what it shows
	end    func()
}

// startDisplay starts Xvfb, which finds a free number itself. It forgets nothing when
// the last program leaves, as it else might while the first of a test come. It draws
// no pointer: what stands in its memory is what programs have painted.
func startDisplay(size string) (display, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return display{}, err
	}
	dir, err := os.MkdirTemp("", "daicho-display")
	if err != nil {
		return display{}, err
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-nolisten", "tcp", "-noreset", "-nocursor", "-fbdir", dir)
	x.ExtraFiles = []*os.File{w}
	if err := x.Start(); err != nil {
		return display{}, fmt.Errorf("Xvfb is needed for this test (Debian: xvfb): %w", err)
	}
	w.Close()
	d := display{dir: dir, end: func() { x.Process.Kill(); x.Wait(); os.RemoveAll(dir) }}
	_, err = fmt.Fscan(r, &d.number)
	return d, err
}

// oneDisplay is what most stories are shown on, one after the other.
var oneDisplay display

var openDisplay = sync.OnceValue(func() (err error) { oneDisplay, err = startDisplay("1280x800"); return err })

// screen is a display in memory with the program's window on it.
type screen struct {
	t       *testing.T
	display display
	dir     string
	env     []string
	program *running  // that was launched last
	clicked time.Time // when the mouse was pressed last
}

// newScreen is the display that all stories share, empty.
func newScreen(t *testing.T) *screen {
	t.Helper()
	ok(t, openDisplay())
	s := screenOn(t, oneDisplay)
	s.until("an empty screen", func() bool { return !s.painted() })
	s.xdotool("mousemove", "640", "400")
	return s
}

// newOwnScreen is a display for one story that leaves traces on it.
func newOwnScreen(t *testing.T) *screen {
	t.Helper()
	return newScreenOf(t, "1280x800")
}

// newSmallScreen is one as small as the product promises to fit.
func newSmallScreen(t *testing.T) *screen {
	t.Helper()
	return newScreenOf(t, "1024x768")
}

func newScreenOf(t *testing.T, size string) *screen {
	t.Helper()
	d, err := startDisplay(size)
	ok(t, err)
	t.Cleanup(d.end)
	return screenOn(t, d)
}

// stillLooks has Fyne's carets stand: one that blinks is painted with all of the
// window, many times a second, for as long as a test looks at it.
const stillLooks = `{"no_animations": true}`

func screenOn(t *testing.T, d display) *screen {
	t.Helper()
	s := &screen{t: t, display: d, dir: t.TempDir()}
	pass, looks := filepath.Join(s.dir, "passphrase"), filepath.Join(s.dir, "config", "fyne", "settings.json")
	ok(t, os.MkdirAll(filepath.Dir(looks), 0o700))
	ok(t, os.WriteFile(looks, []byte(stillLooks), 0o600))
	ok(t, os.WriteFile(pass, []byte(passphrase), 0o600))
	s.env = append(os.Environ(), fmt.Sprint("DISPLAY=:", d.number), "WAYLAND_DISPLAY=", "LANG=ja_JP.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1",
		"XDG_CONFIG_HOME="+filepath.Join(s.dir, "config"), "DAICHO_KEYS="+filepath.Join(s.dir, "keys"), keys.PassphraseFile+"="+pass, "DAICHO_TEST_PROGRAM=daicho")
	return s
}

func (s *screen) options() store.Options {
	return store.Options{Dir: filepath.Join(s.dir, "replica"), Keys: keys.In(filepath.Join(s.dir, "keys")), Cost: cheap,
		Book: modules.Book(), Clock: time.Now, Random: rand.Reader, App: cli.Version}
}

// id is the replica's, by which its tries are counted.
func (s *screen) id() keys.ID {
	s.t.Helper()
	id, err := keys.FolderID(s.options().Dir)
	ok(s.t, err)
	return id
}

// create makes the replica that the window opens.
func (s *screen) create() {
	s.t.Helper()
	made, err := store.Create(context.Background(), s.options(), keys.Passphrase(passphrase))
	ok(s.t, err)
	ok(s.t, made.Close())
}

// replica opens the replica a second time, as daichoctl does beside the window.
func (s *screen) replica() *store.Replica {
	s.t.Helper()
	r, err := store.Open(context.Background(), s.options(), keys.Passphrase(passphrase))
	ok(s.t, err)
	s.t.Cleanup(func() { r.Close() })
	return r
}

// start starts the program and waits until its window shows the replica.
func (s *screen) start(args ...string) (kill func()) {
	s.t.Helper()
	kill = s.launch(args...)
	s.logged(1, "the replica is open")
	s.still("open")
	s.until("something is painted", func() bool { return s.picture("open").colours() > 50 })
	return kill
}

// launch starts the program; kill ends it as a power cut does.
func (s *screen) launch(args ...string) (kill func()) {
	s.t.Helper()
	c := exec.Command(os.Args[0], append([]string{"--replica", s.options().Dir}, args...)...)
	c.Env, c.Stdout = s.env, os.Stdout
	log, err := os.Create(filepath.Join(s.dir, "window.log"))
	ok(s.t, err)
	c.Stderr = log
	s.program = begin(s.t, c)
	kill = func() { c.Process.Kill(); c.Wait() }
	s.t.Cleanup(func() { kill(); log.Close() })
	return kill
}

// logged waits until the program has said something a number of times.
func (s *screen) logged(times int, words string) {
	s.t.Helper()
	s.until(words, func() bool { return s.said(words) >= times })
}

// said is how many times the program has said something.
func (s *screen) said(words string) int { return strings.Count(s.log(), words) }

// log is what the program has said so far.
func (s *screen) log() string {
	b, _ := os.ReadFile(filepath.Join(s.dir, "window.log"))
	return string(b)
}

// longest is how long something may take on the busiest machine.
const longest = 3 * time.Minute

// until waits for something that a person would wait for.
func (s *screen) until(what string, ok func() bool) {
	s.t.Helper()
	for begun := time.Now(); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > longest {
			s.photograph("gave-up")
			s.t.Fatalf("waited %v: %s\n%s", longest, what, s.log())
		}
	}
}
