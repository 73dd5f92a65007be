package helpdesk_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/helpdesk"
	"daicho/app/modules"
	"daicho/app/modules/modulestest"
	"daicho/app/people"
	"daicho/app/sla"
	"daicho/app/terms"
	"daicho/app/ticket"
	"daicho/assets"
	"daicho/store"
	"daicho/store/storetest"
)

// now is when the cities are looked at.
var now = sla.Exactly(cityEnd)

func agreed(t testing.TB, r *store.Replica) *terms.Terms {
	t.Helper()
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		t.Fatal(err)
	}
	by, err := terms.Read(t.Context(), r, table)
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// spell is a time in which an inquiry was open.
type spell struct{ from, to app.Stamp }

const forever app.Stamp = math.MaxInt64

// opened are the times in which an inquiry was open, by its course before a day and as if
// nothing had come since, and that course.
func opened(k *ticket.Ticket, notes []*ticket.Note, end app.Stamp) (all []spell, before []*ticket.Note) {
	all = []spell{{k.ReceivedAt, forever}}
	for _, n := range notes {
		if n.At >= end {
			k.ClosedAt = 0
			break
		}
		before = append(before, n)
		switch n.Sort {
		case ticket.Finished:
			all[len(all)-1].to = n.At
		case ticket.Reopened:
			all = append(all, spell{n.At, forever})
		}
	}
	return all, before
}

// waits is whom an inquiry waits for at the end of its course.
func waits(notes []*ticket.Note) sla.Party {
	party := sla.Vendor
	for _, n := range notes {
		switch n.Sort {
		case ticket.Waited:
			party = n.Party
		case ticket.Resumed, ticket.Reopened:
			party = sla.Vendor
		}
	}
	return party
}

// slowly is the same work inquiry by inquiry, from a look at every one of them.
func slowly(t *testing.T, r *store.Replica, by *terms.Terms, from, to app.Stamp) (w helpdesk.Work, intakes []sla.Intake) {
	t.Helper()
	all, err := app.Every(t.Context(), r, ticket.Register, app.Query{Sort: "received"})
	if err != nil {
		t.Fatal(err)
	}
	end := min(now.At, to)
	for _, k := range all {
		notes, err := app.Every(t.Context(), r, ticket.Notes, app.Query{Where: []app.Cond{app.Where("about", "=", k.Ref.String())}, Sort: "at"})
		if err != nil {
			t.Fatal(err)
		}
		spells, notes := opened(k, notes, to)
		if !slices.ContainsFunc(spells, func(s spell) bool { return s.from < to && s.to > from }) {
			continue
		}
		spent, err := k.Spent(notes, by.City, sla.Moment{At: end})
		if err != nil {
			t.Fatal(err)
		}
		w.Add(helpdesk.Inquiry{Open: spells[len(spells)-1].to == forever, Age: end.Time().Sub(k.ReceivedAt.Time()), Waits: waits(notes), Spent: spent})
		if k.ReceivedAt >= from {
			intakes = append(intakes, k.Intake())
		}
	}
	return w, intakes
}

// TestOneReadingCountsEveryInquiry: of days whose inquiries stand on more than one page,
// and of days gone by, of which some inquiries are open at the end.
func TestOneReadingCountsEveryInquiry(t *testing.T) {
	r := cityOf(t, 1_300) // in 24 days
	by := agreed(t, r)
	day := func(d int) civil.Date { return civil.Date{Year: 2026, Month: time.November, Day: d} }
	for _, c := range []struct{ from, until civil.Date }{{day(1), day(20)}, {day(1), day(8)}, {day(12), day(12)}, {day(21), day(30)}} {
		m, err := helpdesk.Read(t.Context(), r, by, c.from, c.until, now)
		if err != nil {
			t.Fatal(err)
		}
		from, to := app.StampOf(c.from.Start()), app.StampOf(c.until.AddDays(1).Start())
		w, intakes := slowly(t, r, by, from, to)
		if slices.Sort(m.Work.Took); !slices.Equal(m.Work.Took, slices.Sorted(slices.Values(w.Took))) {
			t.Errorf("%s: %d closed, want %d", c.until, len(m.Work.Took), len(w.Took))
		}
		for p, want := range w.Backlog {
			if got := m.Work.Backlog[p]; !slices.Equal(got, want) || m.Work.Waited[p] != w.Waited[p] {
				t.Errorf("%s: %s: %v open, waited %v; want %v and %v", c.until, p, got, m.Work.Waited[p], want, w.Waited[p])
			}
		}
		if want := by.Ledger.FirstLine(from.Time(), intakes); m.Intakes != want {
			t.Errorf("%s: %+v, want %+v", c.until, m.Intakes, want)
		}
		if c.from == day(1) && (len(m.Visits) == 0 || m.Needless == 0 || m.Reopened == 0 || len(m.Failures) == 0) {
			t.Errorf("%s: %d visits, %d failures, %d needless, %d re-opened", c.until, len(m.Visits), len(m.Failures), m.Needless, m.Reopened)
		}
	}
}

// TestAMonthGoneByStandsAsItWasAtItsEnd: what came in one month and was closed in the next
// is in the figures of both, and what happened later changes neither.
func TestAMonthGoneByStandsAsItWasAtItsEnd(t *testing.T) {
	c := &city{Office: modulestest.New(t)}
	on := func(month time.Month, day int) { c.Now = time.Date(2026, month, day, 10, 0, 0, 0, civil.Tokyo) }
	on(time.July, 30)
	k := ticket.Register.Draft(c.id(1))
	k.Title, k.Channel = subjects[0], ticket.Phone
	c.OK(c.Save(clerk, k))
	c.after(5, k.Ref, "wait", "text=部署に確認を求めた。")
	on(time.August, 3)
	c.after(0, k.Ref, "answer", "text=設定をやり直した。")
	c.after(0, k.Ref, "close")
	on(time.October, 5)
	c.after(0, k.Ref, "staff", "text=鍵を開けた。", "need=needless")
	c.after(1, k.Ref, "return")
	on(time.November, 4)
	c.after(0, k.Ref, "close")
	c.keep()
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	fill(t, r, c.inOrder())
	by := agreed(t, r)
	for month, want := range map[time.Month]struct {
		city, vendor, took, reopened, needless int
	}{time.June: {}, time.July: {city: 1}, time.August: {took: 1}, time.September: {}, time.October: {vendor: 1, reopened: 1, needless: 1}, time.November: {took: 1}} {
		from := civil.Date{Year: 2026, Month: month, Day: 1}
		m, err := helpdesk.Read(t.Context(), r, by, from, civil.Date{Year: 2026, Month: month + 1}.AddDays(0), now)
		if err != nil {
			t.Fatal(err)
		}
		got := want
		got.city, got.vendor, got.took, got.reopened, got.needless = total(m.Work.Backlog[sla.City]), total(m.Work.Backlog[sla.Vendor]), len(m.Work.Took), m.Reopened, m.Needless
		if got != want {
			t.Errorf("%s: %+v, want %+v", month, got, want)
		}
	}
}

// TestWhoeverWasSentWithoutAVisitIsTold: in the month in which somebody was sent, whatever
// became of the inquiry since; with a visit, even a cancelled one, it is not.
func TestWhoeverWasSentWithoutAVisitIsTold(t *testing.T) {
	c := &city{Office: modulestest.New(t)}
	on := func(month time.Month, day int) { c.Now = time.Date(2026, month, day, 10, 0, 0, 0, civil.Tokyo) }
	on(time.October, 5)
	s := people.Sites.Draft(hall.ID)
	s.Name, s.Main = "本庁舎", true
	c.OK(c.Save(clerk, s))
	c.rows = append(c.rows, store.Row{Ref: hall, GSN: 1, Doc: c.Rows[hall]})
	var all []app.Ref
	for i := range 5 {
		k := ticket.Register.Draft(c.id(i + 1))
		k.Title, k.Channel, k.Site = subjects[i], ticket.Phone, fmt.Sprintf("第%d庁舎", i)
		c.OK(c.Save(clerk, k))
		all = append(all, k.Ref)
	}
	c.after(0, all[0], "dispatch", "who=佐々木 健")
	c.after(0, all[1], "dispatch", "who=佐々木 健")
	c.after(0, all[2], "dispatch", "who=佐々木 健")
	for i, ref := range all[2:4] { // one before its visit, and one by it
		v := dispatch.Register.Draft(c.id(10 + i))
		v.Ticket, v.Site, v.Engineer, v.Wished = ref, hall, "佐々木 健", app.StampOf(c.Now.Add(time.Hour))
		c.OK(c.Save(clerk, v))
		if i == 1 {
			c.after(0, v.Ref, "cancel", "reason=直ったため。")
		}
	}
	on(time.November, 4)
	c.after(0, all[1], "answer", "text=設定をやり直した。")
	c.after(0, all[1], "close")
	c.after(0, all[4], "dispatch", "who=佐々木 健")
	c.keep()
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	fill(t, r, c.inOrder())
	by := agreed(t, r)
	for month, want := range map[time.Month][]string{time.September: nil, time.October: {"第0庁舎", "第1庁舎"}, time.November: {"第4庁舎"}} {
		m, err := helpdesk.Read(t.Context(), r, by, civil.Date{Year: 2026, Month: month, Day: 1}, civil.Date{Year: 2026, Month: month + 1}.AddDays(0), now)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range m.Unvisited {
			got = append(got, u.Site)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", month, got, want)
		}
	}
}

func total(of []int) (n int) {
	for _, i := range of {
		n += i
	}
	return n
}
