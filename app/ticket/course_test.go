package ticket_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/modules"
	"daicho/app/sla"
	"daicho/app/ticket"
	"daicho/assets"
	"daicho/store"
	"daicho/store/storetest"
)

// TestIntake: who took it first, and how soon the city's staff handed it over.
func TestIntake(t *testing.T) {
	const call = app.Stamp(1_795_000_000_000)
	for _, c := range []struct {
		t    ticket.Ticket
		want sla.Intake
	}{
		{ticket.Ticket{Channel: ticket.Phone}, sla.Intake{Taker: sla.Helpdesk}},
		{ticket.Ticket{Channel: ticket.Monitor}, sla.Intake{Taker: sla.Monitoring}},
		{ticket.Ticket{Channel: ticket.Phone, Abandoned: true}, sla.Intake{Taker: sla.Abandoned}},
		{ticket.Ticket{Channel: ticket.City, CalledAt: call, PassedAt: call + 180_000}, sla.Intake{Taker: sla.CityStaff, After: 3 * time.Minute}},
		{ticket.Ticket{Channel: ticket.City}, sla.Intake{Taker: sla.CityStaff, After: -1}}, // of before calls had times
	} {
		if got := c.t.Intake(); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.t, got, c.want)
		}
	}
}

// TestTheCourseOfAnInquiry: waits, re-opening and merging are entries with an author
// and a time, from which follows for whom was waited how long.
func TestTheCourseOfAnInquiry(t *testing.T) {
	clock := &storetest.Clock{} // a Sunday, 10:00
	r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(clock))
	write := func(f func(*store.Tx) error) {
		t.Helper()
		if err := r.Write(t.Context(), r.Actor(), f); err != nil {
			t.Fatal(err)
		}
	}
	made := func(id byte) *ticket.Ticket {
		k := ticket.Register.Draft(app.ID{id})
		k.Title, k.Channel = "印刷できない", ticket.Phone
		write(func(tx *store.Tx) error { return tx.Save(k) })
		return k
	}
	k, same := made(1), made(2)
	do := func(after time.Duration, command string, args ...string) {
		t.Helper()
		clock.Advance(after)
		doc, err := app.Args(ticket.Register, command, args)
		if err != nil {
			t.Fatal(err)
		}
		write(func(tx *store.Tx) error { return tx.Do(k, command, doc) })
	}
	do(10*time.Minute, "wait")
	if k.Awaits != sla.City || k.Awaited() != sla.City {
		t.Errorf("waits for %q", k.Awaits)
	}
	do(20*time.Minute, "start")
	do(5*time.Minute, "wait", "party=third", "text=部品の納入")
	do(15*time.Minute, "answer", "text=部品を交換した。")
	do(0, "close")
	do(time.Hour, "return")
	if k.Reopened != 1 || k.FirstResponse == 0 {
		t.Errorf("%+v", k)
	}
	do(time.Minute, "merge", "into="+same.Ref.String())
	if k.State != ticket.Closed || k.MergedInto != same.Ref || k.Answer == "" {
		t.Errorf("%+v", k)
	}
	of := func(about app.Ref) []*ticket.Note {
		notes, err := app.Every(t.Context(), r, ticket.Notes, app.Query{Where: []app.Cond{app.Where("about", "=", about.String())}, Sort: "at"})
		if err != nil {
			t.Fatal(err)
		}
		return notes
	}
	if told := of(same.Ref); len(told) != 1 || told[0].Sort != ticket.Merged || told[0].By.ID != r.Actor().ID {
		t.Errorf("%+v", told)
	}
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		t.Fatal(err)
	}
	city, err := calendar.New(table, calendar.City())
	if err != nil {
		t.Fatal(err)
	}
	spent, err := k.Spent(of(k.Ref), city, sla.Exactly(clock.Now()))
	if err != nil {
		t.Fatal(err)
	}
	if c, o := spent.Parties[sla.City].Open, spent.Parties[sla.Third].Open; c != 20*time.Minute || o != 15*time.Minute {
		t.Errorf("waited %v for the city and %v for others", c, o)
	}
	if spent.Used.Time != 16*time.Minute || len(spent.Ignored) > 0 {
		t.Errorf("took %v, without %v; it was closed for an hour", spent.Used.Time, spent.Ignored)
	}
}
