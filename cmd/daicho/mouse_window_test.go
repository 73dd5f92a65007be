package main

import (
	"context"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/store"
)

// inquiries makes a ticket of each subject in the replica of the screen, received
// one minute after the other, and returns them.
func (s *screen) inquiries(r *store.Replica, subjects ...string) (refs []core.Ref) {
	s.t.Helper()
	err := r.Write(s.t.Context(), r.Actor(), func(tx *store.Tx) error {
		for i, subject := range subjects {
			rec, err := r.Draft(ticket.Kind)
			if err != nil {
				return err
			}
			k := rec.(*ticket.Ticket)
			k.Title, k.Channel = subject, ticket.Phone
			k.ReceivedAt = core.StampOf(time.Now().Add(time.Duration(i-len(subjects)) * time.Minute))
			if err := tx.Save(k); err != nil {
				return err
			}
			refs = append(refs, k.Ref)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return refs
}

// ticket is an inquiry as it is in a replica now.
func (s *screen) ticket(r *store.Replica, ref core.Ref) *ticket.Ticket {
	s.t.Helper()
	rec, err := r.Get(context.Background(), ref)
	if err != nil {
		s.t.Fatal(err)
	}
	return rec.(*ticket.Ticket)
}

// TestAPersonWorksWithTheMouse opens records by their rows, chooses in lists, narrows
// the list and puts it in another order, and records, all of it with the mouse.
func TestAPersonWorksWithTheMouse(t *testing.T) {
	s := newScreen(t)
	s.create()
	beside := s.replica()
	refs := s.inquiries(beside, "C third by name", "A first by name", "B second by name")
	third, first, second := refs[0], refs[1], refs[2]
	act(t, beside, third, "start")
	s.start()
	s.section("tickets")

	s.click(450, 142) // the second row, the newest being the first
	s.still("mouse-row")
	s.click(1110, 212) // how much work stands still
	s.still("mouse-choices")
	s.click(1010, 269) // the first word but one
	s.still("mouse-chosen")
	s.click(1190, 754) // record
	s.until("the second row is recorded", func() bool { return s.ticket(beside, first).Impact == ticket.Stopped })
	s.still("mouse-recorded")

	s.click(390, 94) // by subject
	s.still("mouse-sorted")
	s.click(450, 142)
	s.still("mouse-second")
	s.click(1110, 366) // the device
	s.write("PRN-0002")
	s.click(1190, 726) // the button gives way to what was said
	s.until("the second by name is recorded", func() bool { return s.ticket(beside, second).Asset == "PRN-0002" })

	s.click(370, 62) // the state
	s.still("mouse-states")
	s.click(370, 144)
	s.still("mouse-narrowed")
	s.click(450, 118)
	s.still("mouse-third")
	s.click(1110, 366)
	s.write("PRN-0003")
	s.click(1190, 726)
	s.until("the only one in progress is recorded", func() bool { return s.ticket(beside, third).Asset == "PRN-0003" })
	s.photograph("mouse-done")
	if got := s.ticket(beside, first).Asset + s.ticket(beside, second).Asset; got != "PRN-0002" {
		t.Errorf("the others: %q", got)
	}
}
