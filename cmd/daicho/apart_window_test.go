package main

import (
	"context"
	"os/exec"
	"slices"
	"strings"
	"testing"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/store"
)

// named is the window in sight whose title has a word; empty if there is none.
func (s *screen) named(word string) string {
	c := exec.Command("xdotool", "search", "--onlyvisible", "--name", word)
	c.Env = s.env
	out, _ := c.Output() // it fails where it finds none
	id, _, _ := strings.Cut(string(out), "\n")
	return id
}

// to brings the keyboard to a window and the window to the front, as a window
// manager does; there is none here.
func (s *screen) to(window string) {
	s.xdotool("windowraise", window, "windowfocus", "--sync", window)
	s.settled()
}

// openInquiry is a program that shows the one inquiry of its replica.
func (s *screen) openInquiry(subject string) (beside *store.Replica) {
	s.create()
	beside = s.replica()
	written(s.t, beside, subject)
	s.start()
	s.openFirst()
	return beside
}

// openFirst goes into the first inquiry of the list.
func (s *screen) openFirst() {
	s.section("tickets")
	s.keys("Return")
}

// recorded waits for an inquiry with a subject.
func (s *screen) recorded(beside *store.Replica, subject string) {
	s.t.Helper()
	s.until(subject+" is recorded", func() bool {
		list, _, err := beside.List(context.Background(), ticket.Kind, core.Query{})
		if err != nil {
			s.t.Fatal(err)
		}
		return slices.ContainsFunc(list, func(r core.Record) bool { return r.(*ticket.Ticket).Title == subject })
	})
}

// TestASecondWindow gives an inquiry a window of its own, edits and records it
// there by keyboard alone, locks from there, and finds everything again.
func TestASecondWindow(t *testing.T) {
	s := newScreen(t)
	beside := s.openInquiry("no network")
	first := s.named("Daicho")
	s.keys("ctrl+shift+Return")
	s.until("a second window is there", func() bool { return s.named("仮-") != "" })
	second := s.named("仮-")
	s.to(second)
	s.keys("End")
	s.write(" in the west wing")
	s.photograph("second-typed")
	s.keys("ctrl+Return")
	s.recorded(beside, "no network in the west wing")
	s.settled() // and shown
	s.keys("End")
	s.write(", again")
	s.keys("ctrl+l")
	s.logged(1, "the replica is closed")
	s.until("the second window shows nothing", func() bool { return covered(s.picture("second-locked")) })
	s.keys("ctrl+Return", "Escape", "ctrl+w") // go nowhere
	s.write("x")
	if s.named("仮-") != "" {
		t.Error("the title still says which record it is")
	}
	s.to(first)
	s.until("nothing but the door is in the first one", func() bool { return onlyTheDoor(s.picture("first-locked")) })
	s.write("correct horse battery")
	s.keys("Return")
	s.logged(1, "the window is unlocked")
	s.until("the second window has its title again", func() bool { return s.named("仮-") != "" })
	s.to(second)
	s.photograph("second-unlocked")
	s.keys("ctrl+Return")
	s.recorded(beside, "no network in the west wing, again")
	s.keys("Escape")
	s.until("Esc closes it", func() bool { return s.named("仮-") == "" })
	s.photograph("second-closed")
}

// covered reports whether nothing is painted in the upper part of the second
// window, where a record has its subject and its fields.
func covered(p picture) bool { return p.ground(func(x, y int) bool { return x < 600 && y < 250 }) }
