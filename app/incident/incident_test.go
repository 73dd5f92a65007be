package incident_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/incident"
	"daicho/app/modules"
	"daicho/app/sla"
	"daicho/store"
	"daicho/store/storetest"
)

// room is a replica with one incident.
type room struct {
	*testing.T
	r     *store.Replica
	clock *storetest.Clock
	i     *incident.Incident
}

func newRoom(t *testing.T, nature incident.Nature) *room {
	f := &room{T: t, clock: &storetest.Clock{}}
	f.r = storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(f.clock))
	f.i = incident.Register.Draft(app.ID{1})
	f.i.Title, f.i.Nature, f.i.Affects = "接続できない", nature, true
	f.save(f.i)
	return f
}

func (f *room) save(r app.Record) {
	f.Helper()
	if err := f.r.Write(f.Context(), f.r.Actor(), func(tx *store.Tx) error { return tx.Save(r) }); err != nil {
		f.Fatal(err)
	}
}

// do does a command a second later.
func (f *room) do(command string, args ...string) error {
	f.clock.Advance(time.Second)
	doc, err := app.Args(incident.Register, command, args)
	if err != nil {
		f.Fatal(command, err)
	}
	return f.r.Write(f.Context(), f.r.Actor(), func(tx *store.Tx) error { return tx.Do(f.i, command, doc) })
}

func (f *room) must(command string, args ...string) {
	f.Helper()
	if err := f.do(command, args...); err != nil {
		f.Fatal(command, err)
	}
}

func (f *room) course() incident.Course {
	c, err := incident.Load(f.Context(), f.r, f.i)
	if err != nil {
		f.Fatal(err)
	}
	return c
}

// TestWhatIsRefused: what has not been written cannot have been found out, planned or
// reported; nothing happens before it occurred; no stop of what is no security incident.
func TestWhatIsRefused(t *testing.T) {
	f := newRoom(t, incident.Failure)
	f.must("occur", "at=2026-11-22 09:30", "source=monitoring")
	for _, c := range []struct {
		code    app.Code
		command string
		args    []string
	}{
		{app.Invalid, "scope", nil}, {app.Invalid, "plan", nil}, {app.Invalid, "report", nil},
		{app.Invalid, "detect", []string{"at=2026-11-22 09:29"}}, {app.Invalid, "detect", []string{"at=2026-11-23 09:29"}},
		{app.Invalid, "occur", []string{"at=2026-11-22 09:30", "last_good=2026-11-22 09:30"}},
		{app.Invalid, "stop", nil}, {app.Invalid, "judge", nil}, {app.Invalid, "know", nil},
		{app.Stale, "resume", []string{"decision=" + f.i.Ref.String()}}, {app.Invalid, "close", nil},
		{app.NotFound, "grade", []string{"grade=severity:" + app.ID{8}.String()}},
	} {
		if err := f.do(c.command, c.args...); !app.IsCode(err, c.code) {
			t.Errorf("%s %v: %v, want %s", c.command, c.args, err, c.code)
		}
	}
	f.i.Last = "原因と対策を報告した。"
	f.save(f.i)
	f.must("close")
	if err := f.do("detect"); !app.IsCode(err, app.Stale) {
		t.Errorf("after the end: %v", err)
	}
}

// TestWhoWasWrongRecordsAnother: the last moment of a kind counts, and all stay.
func TestWhoWasWrongRecordsAnother(t *testing.T) {
	f := newRoom(t, incident.Failure)
	f.must("detect")
	f.must("occur", "at=2026-11-22 09:30", "source=monitoring")
	f.must("occur", "at=2026-11-22 09:20", "source=monitoring", "last_good=2026-11-22 09:15")
	c := f.course()
	asked := c.Asked()
	if want := app.StampOf(time.Date(2026, 11, 22, 9, 20, 0, 0, civil.Tokyo)); asked.Occurred != (sla.Moment{At: want}) || asked.LastGood != want-300_000 || f.i.Occurred != want {
		t.Errorf("%+v", asked)
	}
	if len(c.Steps) != 4 {
		t.Errorf("%d steps", len(c.Steps))
	}
}

// TestGradesKeepTheirMeaning: what a grade meant when it was given stays, whatever the
// table says later.
func TestGradesKeepTheirMeaning(t *testing.T) {
	f := newRoom(t, incident.Failure)
	s := incident.Severities.Draft(app.ID{5})
	s.Name, s.Means, s.Serious = "重大", "全て止まる。", true
	f.save(s)
	f.must("grade", "grade="+s.Ref.String())
	s.Serious = false
	f.save(s)
	f.must("grade", "grade="+s.Ref.String())
	c := f.course()
	if g := c.Asked().Grades; len(g) != 2 || !g[0].Serious || g[1].Serious {
		t.Errorf("%+v", g)
	}
}

// TestStopComesFirst: to stop needs nothing, to go on needs a decision.
func TestStopComesFirst(t *testing.T) {
	f := newRoom(t, incident.Security)
	f.must("stop")
	if f.i.State != incident.Stopped {
		t.Error(f.i.State)
	}
	if err := f.do("resume", "decision=document:"+app.ID{7}.String()); !app.IsCode(err, app.NotFound) {
		t.Errorf("by a decision that is not there: %v", err)
	}
	if err := f.do("recover"); !app.IsCode(err, app.Stale) || f.i.State != incident.Stopped {
		t.Errorf("recovered without a decision: %v, %s", err, f.i.State)
	}
	f.must("resume", "decision="+f.i.Ref.String())
	if f.i.State != incident.Going {
		t.Error(f.i.State)
	}
	f.must("recover")
}

// TestDuties: the day on which a leak became known is the first.
func TestDuties(t *testing.T) {
	for leak, full := range map[incident.Leak]string{incident.NoLeak: "", incident.Possible: "2026-12-21", incident.Confirmed: "2026-12-21", incident.Wrongful: "2027-01-20"} {
		f := newRoom(t, incident.Security)
		f.i.Leak = leak
		f.save(f.i)
		c := f.course()
		if len(c.Duties()) != 0 {
			t.Error("before anybody knew")
		}
		f.must("know")
		f.must("prompt")
		c = f.course()
		d := c.Duties()
		if full == "" {
			if len(d) != 0 {
				t.Errorf("without a leak: %v", d)
			}
			continue
		}
		if len(d) != 2 || d[0].Sooner.String() != "2026-11-24" || d[0].Due.String() != "2026-11-26" || d[0].Done == 0 || d[1].Due.String() != full || d[1].Done != 0 {
			t.Errorf("%s: %+v", leak, d)
		}
	}
}
