package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/sla"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// field is a replica with an inquiry from a branch and one visit to it.
type field struct {
	*testing.T
	r     *store.Replica
	clock *storetest.Clock
	visit *dispatch.Visit
}

func newField(t *testing.T, main bool) *field {
	f := &field{T: t, clock: &storetest.Clock{}}
	f.r = storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(f.clock))
	tk := ticket.Register.Draft(app.ID{1})
	tk.Title, tk.Channel = "起動しない", ticket.Phone
	site := people.Sites.Draft(app.ID{2})
	site.Name, site.Main = "本庁舎", main
	for _, r := range []app.Record{tk, site} {
		if err := f.save(r); err != nil {
			t.Fatal(err)
		}
	}
	f.another(3)
	return f
}

// another makes another visit, and goes on with that.
func (f *field) another(id byte) {
	f.visit = dispatch.Register.Draft(app.ID{id})
	f.visit.Ticket, f.visit.Site, f.visit.Engineer = app.Ref{Kind: ticket.Kind, ID: app.ID{1}}, app.Ref{Kind: people.SiteKind, ID: app.ID{2}}, "佐々木"
	f.visit.Wished, f.visit.WishedBy = app.StampOf(f.clock.Now().Add(time.Hour)), "税務課"
	if err := f.save(f.visit); err != nil {
		f.Fatal(err)
	}
}

func (f *field) save(r app.Record) error {
	return f.r.Write(f.Context(), f.r.Actor(), func(tx *store.Tx) error { return tx.Save(r) })
}

func (f *field) do(command string, args ...string) error {
	doc, err := app.Args(dispatch.Register, command, args)
	if err != nil {
		f.Fatal(command, err)
	}
	return f.r.Write(f.Context(), f.r.Actor(), func(tx *store.Tx) error { return tx.Do(f.visit, command, doc) })
}

// must does commands, each of which must go.
func (f *field) must(commands ...string) {
	f.Helper()
	for _, c := range commands {
		if err := f.do(c); err != nil {
			f.Fatal(c, err)
		}
	}
}

func (f *field) course() dispatch.Course {
	c, err := dispatch.Load(f.Context(), f.r, f.visit)
	if err != nil {
		f.Fatal(err)
	}
	return c
}

// TestArrows walks every way to a state, and tries every command there.
func TestArrows(t *testing.T) {
	ways := map[dispatch.State][]string{
		dispatch.Asked: nil, dispatch.OnTheWay: {"depart"}, dispatch.There: {"arrive"}, dispatch.Working: {"arrive", "begin"},
		dispatch.Remotely: {"remote"}, dispatch.Done: {"arrive", "finish"}, dispatch.Cancelled: {"cancel"},
	}
	may := map[dispatch.State][]string{
		dispatch.Asked: {"depart", "arrive", "remote", "cancel"}, dispatch.OnTheWay: {"arrive", "cancel"}, dispatch.There: {"begin", "finish", "cancel"},
		dispatch.Working: {"finish", "cancel"}, dispatch.Remotely: {"depart", "arrive", "finish", "cancel"},
	}
	f, id := newField(t, true), byte(3)
	for state, way := range ways {
		for _, c := range []string{"depart", "arrive", "begin", "remote", "finish", "cancel"} {
			id++
			f.another(id)
			f.visit.Work = "電源を交換した。"
			if err := f.save(f.visit); err != nil {
				t.Fatal(err)
			}
			for _, w := range way {
				f.step(w)
			}
			if f.visit.State != state {
				t.Fatalf("%v lead to %q", way, f.visit.State)
			}
			if err := f.attempt(c); slices.Contains(may[state], c) != (err == nil) || err != nil && !app.IsCode(err, app.Stale) {
				t.Errorf("%s from %q: %v", c, state, err)
			}
		}
	}
}

func (f *field) attempt(c string) error {
	if c == "cancel" {
		return f.do(c, "reason=直った")
	}
	return f.do(c)
}

func (f *field) step(c string) {
	if err := f.attempt(c); err != nil {
		f.Fatal(c, err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	f := newField(t, true)
	later := app.StampOf(f.clock.Now().Add(time.Hour)).Time().Format(app.TypedTime)
	if err := f.do("arrive", "at="+later); !app.IsCode(err, app.Invalid) {
		t.Errorf("arrived in the future: %v", err)
	}
	f.visit.Wished++
	if err := f.save(f.visit); !app.IsCode(err, app.Invalid) {
		t.Errorf("the wish was edited: %v", err)
	}
	f.visit.Wished--
	f.must("arrive")
	if err := f.do("absent"); !app.IsCode(err, app.Invalid) {
		t.Errorf("absent without evidence: %v", err)
	}
	if err := f.do("finish"); !app.IsCode(err, app.Invalid) {
		t.Errorf("finished without a word: %v", err)
	}
	s := dispatch.Steps.Draft(app.ID{9})
	s.Visit, s.What, s.At = f.visit.Ref, dispatch.Arrive, 1
	if err := f.save(s); !app.IsCode(err, app.Forbidden) {
		t.Errorf("a step made by hand: %v", err)
	}
	steps := f.course().Steps
	steps[0].Wish++
	if err := f.save(steps[0]); !app.IsCode(err, app.Forbidden) {
		t.Errorf("a step changed: %v", err)
	}
}

// TestTheWishKeepsItsHistory: all wishes stay, with who made them.
func TestTheWishKeepsItsHistory(t *testing.T) {
	f := newField(t, true)
	f.clock.Advance(time.Minute)
	at := f.clock.Now().In(civil.Tokyo).Add(3 * time.Hour).Truncate(time.Minute)
	if err := f.do("wish", "at="+at.Format(app.TypedTime), "who=総務課"); err != nil {
		t.Fatal(err)
	}
	c := f.course()
	asked := c.Asked(nil)
	if len(asked.Wishes) != 2 || asked.Wishes[0].Who != "税務課" || asked.Wishes[1] != (sla.Wish{For: app.StampOf(at), Made: c.Steps[1].At, Who: "総務課"}) || !asked.Main {
		t.Errorf("%+v", asked)
	}
}

// TestATimeSaidAfterwards is of unknown error, unless who says it knows.
func TestATimeSaidAfterwards(t *testing.T) {
	for _, c := range []struct {
		args []string
		want sla.Moment
	}{
		{[]string{"at=2026-01-01 10:00"}, sla.Moment{Err: app.Unknown}},
		{[]string{"at=2026-01-01 10:00", "error=60"}, sla.Moment{Err: 60_000}},
	} {
		f := newField(t, false)
		if err := f.do("arrive", c.args...); err != nil {
			t.Fatal(err)
		}
		c.want.At = app.StampOf(time.Date(2026, 1, 1, 10, 0, 0, 0, civil.Tokyo))
		course := f.course()
		if got := course.Asked(nil).Arrived; got != c.want {
			t.Errorf("%v: %+v, want %+v", c.args, got, c.want)
		}
	}
}
