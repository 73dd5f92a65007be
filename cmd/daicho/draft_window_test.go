package main

import (
	"context"
	"strings"
	"testing"

	core "daicho/app"
	"daicho/app/ticket"
)

// TestKilledWhileTyping: the program is killed while a person types, and opens
// with what they typed; recorded then, it is whole.
func TestKilledWhileTyping(t *testing.T) {
	s := newScreen(t)
	s.create()
	kill := s.start()
	s.keys("ctrl+n")
	s.write("printer on floor 2 is jammed")
	beside := s.replica()
	s.until("what was typed is kept", func() bool {
		kept, err := beside.Settings(context.Background(), keptByScreens+"draft/")
		if err != nil {
			t.Fatal(err)
		}
		for name := range kept {
			return strings.HasPrefix(name, keptByScreens+"draft/"+string(ticket.Kind)+":")
		}
		return false
	})
	kill()

	s.start()
	s.photograph("told") // the first page says that there is a draft
	s.section("tickets")
	s.photograph("draft")
	s.keys("ctrl+Return") // the channel is still missing: the keyboard goes there
	s.keys("space", "Down", "Return")
	s.keys("ctrl+Return")
	s.until("the inquiry is in the replica", func() bool {
		list, _, err := beside.List(context.Background(), ticket.Kind, core.Query{})
		if err != nil {
			t.Fatal(err)
		}
		return len(list) == 1 && strings.HasPrefix("printer on floor 2 is jammed", list[0].(*ticket.Ticket).Title)
	})
	s.photograph("draft-recorded")
}
