package main

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
)

// logged waits until the program has said something a number of times.
func (s *screen) logged(times int, words string) {
	s.t.Helper()
	s.until(words, func() bool { return s.said(words) >= times })
}

// said is how many times the program has said something.
func (s *screen) said(words string) int {
	b, _ := os.ReadFile(filepath.Join(s.dir, "window.log"))
	return strings.Count(string(b), words)
}

// picture is what the screen shows.
func (s *screen) picture(name string) image.Image {
	s.t.Helper()
	s.photograph(name)
	f, err := os.Open(s.shotPath(name))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// onlyTheDoor reports whether nothing is painted beside the card of the door.
func onlyTheDoor(img image.Image) bool {
	ground := img.At(2, 2)
	for y := 0; y < img.Bounds().Dy(); y++ {
		for x := 0; x < img.Bounds().Dx(); x++ {
			beside := x < 420 || x > 860 || y < 60 || y > 740
			if beside && img.At(x, y) != ground {
				return false
			}
		}
	}
	return true
}

// create makes the replica that the window opens.
func (s *screen) create() {
	s.t.Helper()
	made, err := store.Create(context.Background(), s.options(), keys.Passphrase("correct horse battery"))
	if err != nil {
		s.t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		s.t.Fatal(err)
	}
}

// TestAFormSurvivesTheLock types into a form, leaves the desk, comes back and
// records it, with the keyboard alone.
func TestAFormSurvivesTheLock(t *testing.T) {
	s := newScreen(t)
	s.create()
	s.start("--lock-after", "10s")
	s.until("something is painted", func() bool { return s.photograph("open") > 50 })
	s.xdotool("mousemove", "900", "400")
	s.keys("ctrl+n")
	s.write("printer on floor 2 ")
	if onlyTheDoor(s.picture("before-lock")) {
		t.Fatal("the form is not on the screen")
	}
	s.logged(1, "the window is locked")
	s.logged(1, "the replica is closed")
	s.until("nothing but the door is on the screen", func() bool { return onlyTheDoor(s.picture("locked")) })
	s.keys("ctrl+n", "Escape", "F5") // go nowhere
	s.write("wrong")
	s.keys("Return")
	s.until("the door refuses", func() bool { return s.options().Keys.Attempts(s.id(), time.Now()).Left == 4 })
	time.Sleep(time.Second) // the refusal is on the screen
	s.write("correct horse battery")
	s.photograph("unlocking")
	s.keys("Return")
	s.logged(1, "the window is unlocked")
	s.write("is jammed")
	s.photograph("unlocked")
	s.keys("Tab", "space", "Down", "Return", "ctrl+Return")
	beside := s.replica()
	s.until("the inquiry is in the replica", func() bool {
		list, _, err := beside.List(context.Background(), ticket.Kind, core.Query{})
		if err != nil {
			t.Fatal(err)
		}
		return len(list) == 1 && list[0].(*ticket.Ticket).Title == "printer on floor 2 is jammed"
	})
	s.keys("ctrl+l")
	s.logged(2, "the replica is closed")
	s.until("nothing but the door is on the screen", func() bool { return onlyTheDoor(s.picture("locked-by-hand")) })
}

// TestALockInTheMiddleOfASave: Ctrl+L right after Ctrl+Enter loses nothing.
func TestALockInTheMiddleOfASave(t *testing.T) {
	s := newScreen(t)
	s.create()
	s.start()
	s.until("something is painted", func() bool { return s.photograph("open") > 50 })
	time.Sleep(time.Second) // the first list is loaded
	s.keys("ctrl+n")
	s.write("saved while locking")
	s.keys("Tab", "space", "Down", "Return")
	s.xdotool("key", "ctrl+Return", "ctrl+l")
	s.logged(1, "the replica is closed")
	list, _, err := s.replica().List(context.Background(), ticket.Kind, core.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || list[0].(*ticket.Ticket).Title != "saved while locking" {
		t.Errorf("%d inquiries in the replica", len(list))
	}
	s.write("correct horse battery")
	s.keys("Return")
	s.logged(1, "the window is unlocked")
	s.photograph("saved-while-locking")
}
