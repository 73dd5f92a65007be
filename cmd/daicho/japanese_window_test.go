package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	core "daicho/app"
	"daicho/app/ticket"
)

// anthy is what a person sets in fcitx5: a keyboard, and with Ctrl+Space Japanese.
const anthy = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=anthy

[Groups/0/Items/0]
Name=keyboard-us

[Groups/0/Items/1]
Name=anthy

[GroupOrder]
0=Default
`

// inputMethod starts fcitx5 on the screen, for the window that starts next.
func (s *screen) inputMethod() (kill func()) {
	s.t.Helper()
	home := filepath.Join(s.dir, "home")
	profile := filepath.Join(home, "fcitx5", "profile")
	if err := os.MkdirAll(filepath.Dir(profile), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(profile, []byte(anthy), 0o600); err != nil {
		s.t.Fatal(err)
	}
	f := exec.Command("fcitx5", "-D", "--disable=dbus,wayland,notificationitem,kimpanel")
	f.Env = append(s.env, "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home, "XDG_RUNTIME_DIR="+home)
	said := &strings.Builder{}
	f.Stderr = said
	if err := f.Start(); err != nil {
		s.t.Fatalf("fcitx5 is needed for this test (Debian: fcitx5, fcitx5-anthy): %v", err)
	}
	kill = func() { f.Process.Kill(); f.Wait() }
	s.t.Cleanup(func() {
		kill()
		if s.t.Failed() {
			s.t.Log(said)
		}
	})
	s.until("fcitx5 serves", func() bool { return strings.Contains(s.output("xprop", "-root", "XIM_SERVERS"), "fcitx") })
	s.env = append(s.env, "XMODIFIERS=@im=fcitx")
	return kill
}

// output is what a program says about the screen, empty if it fails.
func (s *screen) output(name string, args ...string) string {
	c := exec.Command(name, args...)
	c.Env = s.env
	out, _ := c.Output()
	return string(out)
}

// composed writes letters and tells where the input method shows what it makes of them.
func (s *screen) composed(letters string) (x, y int) {
	s.t.Helper()
	s.write(letters)
	s.until("the input method shows "+letters, func() bool {
		shell := s.output("xdotool", "search", "--onlyvisible", "--name", "Fcitx5 Input Window", "getwindowgeometry", "--shell")
		n, _ := fmt.Sscanf(strings.Join(strings.Fields(shell), " "), "WINDOW=%d X=%d Y=%d", new(int), &x, &y)
		return n == 3
	})
	s.photograph("composed-" + letters)
	return x, y
}

// tickets waits until there are so many inquiries in the replica.
func (s *screen) tickets(count int) (list []*ticket.Ticket) {
	s.t.Helper()
	beside := s.replica()
	s.until(fmt.Sprint(count, " inquiries in the replica"), func() bool {
		all, _, err := beside.List(context.Background(), ticket.Kind, core.Query{})
		if err != nil {
			s.t.Fatal(err)
		}
		list = nil
		for _, r := range all {
			list = append(list, r.(*ticket.Ticket))
		}
		return len(list) == count
	})
	return list
}

// TestJapaneseLosesNothing writes with an input method as people in Japan do all
// day. What it composes takes every key, and the window none of them: Backspace
// leaves the text before it, Enter and Escape do nothing here, arrows stay inside.
func TestJapaneseLosesNothing(t *testing.T) {
	if !cured {
		t.Fatal(`packaging/glfw.diff is not in this build: use make test, or go after eval "$(make flags)"`)
	}
	s := newOwnScreen(t)
	s.create()
	kill := s.inputMethod()
	s.start()

	s.keys("ctrl+n")
	s.write("PC ")
	s.keys("ctrl+space")
	x, y := s.composed("nihongo")
	s.keys("BackSpace")
	s.write("go")
	s.keys("space", "Return") // 日本語, taken
	s.write("yamete")
	s.keys("Escape")
	s.write("kita")
	s.keys("Left") // in it
	further, same := s.composed("a")
	s.keys("Return", "BackSpace") // taken; the last letter away, as nothing is composed
	s.keys("Tab")
	s.still("a-choice")
	s.keys("space", "Down", "Return") // not the input method's: no text is written
	s.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
	s.write("ichi")
	s.keys("Return", "Return") // taken, and a new line
	_, lower := s.composed("nihongo")
	s.keys("space", "space", "Up", "Return") // the next candidate and back
	s.keys("ctrl+Return")
	k := s.tickets(1)[0]
	if k.Title != "PC 日本語きた" || k.Body != "いち\n日本語" || k.Channel != ticket.Phone {
		t.Errorf("recorded: %q, %q, %s", k.Title, k.Body, k.Channel)
	}
	if y > 200 || same != y || further <= x || lower <= y {
		t.Errorf("it composed at %d,%d, then at %d,%d in the same line, then %d down: not at the caret", x, y, further, same, lower)
	}

	s.still("recorded")
	clear := s.picture("recorded").At(2, 2)
	s.keys("ctrl+k")
	s.write("nihongo")
	s.keys("space", "Return") // taken: the words to search for
	s.still("searched")
	if s.picture("searched").At(2, 2) == clear {
		t.Error("Enter that takes a conversion closed the search")
	}
	s.keys("Return")
	s.still("found")
	if s.picture("found").At(2, 2) != clear {
		t.Error("Enter alone did not open what was found")
	}

	kill()
	s.keys("ctrl+n")
	s.write("no input method now")
	s.keys("Tab", "space", "Down", "Return", "ctrl+Return")
	if n := len(s.tickets(2)); n != 2 {
		t.Errorf("%d inquiries", n)
	}
}
