package main

import (
	"context"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/ticket"
)

// onlyTheDoor reports whether nothing is painted beside the card of the door.
func onlyTheDoor(p picture) bool {
	return p.ground(func(x, y int) bool { return x < 420 || x > 860 || y < 60 || y > 740 })
}

// refused reports whether something is written in the colour of what is wrong.
func refused(p picture) bool {
	return p.count(p.Bounds(), func(r, g, b byte) bool { return r == 0xA8 && g == 0x26 && b == 0x1B }) > 0
}

// TestAFormSurvivesTheLock types into a form, leaves the desk, comes back and
// records it, with the keyboard alone.
func TestAFormSurvivesTheLock(t *testing.T) {
	s := newScreen(t)
	s.create()
	s.start("--lock-after", "10s")
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
	s.until("the refusal is on the screen", func() bool { return refused(s.picture("refused")) })
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
