package main

import (
	"context"
	"testing"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/ui/kit/register"
)

// TestAnotherPersonTakesOver: one person leaves the desk with something typed and
// not recorded, in a form and on a card; another works in their own replica and sees
// nothing of it; the first comes back and records both.
func TestAnotherPersonTakesOver(t *testing.T) {
	s := newScreen(t)
	s.openInquiry("no network")
	o := s.options()
	o.Dir += "-2"
	second, err := store.Create(t.Context(), o, keys.Passphrase("another long passphrase"))
	ok(t, err)
	written(t, second, "printer")
	s.keys("End")
	s.write(" in the west wing")
	s.keys("ctrl+alt+h")
	s.write("a door does not lock")
	s.photograph("turned-card")
	s.keys("ctrl+l")
	s.logged(1, "the replica is closed")
	s.turn()
	s.logged(1, "another person's door is shown")
	s.write("another long passphrase")
	s.photograph("turned")
	s.keys("Return")
	s.logged(2, "the replica is open")
	s.settled() // its first page is there
	s.openFirst()
	s.keys("End")
	s.write(" is jammed")
	s.photograph("turned-open")
	s.keys("ctrl+Return")
	s.recorded(second, "printer is jammed")
	if kept, err := second.Settings(t.Context(), keptByScreens+register.Drafts); err != nil || len(kept) != 0 {
		t.Errorf("drafts of the other person: %d, %v", len(kept), err)
	}
	s.keys("ctrl+l")
	s.logged(2, "the replica is closed")
	s.turn()
	s.logged(2, "another person's door is shown")
	s.write("correct horse battery")
	s.keys("Return")
	s.logged(3, "the replica is open")
	s.settled()          // the draft is there
	s.section("tickets") // what was typed last is open
	s.photograph("turned-back")
	s.keys("ctrl+Return")
	beside := s.replica()
	s.recorded(beside, "a door does not lock")
	s.settled()
	s.keys("Escape", "Down", "Return", "ctrl+Return")
	s.recorded(beside, "no network in the west wing")
	for r, n := range map[*store.Replica]int{beside: 2, second: 1} {
		list, _, err := r.List(context.Background(), ticket.Kind, core.Query{})
		if ok(t, err); len(list) != n {
			t.Errorf("%d inquiries, want %d", len(list), n)
		}
	}
}

// turn chooses the other person at the door, by keyboard.
func (s *screen) turn() {
	s.settled()                    // the door is painted
	s.keys("Tab", "Tab", "Return") // past the button, to the way to others
	s.keys("Return")               // the first of them
}
