// Package modulestest decides what people do as the server does, in memory and in the
// order in which it is asked: for tests of a module's rules. Tests of the store, of
// sync and of rights over the network need more than this.
package modulestest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/modules"
	"daicho/app/people"
)

// Office holds what was decided, and the time it is there.
type Office struct {
	testing.TB
	Rows map[app.Ref]app.Doc
	Now  time.Time
	book app.Book
	seq  uint64
	n    map[string]int64
}

// New is an empty office on the afternoon of Friday, 20 November 2026.
func New(t testing.TB) *Office {
	return &Office{t, map[app.Ref]app.Doc{}, time.Date(2026, 11, 20, 14, 0, 0, 0, civil.Tokyo), modules.Book(), 0, map[string]int64{}}
}

// Row is part of [app.View].
func (o *Office) Row(ref app.Ref) (app.Doc, int64, error) { return o.Rows[ref], 1, nil }

// Linked is part of [app.View].
func (o *Office) Linked(to app.Ref, from app.Kind) (refs []app.Ref, err error) {
	for ref, doc := range o.Rows {
		linked := false
		err = doc.Each(func(_ string, v app.Value) { linked = linked || slices.Contains(v.Refs(), to) })
		if linked && ref.Kind == from {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return slices.Compare(a.ID[:], b.ID[:]) })
	return refs, err
}

func (o *Office) decide(by app.ID, c *app.Change) error {
	o.seq++
	c.Seq, c.Device = o.seq, app.ID{9}
	out, err := o.book.Decide(&app.Act{Actor: app.Actor{ID: by}, At: app.StampOf(o.Now), View: o,
		Issue: func(s string) (int64, error) { o.n[s]++; return o.n[s], nil }}, c)
	for _, e := range out.Effects {
		o.Rows[e.Ref] = o.Rows[e.Ref].Patch(e.Cells)
	}
	return err
}

// Save is what somebody enters in a record.
func (o *Office) Save(by app.ID, r app.Record) error {
	g := o.book.Registers[r.Meta().Ref.Kind]
	return o.decide(by, &app.Change{Ref: r.Meta().Ref, New: r.Meta().IsNew(), Cells: g.Diff(r)})
}

// Do is a command on a record as it is now.
func (o *Office) Do(by app.ID, ref app.Ref, command string, args ...string) error {
	return o.Late(by, o.Rows[ref], ref, command, args...)
}

// Late is a command on a record as somebody saw it.
func (o *Office) Late(by app.ID, saw app.Doc, ref app.Ref, command string, args ...string) error {
	o.Helper()
	g := o.book.Registers[ref.Kind]
	spec, err := app.CommandOf(g, command)
	o.OK(err)
	given, err := app.Args(g, command, args)
	if err != nil {
		return err
	}
	c := &app.Change{Ref: ref, Command: command, Args: given}
	for _, f := range spec.Pre {
		c.Cells = append(c.Cells, app.Cell{Field: f, Was: saw.Get(f)})
	}
	return o.decide(by, c)
}

// OK ends the test with an error.
func (o *Office) OK(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// Is wants a refusal that says a word.
func (o *Office) Is(err error, code app.Code, word string) {
	o.Helper()
	if !app.IsCode(err, code) || !strings.Contains(app.ErrorOf(err).Say.JA, word) {
		o.Errorf("%v, want %s 「%s」", err, code, word)
	}
}

// Employ enters a person with a role; the name is that of the role.
func (o *Office) Employ(id app.ID, role access.Role) {
	o.Helper()
	p := people.Persons.Draft(id)
	p.Name = "担当 " + string(role)
	o.OK(o.Save(app.ID{99}, p))
	g := people.Grants.Draft(app.ID{50, byte(o.seq)})
	g.Person, g.Role = p.Ref, role
	o.OK(o.Save(app.ID{99}, g))
}

// Load is a record as it is now.
func Load[T any](o *Office, g *app.Register[T], ref app.Ref) *T {
	o.Helper()
	r := g.Draft(ref.ID)
	o.OK(g.Load(any(r).(app.Record), ref, 1, o.Rows[ref]))
	return r
}
