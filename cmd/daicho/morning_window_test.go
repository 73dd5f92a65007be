package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	core "daicho/app"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
	"daicho/ui"
	"daicho/ui/sections"
)

// bare is the screen of a person who types the passphrase: no file has it.
func (s *screen) bare() {
	s.env = slices.DeleteFunc(s.env, func(v string) bool { return strings.HasPrefix(v, keys.PassphraseFile+"=") })
}

// section opens a section by its key.
func (s *screen) section(id string) {
	s.t.Helper()
	i := slices.IndexFunc(sections.All(), func(x ui.Section) bool { return x.ID == id })
	if i < 0 || i > 8 {
		s.t.Fatalf("section %s has no key", id)
	}
	s.keys(fmt.Sprint("ctrl+", i+1))
}

// edit changes an inquiry in a replica.
func edit(t *testing.T, r *store.Replica, ref core.Ref, change func(*ticket.Ticket)) {
	t.Helper()
	err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
		rec, err := tx.Get(ref)
		if err != nil {
			return err
		}
		change(rec.(*ticket.Ticket))
		return tx.Save(rec)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// overnight makes a replica with one inquiry that two people have changed without
// knowing of each other, by a server in memory.
func (s *screen) overnight() (about core.Ref) {
	t := s.t
	s.create()
	book := modules.Book()
	book.Access = nil
	a, b, q := s.replica(), storetest.New(t, storetest.WithSeed(2), storetest.WithBook(book)), storetest.NewSequencer(t, book)
	me, colleague := enrolled(t, a, "中村 彩", 1), enrolled(t, b, "髙橋 直", 2)
	q.Name(me.ID, "中村 彩")
	q.Name(colleague.ID, "髙橋 直")
	about = s.inquiries(a, "帳票を印刷できない")[0]
	entered(t, a, people.SiteKind, "name=本庁舎")
	edit(t, a, about, func(k *ticket.Ticket) { k.Asset, k.Department = "PRN-0231", "市民課" })
	q.Sync(a, b)
	edit(t, b, about, func(k *ticket.Ticket) {
		k.Impact, k.Assignee, k.Body = ticket.Stopped, "髙橋 直", "現地で取得し直したが、同じ結果だった。"
	})
	edit(t, a, about, func(k *ticket.Ticket) {
		k.Impact, k.Assignee, k.Body = ticket.Hindered, "佐々木 健", "市民課で再取得を依頼した。"
	})
	q.Sync(b, a)
	return about
}

// TestAMorningAtTheDesk is what a person of the helpdesk does first, with the
// keyboard alone: unlock, look at what is to be done today, take a call, hand it
// over, pass on one that the city took, find an inquiry of before and add to it,
// decide between two values, lock. The replica beside tells what came of it.
func TestAMorningAtTheDesk(t *testing.T) {
	s := newScreen(t)
	s.bare()
	before := s.overnight()
	beside := s.replica()
	s.launch()
	s.logged(1, "the window is open")
	s.still("morning-1-door")
	s.write("correct horse battery")
	s.keys("Return")
	s.logged(1, "the replica is open")
	s.still("morning-2-first-page")

	s.section("today")
	s.still("morning-2-today")
	s.takeACall()
	var call *ticket.Ticket
	s.until("the call is in the replica", func() bool { call = s.titled(beside, "printer jams again"); return call != nil })
	if call.Channel != ticket.Phone || call.Impact != ticket.Hindered || call.Requester != "Innami" || call.Department != "tax office" || call.Extension != "2231" {
		t.Errorf("taken: %+v", call)
	}

	s.still("morning-3-taken")
	s.keys("ctrl+d")
	s.still("morning-4-visit")
	s.keys("Tab", "Tab", "space", "Return", "Tab", "Tab") // the one site there is
	s.write("Mizuno Ken")
	s.keys("Tab")
	s.write(inAnHour())
	s.still("morning-4-visit-written")
	s.keys("ctrl+Return")
	s.until("it is handed over", func() bool {
		k := s.ticket(beside, call.Ref)
		return k.State == ticket.Dispatched && k.Assignee == "Mizuno Ken"
	})
	s.still("morning-5-handed-over")

	s.section("today")
	s.keys("ctrl+alt+h")
	s.still("morning-6-direct")
	s.write("a door does not lock")
	s.keys("ctrl+Return")
	s.until("the city's call is handed over", func() bool {
		k := s.titled(beside, "a door does not lock")
		return k != nil && k.Channel == ticket.City && k.State == ticket.Open
	})
	s.still("morning-6-today")

	s.keys("ctrl+k")
	s.write("PRN")
	s.still("morning-6-search")
	s.keys("Return")
	s.still("morning-7-found")
	s.keys("End")
	s.write(" 2F")
	s.keys("ctrl+Return")
	s.until("what was found is added to", func() bool { return s.ticket(beside, before).Title == "帳票を印刷できない 2F" })

	s.section("conflicts")
	s.still("morning-8-conflict")
	s.keys("1", "2", "3")
	s.still("morning-9-chosen")
	s.keys("ctrl+Return")
	s.until("all three are settled", func() bool { return s.openConflicts(beside) == 0 })
	s.still("morning-10-settled")
	if k := s.ticket(beside, before); k.Impact != ticket.Hindered || k.Assignee != "髙橋 直" || k.Body != "市民課で再取得を依頼した。\n現地で取得し直したが、同じ結果だった。" {
		t.Errorf("decided: %q, %q, %q", k.Impact, k.Assignee, k.Body)
	}

	s.keys("ctrl+l")
	s.logged(1, "the replica is closed")
	s.until("nothing but the door is on the screen", func() bool { return onlyTheDoor(s.picture("morning-11-locked")) })
}

// takeACall types an inquiry from its subject to the extension.
func (s *screen) takeACall() {
	s.keys("ctrl+n") // also on the page of today
	s.still("morning-3-new")
	s.write("printer jams again")
	s.keys("Tab", "space", "Down", "Return") // by telephone
	s.keys("Tab", "Tab", "space", "Down", "Down", "Down", "Return")
	s.keys("Tab")
	s.write("Innami")
	s.keys("Tab")
	s.write("tax office")
	s.keys("Tab")
	s.write("2231")
	s.still("morning-3-call")
	s.keys("ctrl+Return")
}

// titled is the inquiry of a subject; nil while there is none.
func (s *screen) titled(r *store.Replica, subject string) *ticket.Ticket {
	s.t.Helper()
	list, _, err := r.List(context.Background(), ticket.Kind, core.Query{})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, rec := range list {
		if k := rec.(*ticket.Ticket); k.Title == subject {
			return k
		}
	}
	return nil
}

// openConflicts is how many fields nobody has decided.
func (s *screen) openConflicts(r *store.Replica) int {
	s.t.Helper()
	list, _, err := store.List(context.Background(), r, core.Conflicts, core.Query{})
	if err != nil {
		s.t.Fatal(err)
	}
	return len(slices.DeleteFunc(list, func(c *core.Conflict) bool { return c.State != core.ConflictOpen }))
}
