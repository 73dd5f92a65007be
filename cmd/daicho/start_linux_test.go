package main

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"daicho/store/keys"
)

// TestStartBesideHello prints how long it takes from the start of the program
// until the first list is on the screen, with the key from the system's keyring,
// and the same for the first picture of Fyne's least window, by turns. Times are
// never asserted. `make bench-window` takes a city of BENCH_ROWS inquiries and
// eleven turns; a plain test run takes a village and one.
func TestStartBesideHello(t *testing.T) {
	hello := os.Getenv("DAICHO_HELLO")
	if hello == "" {
		beside(t)
		return
	}
	s, turns := newScreen(t), 1
	live := s.live()
	painted, listed := live.painted, live.listed
	if os.Getenv("DAICHO_CITY") != "" {
		turns = 11
	}
	s.inhabit()
	r := s.replica()
	ok(t, r.AddKeyring(t.Context()))
	ok(t, r.Close())
	s.env = append(s.env, keys.PassphraseFile+"=")
	var ours, theirs starts
	for turn := range turns + 1 {
		a := s.shown(listed, os.Args[0], "--replica", s.options().Dir)
		b := s.shown(painted, hello)
		if turn > 0 { // the first reads files that the later find in memory
			ours.add(a)
			theirs.add(b)
		}
	}
	fmt.Printf("\nmilliseconds from the start of a program to what a person waits for; the key from the keyring; %d turns\n", turns)
	fmt.Printf("%-34s %9s %9s %9s %9s\n", "", "least", "middle", "most", "CPU")
	for _, of := range []struct {
		name string
		*starts
	}{{"the first list", &ours}, {"Fyne's least window", &theirs}} {
		fmt.Printf("%-34s %9.0f %9.0f %9.0f %9.0f\n", of.name, slices.Min(of.wall), middle(of.wall), slices.Max(of.wall), middle(of.cpu))
	}
	fmt.Printf("%-34s %9.2f %9.2f %9s %9.2f\n", "ratio", slices.Min(ours.wall)/slices.Min(theirs.wall), middle(ours.wall)/middle(theirs.wall), "", middle(ours.cpu)/middle(theirs.cpu))
}

// start is how long one start took, in milliseconds: on the clock, and of it the
// work of the processors, for which other programs of the machine count little.
type start struct{ wall, cpu float64 }

type starts struct{ wall, cpu []float64 }

func (s *starts) add(one start) { s.wall, s.cpu = append(s.wall, one.wall), append(s.cpu, one.cpu) }

// beside runs this test once more where there is a keyring, and builds what it is
// measured beside, with the flags of this build.
func beside(t *testing.T) {
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is needed: install gnome-keyring and dbus-user-session (make test does)", program)
		}
	}
	home := t.TempDir()
	hello := filepath.Join(home, "hello")
	// run keeps what it has linked, which build does not
	if out, err := exec.Command("go", "run", "-exec", "cp -t "+home, "./testdata/hello").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	c := exec.Command("dbus-run-session", "--", "sh", "-c",
		`printf %s testpw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.run='^TestStartBesideHello$' -test.timeout=0`, os.Args[0])
	c.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=", "HOME="+home, "XDG_RUNTIME_DIR="+home, "XDG_DATA_HOME="+home, "XDG_CACHE_HOME="+home, "DAICHO_HELLO="+hello)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	ok(t, c.Run())
}

// shown starts a program, waits until the screen shows what is waited for, ends
// it, and returns how long that took.
func (s *screen) shown(what func() bool, program ...string) start {
	s.t.Helper()
	s.until("an empty screen", func() bool { return !s.painted() })
	c := exec.Command(program[0], program[1:]...)
	c.Env = s.env
	begun := time.Now()
	ok(s.t, c.Start())
	for !what() {
		if time.Sleep(4 * time.Millisecond); time.Since(begun) > longest {
			s.photograph("gave-up")
			s.t.Fatalf("nothing to see for %v: %q", longest, program)
		}
	}
	took := time.Since(begun)
	c.Process.Kill()
	c.Wait()
	worked := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	return start{took.Seconds() * 1000, worked.Seconds() * 1000}
}

// live is what the screen shows at any time, in the memory of the display itself:
// who looks at it takes no processor from the program.
func (s *screen) live() picture {
	s.t.Helper()
	f, err := os.Open(s.display.memory())
	ok(s.t, err)
	defer f.Close()
	info, err := f.Stat()
	ok(s.t, err)
	b, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	ok(s.t, err)
	s.t.Cleanup(func() { unix.Munmap(b) })
	return pictureOf(b)
}

// listed reports whether there is text in the first rows of a list, left of the door.
// What is quite black is not painted yet.
func (p picture) listed() bool {
	return p.painted() && p.count(image.Rect(190, 200, 410, 400), func(r, g, b byte) bool { return r|g|b != 0 && r < 120 && g < 120 && b < 120 }) > 300
}
