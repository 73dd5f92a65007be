package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
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
	os.Exit(m.Run())
}

// programs are what the test binary can be: the program as it is, or with
// something in it that measures.
var programs = map[string]func(){"daicho": main}

// screen is a display in memory with the program's window on it.
type screen struct {
	t       *testing.T
	display string
	dir     string
	env     []string
	program *os.Process // that was launched last
}

// newScreen starts Xvfb, which finds a free number itself. It forgets nothing when
// the last program leaves, as it else might while the first of a test come.
func newScreen(t *testing.T) *screen {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset", "-fbdir", dir)
	x.ExtraFiles = []*os.File{w}
	if err := x.Start(); err != nil {
		t.Fatalf("Xvfb is needed for this test (Debian: xvfb): %v", err)
	}
	t.Cleanup(func() { x.Process.Kill(); x.Wait() })
	w.Close()
	var n int
	if _, err := fmt.Fscan(r, &n); err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, display: fmt.Sprintf(":%d", n), dir: dir}
	pass := filepath.Join(s.dir, "passphrase")
	if err := os.WriteFile(pass, []byte("correct horse battery"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.env = append(os.Environ(), "DISPLAY="+s.display, "WAYLAND_DISPLAY=", "LANG=ja_JP.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1",
		"DAICHO_KEYS="+filepath.Join(s.dir, "keys"), keys.PassphraseFile+"="+pass, "DAICHO_TEST_PROGRAM=daicho")
	return s
}

func (s *screen) options() store.Options {
	return store.Options{Dir: filepath.Join(s.dir, "replica"), Keys: keys.In(filepath.Join(s.dir, "keys")),
		Book: modules.Book(), Clock: time.Now, Random: rand.Reader, App: cli.Version}
}

// replica opens the replica a second time, as daichoctl does beside the window.
func (s *screen) replica() *store.Replica {
	s.t.Helper()
	r, err := store.Open(context.Background(), s.options(), keys.Passphrase("correct horse battery"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { r.Close() })
	return r
}

// start starts the program and waits until its window shows the replica.
func (s *screen) start(args ...string) {
	s.t.Helper()
	s.launch(args...)
	s.logged(1, "the replica is open")
}

// launch starts the program; kill ends it as a power cut does.
func (s *screen) launch(args ...string) (kill func()) {
	s.t.Helper()
	c := exec.Command(os.Args[0], append([]string{"--replica", s.options().Dir}, args...)...)
	c.Env, c.Stdout = s.env, os.Stdout
	log, err := os.Create(filepath.Join(s.dir, "window.log"))
	if err != nil {
		s.t.Fatal(err)
	}
	c.Stderr = log
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.program = c.Process
	kill = func() { c.Process.Kill(); c.Wait() }
	s.t.Cleanup(func() { kill(); log.Close() })
	return kill
}

// until waits for something that a person would wait for.
func (s *screen) until(what string, ok func() bool) {
	s.t.Helper()
	for range 600 {
		if ok() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	b, _ := os.ReadFile(filepath.Join(s.dir, "window.log"))
	s.photograph("gave-up")
	s.t.Fatalf("waited for a minute: %s\n%s", what, b)
}

// keys sends key presses as a keyboard does.
func (s *screen) keys(names ...string) {
	s.t.Helper()
	for _, n := range names {
		s.xdotool("key", "--clearmodifiers", n)
		time.Sleep(150 * time.Millisecond)
	}
}

// click presses the mouse as slowly as a person: Fyne takes a click that comes
// in the same moment as a movement for one at the place before.
func (s *screen) click(x, y int) {
	s.t.Helper()
	s.xdotool("mousemove", fmt.Sprint(x), fmt.Sprint(y), "sleep", "0.6", "mousedown", "1", "sleep", "0.1", "mouseup", "1", "sleep", "0.3")
}

func (s *screen) write(words string) { s.xdotool("type", "--delay", "40", words) }

func (s *screen) xdotool(args ...string) {
	s.t.Helper()
	c := exec.Command("xdotool", args...)
	c.Env = s.env
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Fatalf("xdotool %v: %v %s", args, err, out)
	}
}

// shotPath is where a picture goes.
func (s *screen) shotPath(name string) string {
	dir := os.Getenv("DAICHO_SHOTS")
	if dir == "" {
		dir = s.dir
	}
	return filepath.Join(dir, "window-"+name+".png")
}

// id is the replica's, by which its tries are counted.
func (s *screen) id() keys.ID {
	s.t.Helper()
	id, err := keys.FolderID(s.options().Dir)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// photograph takes a picture of the screen; DAICHO_SHOTS keeps it.
func (s *screen) photograph(name string) (colours int) {
	s.t.Helper()
	path := s.shotPath(name)
	c := exec.Command("import", "-window", "root", path)
	c.Env = s.env
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Fatalf("import: %v %s", err, out)
	}
	f, err := os.Open(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		s.t.Fatal(err)
	}
	seen := map[[3]uint32]bool{}
	for y := 0; y < img.Bounds().Dy(); y += 3 {
		for x := 0; x < img.Bounds().Dx(); x += 3 {
			r, g, b, _ := img.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	return len(seen)
}

// TestAPersonRecordsAnInquiry works in the real window with the real keyboard and
// the real mouse, and finds the inquiry in the real replica, opened beside the window.
func TestAPersonRecordsAnInquiry(t *testing.T) {
	s := newScreen(t)
	s.create()
	s.start()
	s.until("something is painted", func() bool { return s.photograph("open") > 50 })
	time.Sleep(time.Second) // the first list is loaded
	s.xdotool("mousemove", "900", "400")
	s.keys("ctrl+n")
	s.write("printer on floor 2 is jammed")
	s.keys("Tab")
	s.photograph("form")
	s.keys("space", "Down", "Return") // the channel: the first of the list
	for _, c := range []struct {
		x, y  int
		words string
	}{
		{1110, 264, "tax office"}, // the department
		{730, 62, "elsewhere"},    // the search of the list
		{1110, 450, "page 2"},     // several lines
		{880, 298, "4711"},        // the extension, by its label
		{1110, 282, "0"},          // and just above its edge
		{1240, 94, ", again"},     // behind the subject, typed before
	} {
		s.click(c.x, c.y)
		s.write(c.words)
	}
	s.photograph("clicked")
	s.click(500, 600) // nobody is there
	s.keys("ctrl+Return")
	beside := s.replica()
	s.until("the inquiry is in the replica", func() bool {
		list, _, err := beside.List(context.Background(), ticket.Kind, core.Query{})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return false
		}
		k := list[0].(*ticket.Ticket)
		if k.Title != "printer on floor 2 is jammed, again" || k.Department != "tax office" || k.Body != "page 2" || k.Extension != "47110" {
			t.Errorf("recorded: %q, %q, %q, %q", k.Title, k.Department, k.Body, k.Extension)
		}
		return true
	})
	s.photograph("recorded")
}

func TestIDAndVersionAgree(t *testing.T) {
	b, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`ID = "` + appID + `"`, `Version = "` + cli.Version + `"`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("FyneApp.toml has no line %s", want)
		}
	}
}

// TestWhoWorksAloneIsNamed: the name typed at a first run without a server is
// what the window shows from then on.
func TestWhoWorksAloneIsNamed(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	d, err := newDoor(filepath.Join(dir, "replica"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if d.State().Exists {
		t.Fatal("a replica before the first run")
	}
	if err := d.Create(t.Context(), "葉月 花子", []byte("correct horse battery")); err != nil {
		t.Fatal(err)
	}
	defer d.opened().Close()
	l := newLink(d, time.Now)
	l.refresh(t.Context(), d.opened(), nil)
	if s := l.Status(); s.Person != "葉月 花子" || s.Enrolled || !d.State().Exists {
		t.Errorf("%+v, %+v", s, d.State())
	}
}
