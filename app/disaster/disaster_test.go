package disaster_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/disaster"
)

func jst(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05.000", s, civil.Tokyo)
	if err != nil {
		panic(err)
	}
	return t
}

func TestPhases(t *testing.T) {
	const none = "1970-01-01 09:00:00.000" // the zero stamp
	for _, c := range []struct {
		name, since, now string
		phase            disaster.Phase
		next             string
	}{
		{"at once", "2026-11-20 13:40:00.000", "2026-11-20 13:40:00.000", 1, "2026-11-27 13:40:00.000"},
		{"the last instant of the week", "2026-11-20 13:40:00.000", "2026-11-27 13:40:00.000", 1, "2026-11-27 13:40:00.000"},
		{"after the week", "2026-11-20 13:40:00.000", "2026-11-27 13:40:00.001", 2, "2026-12-20 13:40:00.000"},
		{"the last instant of the month", "2026-11-20 13:40:00.000", "2026-12-20 13:40:00.000", 2, "2026-12-20 13:40:00.000"},
		{"after the month", "2026-11-20 13:40:00.000", "2026-12-20 13:40:00.001", 3, none},
		{"over the end of the year", "2026-12-20 00:00:00.000", "2027-01-20 00:00:00.000", 2, "2027-01-20 00:00:00.000"},
		{"no 31st: the month's last day", "2026-10-31 23:59:00.000", "2026-11-30 23:59:00.000", 2, "2026-11-30 23:59:00.000"},
		{"no 31st: and not the 1st", "2026-10-31 23:59:00.000", "2026-12-01 00:00:00.000", 3, none},
		{"February", "2027-01-30 09:00:00.000", "2027-02-10 09:00:00.000", 2, "2027-02-28 09:00:00.000"},
		{"February of a leap year", "2028-01-31 09:00:00.000", "2028-02-10 09:00:00.000", 2, "2028-02-29 09:00:00.000"},
		{"the last day is not stretched", "2027-02-28 09:00:00.000", "2027-03-28 09:00:00.001", 3, none},
		{"the day is Tokyo's, not UTC's", "2027-01-31 08:00:00.000", "2027-02-28 08:00:00.000", 2, "2027-02-28 08:00:00.000"},
		{"a clock that is behind", "2026-11-20 13:40:00.000", "2026-11-20 13:39:00.000", 1, "2026-11-27 13:40:00.000"},
	} {
		phase, next := disaster.PhaseAt(app.StampOf(jst(c.since)), jst(c.now).UTC())
		if want := app.StampOf(jst(c.next)); phase != c.phase || next != want {
			t.Errorf("%s: phase %d, next %s; want %d, %s", c.name, phase, next.RFC3339(), c.phase, want.RFC3339())
		}
	}
}

// city decides changes of one record, as the server does, at a moment.
type city struct {
	doc app.Doc
	now time.Time
}

var (
	book = app.Book{Registers: app.Collect([]app.Module{disaster.Module()})}
	ref  = app.Ref{Kind: disaster.Kind, ID: app.ID{3}}
	pm   = app.ID{10}
)

func (c *city) Row(app.Ref) (app.Doc, int64, error)         { return c.doc, 1, nil }
func (c *city) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }

func (c *city) decide(change *app.Change) error {
	d, err := book.Decide(&app.Act{Actor: app.Actor{ID: pm}, At: app.StampOf(c.now), View: c}, change)
	for _, e := range d.Effects {
		c.doc = c.doc.Patch(e.Cells)
	}
	return err
}

func (c *city) load(t *testing.T) *disaster.Disaster {
	t.Helper()
	r := disaster.Register.Draft(ref.ID)
	if err := disaster.Register.Load(r, ref, 1, c.doc); err != nil {
		t.Fatal(err)
	}
	return r
}

func (c *city) save(r *disaster.Disaster) error {
	return c.decide(&app.Change{Ref: ref, New: r.IsNew(), Cells: disaster.Register.Diff(r)})
}

func (c *city) do(t *testing.T, command string, args ...string) error {
	t.Helper()
	spec, err := app.CommandOf(disaster.Register, command)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := app.Args(disaster.Register, command, args)
	if err != nil {
		return err
	}
	change := &app.Change{Ref: ref, Command: command, Args: doc}
	for _, f := range spec.Pre {
		change.Cells = append(change.Cells, app.Cell{Field: f, Was: c.doc.Get(f)})
	}
	return c.decide(change)
}

func quake() *disaster.Disaster {
	d := disaster.Register.Draft(ref.ID)
	d.Title, d.Type, d.Extent, d.Change = "葉月市で震度6強", disaster.Earthquake, "本庁舎、北庁舎", "番号は仮番号になります。"
	d.Happened, d.Since = app.StampOf(jst("2026-11-20 13:31:00.000")), app.StampOf(jst("2026-11-20 13:40:00.000"))
	return d
}

func prepared(t *testing.T, d *disaster.Disaster) *city {
	t.Helper()
	c := &city{now: jst("2026-11-20 14:02:00.000")}
	if err := c.save(d); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestADisasterIsDeclaredAndEndedOnce(t *testing.T) {
	c := prepared(t, quake())
	if err := c.do(t, "end", "reason=誤り"); !app.IsCode(err, app.Stale) {
		t.Errorf("ended before it was declared: %v", err)
	}
	if err := c.do(t, "declare"); err != nil {
		t.Fatal(err)
	}
	if d := c.load(t); d.State != disaster.Declared || d.DeclaredBy.ID != pm || d.DeclaredAt != app.StampOf(c.now) {
		t.Errorf("%+v", d)
	}
	if err := c.do(t, "declare"); !app.IsCode(err, app.Stale) {
		t.Errorf("declared twice: %v", err)
	}
	d := c.load(t)
	d.Extent += "、南庁舎" // what is known grows
	if err := c.save(d); err != nil {
		t.Error(err)
	}
	c.now = c.now.Add(50 * time.Hour)
	if err := c.do(t, "end"); !app.IsCode(err, app.Invalid) {
		t.Errorf("ended without a reason: %v", err)
	}
	if err := c.do(t, "end", "reason=全ての業務を再開した。"); err != nil {
		t.Fatal(err)
	}
	if d = c.load(t); d.State != disaster.Ended || d.EndedBy.ID != pm || d.EndedAt != app.StampOf(c.now) || d.Reason == "" {
		t.Errorf("%+v", d)
	}
	if d.Extent = "どこでもない"; !app.IsCode(c.save(d), app.Forbidden) {
		t.Error("changed after it ended")
	}
}

func TestADrillSaysSo(t *testing.T) {
	drill := quake()
	drill.Nature = disaster.Drill
	c := prepared(t, drill)
	if got := c.load(t).Title; got != "【訓練】葉月市で震度6強" {
		t.Errorf("the title is %q", got)
	}
	d := c.load(t)
	if d.Title = "別の件名"; c.save(d) != nil || c.load(t).Title != "【訓練】別の件名" {
		t.Errorf("the title is %q", c.load(t).Title)
	}
	if err := c.do(t, "declare"); err != nil {
		t.Fatal(err)
	}
	d = c.load(t)
	if d.Nature = disaster.Real; !app.IsCode(c.save(d), app.Forbidden) {
		t.Error("a declared drill became a disaster")
	}
	real := quake()
	real.Title = "【訓練】葉月市で震度6強"
	if got := prepared(t, real).load(t).Title; got != "葉月市で震度6強" {
		t.Errorf("what is no drill is called %q", got)
	}
}

func TestTimesThatCannotBe(t *testing.T) {
	d := quake()
	d.Since = d.Happened - 1
	if err := (&city{now: jst("2026-11-20 14:02:00.000")}).save(d); !app.IsCode(err, app.Invalid) {
		t.Errorf("difficult before it happened: %v", err)
	}
	d = quake()
	d.Since = app.StampOf(jst("2026-11-20 14:03:00.000"))
	if err := prepared(t, d).do(t, "declare"); !app.IsCode(err, app.Invalid) {
		t.Errorf("difficult in the future: %v", err)
	}
}
