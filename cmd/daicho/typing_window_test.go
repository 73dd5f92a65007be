package main

import (
	"testing"

	"daicho/app/ticket"
)

// TestTypingWhileTheRecordChanges: the open record is changed by others again and
// again while its form has the keyboard, before a person types, while they do, and
// while it is recorded. Every key that was pressed is in the record in the end, and
// so is what the others wrote.
func TestTypingWhileTheRecordChanges(t *testing.T) {
	s := newScreen(t)
	s.create()
	beside := s.replica()
	ref := s.inquiries(beside, "printer")[0]
	s.start()
	s.section("tickets")
	s.still("typing-list")
	s.keys("Return", "End")

	others := func(change func(*ticket.Ticket)) { edit(t, beside, ref, change) }
	before := s.look()
	others(func(k *ticket.Ticket) { k.Asset = "PRN-0231" })
	s.until("the form shows it", func() bool { return s.look().differs(before) })
	s.still("typing-changed") // and still has the keyboard
	s.write(" on floor 2")
	others(func(k *ticket.Ticket) { k.Extension = "2231" })
	s.write(" is jammed")
	s.still("typing-edited")
	s.xdotool("key", "ctrl+Return", "type", "--delay", "40", " again")
	others(func(k *ticket.Ticket) { k.Site = "main building" })
	s.write(" today")
	s.still("typing-recorded")
	s.keys("ctrl+Return")
	s.until("all of it is in the replica", func() bool { return s.ticket(beside, ref).Title == "printer on floor 2 is jammed again today" })
	k := s.ticket(beside, ref)
	if k.Asset != "PRN-0231" || k.Extension != "2231" || k.Site != "main building" {
		t.Errorf("what others wrote: %q, %q, %q", k.Asset, k.Extension, k.Site)
	}
	if n := s.openConflicts(beside); n != 0 {
		t.Error("conflicts:", n)
	}
	s.photograph("typing-done")
}
