package finding_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/finding"
)

var (
	agent, asker, approver = app.ID{1}, app.ID{2}, app.ID{3}
	job                    = app.Ref{Kind: finding.JobKind, ID: app.ID{4}}
	key                    = finding.Key{5}
	monday                 = time.Date(2026, 11, 23, 22, 0, 0, 0, civil.Tokyo)
)

// world is records in memory, with the product's rules and without its rights.
type world struct {
	book app.Book
	rows map[app.Ref]app.Doc
	now  time.Time
	who  app.ID
	seq  uint64
	made []finding.Request // tickets
}

func (w *world) Row(r app.Ref) (app.Doc, int64, error)       { return w.rows[r], 1, nil }
func (w *world) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }

// fatal is testing.T or rapid.T.
type fatal interface {
	Helper()
	Fatal(args ...any)
}

func newWorld(t fatal) *world {
	t.Helper()
	w := &world{rows: map[app.Ref]app.Doc{}, now: monday, who: asker}
	w.book.Registers = app.Collect([]app.Module{finding.Module(func(a *app.Act, r finding.Request) (app.Ref, error) {
		w.made = append(w.made, r)
		return app.Ref{Kind: "ticket", ID: a.NewID()}, nil
	})})
	j := finding.Jobs.Draft(job.ID)
	j.Title, j.Root, j.Server, j.Department, j.Agent = "福祉課", "/srv/fukushi", "fs1", "福祉課", person(agent)
	w.save(t, finding.Jobs, j)
	return w
}

func person(id app.ID) app.Ref { return app.Ref{Kind: app.PersonKind, ID: id} }

func (w *world) decide(c *app.Change) error {
	w.seq++
	c.Seq = w.seq
	d, err := w.book.Decide(&app.Act{Actor: app.Actor{ID: w.who}, At: app.StampOf(w.now), View: w}, c)
	for _, e := range d.Effects {
		w.rows[e.Ref] = w.rows[e.Ref].Patch(e.Cells)
	}
	return err
}

func (w *world) try(g app.AnyRegister, r app.Record) error {
	return w.decide(&app.Change{Ref: r.Meta().Ref, New: r.Meta().IsNew(), Cells: g.Diff(r)})
}

func (w *world) save(t fatal, g app.AnyRegister, r app.Record) {
	t.Helper()
	if err := w.try(g, r); err != nil {
		t.Fatal(err)
	}
	w.load(t, g, r)
}

func (w *world) load(t fatal, g app.AnyRegister, r app.Record) {
	t.Helper()
	if err := g.Load(r, r.Meta().Ref, 1, w.rows[r.Meta().Ref]); err != nil {
		t.Fatal(err)
	}
}

// do runs a command as a person does.
func (w *world) do(who app.ID, ref app.Ref, command string, args ...string) error {
	defer func(was app.ID) { w.who = was }(w.who)
	w.who = who
	g := w.book.Registers[ref.Kind]
	spec, err := app.CommandOf(g, command)
	if err != nil {
		return err
	}
	doc, err := app.Args(g, command, args)
	if err != nil {
		return err
	}
	c := &app.Change{Ref: ref, Command: command, Args: doc}
	for _, f := range spec.Pre {
		c.Cells = append(c.Cells, app.Cell{Field: f, Was: w.rows[ref].Get(f)})
	}
	return w.decide(c)
}

func (w *world) finding(t fatal, id app.ID) *finding.Finding {
	t.Helper()
	f := finding.Register.Draft(id)
	w.load(t, finding.Register, f)
	return f
}

func (w *world) job(t fatal) *finding.Job {
	t.Helper()
	j := finding.Jobs.Draft(job.ID)
	w.load(t, finding.Jobs, j)
	return j
}

// before are all findings; the paths of those told are remembered by the test.
func (w *world) before(t fatal, paths map[app.ID]string) (all []finding.Previous) {
	t.Helper()
	for ref := range w.rows {
		if ref.Kind == finding.Kind {
			all = append(all, finding.Previous{Finding: w.finding(t, ref.ID), Path: paths[ref.ID]})
		}
	}
	return all
}

// run is a whole run: a record of it, the lines, what they tell, its end.
func (w *world) run(t fatal, paths map[app.ID]string, lines ...finding.Line) (*finding.Run, finding.Plan) {
	t.Helper()
	defer func(was app.ID) { w.who = was }(w.who)
	w.who = agent
	w.seq++
	run := finding.Runs.Draft(app.ID{9, byte(w.seq >> 8), byte(w.seq)})
	run.Job = job
	w.save(t, finding.Runs, run)
	tally, plan := w.compare(t, paths, lines)
	for id, hit := range plan.Places {
		paths[id] = hit.Path
	}
	if len(plan.Told) > 0 {
		if err := w.decide(&app.Change{Ref: run.Ref, Command: "tell", Args: finding.Args(plan.Told)}); err != nil {
			t.Fatal(err)
		}
	}
	w.load(t, finding.Runs, run)
	tally.Figures(key, run)
	run.State, run.Waiting = finding.Done, plan.Waiting
	w.save(t, finding.Runs, run)
	return run, plan
}

func (w *world) compare(t fatal, paths map[app.ID]string, lines []finding.Line) (*finding.Tally, finding.Plan) {
	t.Helper()
	before := w.before(t, paths)
	tally := finding.NewTally(w.job(t), before)
	for _, l := range lines {
		if err := tally.Add(l); err != nil {
			t.Fatal(err)
		}
	}
	tally.End()
	for i := range tally.Hits {
		tally.Hits[i].Content = contents[tally.Hits[i].Path]
	}
	return tally, finding.Compare(key, w.job(t), before, tally, w.now)
}

// contents are the marks of what files hold, where a test says so.
var contents = map[string]string{}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code app.Code) {
	t.Helper()
	if !app.IsCode(err, code) {
		t.Errorf("%v, want %s", err, code)
	}
}
