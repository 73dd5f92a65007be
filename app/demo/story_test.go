package demo_test

import (
	"bytes"
	"image/png"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/demo"
	"daicho/app/modules"

	"pgregory.net/rapid"
)

// end is a Friday afternoon.
var end = app.StampOf(time.Date(2026, 11, 20, 15, 0, 0, 0, civil.Tokyo))

func TestStoryIsTheSameAgain(t *testing.T) {
	if !reflect.DeepEqual(demo.Story(7, end), demo.Story(7, end)) {
		t.Error("one seed and moment gave two stories")
	}
	if reflect.DeepEqual(demo.Story(7, end), demo.Story(8, end)) {
		t.Error("two seeds gave one story")
	}
}

// named is what a record is told by first.
var named = regexp.MustCompile("^(title|name|body|wished|minutes|text|at|what)=")

// Whenever it ends, the story holds the whole city, in order of time.
func TestStoryIsWholeAtAnyTime(t *testing.T) {
	const minute, day = app.Stamp(60_000), app.Stamp(86_400_000)
	rapid.Check(t, func(t *rapid.T) {
		until := end + minute*app.Stamp(rapid.IntRange(-1_000_000, 1_000_000).Draw(t, "minutes after"))
		last, made := until-43*day, map[app.Kind]map[int]bool{}
		for _, s := range demo.Story(rapid.Uint64().Draw(t, "seed"), until) {
			if s.At < last || s.At >= until {
				t.Fatalf("%s %d at %s, after %s", s.Kind, s.Record, s.At.RFC3339(), last.RFC3339())
			}
			if made[s.Kind] == nil {
				made[s.Kind] = map[int]bool{}
			}
			if !made[s.Kind][s.Record] && (len(s.Set) == 0 || !named.MatchString(s.Set[0])) {
				t.Fatalf("%s %d begins with %q", s.Kind, s.Record, s.Set)
			}
			last, made[s.Kind][s.Record] = s.At, true
		}
		if len(made["ticket"]) != 200 || len(made["document"]) != 40 {
			t.Fatalf("%d tickets, %d documents until %s", len(made["ticket"]), len(made["document"]), until.RFC3339())
		}
	})
}

// Every step is what the registers accept from a person, at any time of the year.
func TestStoryIsAccepted(t *testing.T) {
	for _, until := range []app.Stamp{end, end + 31*86_400_000, end - 200*86_400_000 - 3_600_000*7} {
		desk := newDesk()
		for i, s := range demo.Story(uint64(until), until) {
			if err := desk.play(uint64(i+1), s); err != nil {
				t.Fatalf("until %s: %s %d %q %s: %v", until.RFC3339(), s.Kind, s.Record, s.Set, s.Command, err)
			}
		}
		checkCity(t, desk)
	}
}

func checkCity(t *testing.T, d *desk) {
	t.Helper()
	states := map[string]int{}
	count := map[app.Kind]int{}
	for ref, doc := range d.rows {
		count[ref.Kind]++
		if ref.Kind == "ticket" {
			states[doc.Get("state").Text()]++
		}
	}
	if count["ticket"] != 200 || count["document"] != 41 || count["revision"] != 6 || count["organisation"] != 38 || count["site"] != 12 || count["agreement"] != 10 || count["task"] != 6 || count["meeting"] != 3 || count["change_request"] != 2 || count["monitor_target"] != 5 || count["monitor_event"] < 2 {
		t.Errorf("%v, want 200 tickets, 41 documents, 38 organisations, 12 sites, 10 agreements, 6 tasks, 3 meetings, 2 change requests, 5 monitoring targets and their events", count)
	}
	for _, s := range []string{"", "working", "waiting", "dispatched", "closed"} {
		if states[s] == 0 {
			t.Errorf("no ticket is %q: %v", s, states)
		}
	}
	if states["closed"] < 120 {
		t.Errorf("states %v: most tickets of six weeks should be closed", states)
	}
}

func TestPhotosArePictures(t *testing.T) {
	photos := 0
	for _, s := range demo.Story(1, end) {
		for _, f := range s.Files {
			if f.Type != "image/png" {
				continue
			}
			photos++
			if _, err := png.Decode(bytes.NewReader(f.Bytes)); err != nil || len(f.Bytes) > 20_000 {
				t.Fatalf("%s: %d bytes, %v", f.Name, len(f.Bytes), err)
			}
		}
	}
	if photos < 10 {
		t.Errorf("%d photos", photos)
	}
}

func TestStoryHoldsWhatPeopleLookFor(t *testing.T) {
	var all []string
	for _, s := range demo.Story(1, end) {
		all = append(all, s.Set...)
	}
	text := strings.Join(all, "\n")
	for _, word := range []string{"障害", "LGWAN", "外字", "基幹系", "議会中継", "パスワード", "プリンター"} {
		if !strings.Contains(text, word) {
			t.Errorf("nobody in the city speaks of %s", word)
		}
	}
}

// desk decides steps as a replica does, in memory.
type desk struct {
	book app.Book
	rows map[app.Ref]app.Doc
}

func newDesk() *desk { return &desk{modules.Book(), map[app.Ref]app.Doc{}} }

func (d *desk) Row(ref app.Ref) (app.Doc, int64, error)     { return d.rows[ref], 0, nil }
func (d *desk) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }
func (d *desk) ref(s demo.Step) app.Ref {
	return app.Ref{Kind: s.Kind, ID: app.ID{byte(s.Record >> 8), byte(s.Record), 1}}
}
func (d *desk) decide(seq uint64, s demo.Step, c app.Change) error {
	c.Seq, c.Ref = seq, d.ref(s)
	c.New = d.rows[c.Ref].IsEmpty()
	out, err := d.book.Decide(&app.Act{At: s.At, View: d}, &c)
	for _, e := range out.Effects {
		d.rows[e.Ref] = d.rows[e.Ref].Patch(e.Cells)
	}
	return err
}

func (d *desk) play(seq uint64, s demo.Step) error {
	g, err := d.book.Registers.Of(s.Kind)
	if err != nil {
		return err
	}
	r := g.New()
	if err = g.Load(r, d.ref(s), 0, d.rows[d.ref(s)]); err != nil {
		return err
	}
	for _, set := range s.Set {
		name, text, _ := strings.Cut(set, "=")
		if err = g.Enter(r, name, text); err != nil {
			return err
		}
	}
	for _, l := range s.Links {
		if err = g.Enter(r, l.Field, d.ref(demo.Step{Kind: l.Kind, Record: l.Record}).String()); err != nil {
			return err
		}
	}
	if cells := g.Diff(r); len(cells) > 0 {
		if err = d.decide(seq, s, app.Change{Cells: cells}); err != nil {
			return err
		}
	}
	return d.command(seq, g, s)
}

func (d *desk) command(seq uint64, g app.AnyRegister, s demo.Step) error {
	if s.Command == "" {
		return nil
	}
	spec, err := app.CommandOf(g, s.Command)
	if err != nil {
		return err
	}
	args, err := app.Args(g, s.Command, s.Args)
	if err != nil {
		return err
	}
	var saw []app.Cell
	for _, f := range slices.Sorted(slices.Values(spec.Pre)) {
		saw = append(saw, app.Cell{Field: f, Was: d.rows[d.ref(s)].Get(f)})
	}
	return d.decide(seq, s, app.Change{Command: s.Command, Args: args, Cells: saw})
}
