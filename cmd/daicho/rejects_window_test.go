package main

import (
	"context"
	"testing"

	core "daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// enrolled makes a person of the one who works on a replica.
func enrolled(t *testing.T, r *store.Replica, name string, id byte) core.Ref {
	t.Helper()
	who := store.Person{ID: core.ID{id, 6: 0x70, 8: 0x80}, Name: name}
	err := r.Local(t.Context(), func(tx *store.LocalTx) error {
		return tx.Enroll(store.Enrolment{Servers: []string{"https://127.0.0.1:1"}, Person: who})
	})
	if err != nil {
		t.Fatal(err)
	}
	return core.Ref{Kind: core.PersonKind, ID: who.ID}
}

// act edits a ticket, or does a command on it where one is named.
func act(t *testing.T, r *store.Replica, ref core.Ref, command string, settings ...string) {
	t.Helper()
	err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
		rec, err := tx.Get(ref)
		if err != nil {
			return err
		}
		if command != "" {
			args, err := core.Args(ticket.Register, command, settings)
			if err != nil {
				return err
			}
			return tx.Do(rec, command, args)
		}
		rec.(*ticket.Ticket).Asset = settings[0]
		return tx.Save(rec)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// disputed makes a replica with one open conflict and two refused changes, by a
// server in memory, and returns the ticket and the colleague.
func (s *screen) disputed() (about, colleague core.Ref) {
	t := s.t
	s.create()
	book := modules.Book()
	book.Access = nil
	a, b, q := s.replica(), storetest.New(t, storetest.WithSeed(2), storetest.WithBook(book)), storetest.NewSequencer(t, book)
	me := enrolled(t, a, "中村 彩", 1)
	colleague = enrolled(t, b, "Takahashi Nao", 2)
	q.Name(me.ID, "中村 彩")
	q.Name(colleague.ID, "Takahashi Nao")
	rec, err := a.Draft(ticket.Kind)
	if err != nil {
		t.Fatal(err)
	}
	k := rec.(*ticket.Ticket)
	k.Title, k.Channel = "帳票を印刷できない", ticket.Phone
	if err := a.Write(t.Context(), a.Actor(), func(tx *store.Tx) error { return tx.Save(k) }); err != nil {
		t.Fatal(err)
	}
	q.Sync(a, b)
	act(t, b, k.Ref, "", "PRN-0231")
	act(t, b, k.Ref, "start")
	act(t, a, k.Ref, "", "PRN-0213")
	act(t, a, k.Ref, "dispatch", "who=水野 健")
	act(t, a, k.Ref, "wait")
	q.Sync(b, a)
	return k.Ref, colleague
}

// TestAPersonDecides asks about a conflict, settles it by hand, makes a refused
// change again and dismisses another, in the real window with the real keyboard.
func TestAPersonDecides(t *testing.T) {
	s := newScreen(t)
	about, colleague := s.disputed()
	beside := s.replica()
	conflict := func() *core.Conflict {
		list, _, err := store.List(context.Background(), beside, core.Conflicts, core.Query{})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		return list[0]
	}
	rejected := func() []core.Sent {
		list, err := beside.Rejected(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if n := len(rejected()); n != 2 {
		t.Fatalf("%d changes were refused", n)
	}
	s.start()

	s.section("conflicts")
	s.still("conflict")
	s.keys("ctrl+i")
	s.still("directory")
	s.write("nao")
	s.still("found")
	s.keys("Return")
	s.still("ask")
	s.write("which printer is it")
	s.keys("ctrl+Return")
	s.until("the question is in the replica", func() bool { return len(conflict().Talk) == 1 })
	if c := conflict(); c.WaitsFor != colleague || c.Talk[0].Text != "which printer is it" || c.State != core.ConflictOpen {
		t.Errorf("asked %s, want %s: %q, %s", c.WaitsFor, colleague, c.Talk[0].Text, c.State)
	}
	s.still("asked")
	s.keys("F2")
	s.still("write")
	s.keys("ctrl+a")
	s.write("PRN-0300")
	s.keys("ctrl+Return")
	s.still("written")
	s.keys("ctrl+Return")
	s.until("the conflict is settled", func() bool { return conflict().State == core.ConflictSettled })
	if c := conflict(); c.Taken != core.TakeTyped || !c.WaitsFor.IsZero() {
		t.Errorf("settled: %s, waits for %s", c.Taken, c.WaitsFor)
	}

	s.section("rejects")
	s.still("rejects")
	s.keys("ctrl+Return")
	s.until("the first is made again", func() bool { return len(rejected()) == 1 })
	s.still("retried")
	s.keys("ctrl+d")
	s.still("dismiss")
	s.write("no longer needed")
	s.keys("ctrl+Return")
	s.until("the second is dismissed", func() bool { return len(rejected()) == 0 })
	rec, err := beside.Get(context.Background(), about)
	if err != nil {
		t.Fatal(err)
	}
	if k := rec.(*ticket.Ticket); k.State != ticket.Dispatched || k.Asset != "PRN-0300" || k.Assignee != "水野 健" {
		t.Errorf("the inquiry: %+v", k)
	}
	gone, _, err := store.List(context.Background(), beside, core.Dismissals, core.Query{})
	if err != nil || len(gone) != 1 || gone[0].Command != "wait" || gone[0].Reason != "no longer needed" {
		t.Errorf("dismissed: %+v, %v", gone, err)
	}
	s.photograph("decided")
}
