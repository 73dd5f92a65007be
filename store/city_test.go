package store_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/demo"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// A city of any size is many stories of package demo, of 200 inquiries each, as
// a server would have put them in order: 20,000 inquiries a year. Only the
// newest stories have inquiries that are still open, so there are as many of
// these in a large city as in a small one.
const (
	ticketsOf     = 200
	storyEvery    = 88 * time.Hour
	openOnes      = 12 // stories that run at one time
	outcomesAPage = 500
)

// cityEnd is when the newest story ends: on a Friday, when people are at work.
var cityEnd = storetest.Start.AddDate(0, 0, -2).Add(3 * time.Hour)

// cityOrder is a server's order in the making. Records are made one after the
// other, each with all that was done to it, so no more than one is kept.
type cityOrder struct {
	book     app.Book
	apply    func(store.Page) error
	page     store.Page
	gsn      int64
	numbers  map[string]int64
	ref      app.Ref
	doc      app.Doc
	at       int64 // version of doc
	subjects map[app.ID]bool
}

func newCityOrder(apply func(store.Page) error) *cityOrder {
	return &cityOrder{book: modules.Book(), apply: apply, page: store.Page{Epoch: app.ID{0xe0, 2}}, numbers: map[string]int64{}, subjects: map[app.ID]bool{}}
}

// Row makes it an app.View.
func (o *cityOrder) Row(ref app.Ref) (app.Doc, int64, error) {
	if ref == o.ref {
		return o.doc, o.at, nil
	}
	return nil, 0, nil
}

// Linked makes it an app.View.
func (o *cityOrder) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }

// For is the one key of a subject.
func (o *cityOrder) For(subject app.ID) (app.SubjectKey, error) {
	return app.SubjectKey{Subject: subject, Key: sha256.Sum256(subject[:])}, nil
}

// Find is the one key of a subject.
func (o *cityOrder) Find(subject app.ID, _ app.KeyID) (app.SubjectKey, error) { return o.For(subject) }

func (o *cityOrder) issue(series string) (int64, error) {
	o.numbers[series]++
	return o.numbers[series], nil
}

// live tells all that was done to one record.
func (o *cityOrder) live(steps []demo.Step, seed uint64) error {
	id, err := app.NewID(steps[0].At, storetest.Random(seed))
	if err != nil {
		return err
	}
	o.ref, o.doc, o.at = app.Ref{Kind: steps[0].Kind, ID: id}, nil, 0
	for _, s := range steps {
		if err := o.do(s); err != nil {
			return fmt.Errorf("%s at %s: %w", s.Kind, s.At.RFC3339(), err)
		}
	}
	return nil
}

func (o *cityOrder) do(s demo.Step) error {
	g, err := o.book.Registers.Of(s.Kind)
	if err != nil {
		return err
	}
	rec := g.New()
	if err := g.Load(rec, o.ref, o.at, o.doc); err != nil {
		return err
	}
	for _, set := range s.Set {
		name, text, _ := strings.Cut(set, "=")
		if err := g.Enter(rec, name, text); err != nil {
			return err
		}
	}
	if cells := g.Diff(rec); len(cells) > 0 {
		if err := o.decide(&app.Change{Ref: o.ref, New: o.doc.IsEmpty(), Base: o.at, Cells: cells}, s.At); err != nil {
			return err
		}
	}
	if s.Command == "" {
		return nil
	}
	args, err := app.Args(g, s.Command, s.Args)
	if err != nil {
		return err
	}
	return o.decide(&app.Change{Ref: o.ref, Base: o.at, Command: s.Command, Args: args}, s.At)
}

// decide puts a change in order, as the server does.
func (o *cityOrder) decide(c *app.Change, at app.Stamp) error {
	c.Device, c.Author = app.ID{7}, app.ID{8}
	d, err := o.book.Decide(&app.Act{Actor: app.Actor{ID: c.Author}, At: at, View: o, Issue: o.issue,
		Tick: func(app.Ref, string) app.Tick { return app.Tick{Err: app.Unknown} }}, c)
	if err != nil {
		return err
	}
	o.gsn++
	out := &app.Outcome{GSN: o.gsn, Device: c.Device, Seq: uint64(o.gsn), Author: c.Author, At: at, Received: at, Ref: c.Ref, Command: c.Command,
		Verdict: app.Accepted, Effects: d.Effects}
	body, err := out.Encode(o.book.Registers, &app.Sealer{Keys: o, Random: storetest.Random(uint64(o.gsn))})
	if err != nil {
		return err
	}
	for _, e := range d.Effects {
		if e.Ref == o.ref { // entries of its course are records of their own
			o.doc, o.at = o.doc.Patch(e.Cells), o.gsn
		}
		o.unlock(e.Ref.ID)
	}
	return o.send(body)
}

// unlock puts the key of a subject on the page, once.
func (o *cityOrder) unlock(subject app.ID) {
	if !o.subjects[subject] {
		key, _ := o.For(subject)
		o.subjects[subject], o.page.Keys = true, append(o.page.Keys, key)
	}
}

// send puts an outcome on the page, and gives a full page away.
func (o *cityOrder) send(body []byte) error {
	if o.page.Outcomes = append(o.page.Outcomes, body); len(o.page.Outcomes) < outcomesAPage {
		return nil
	}
	return o.flush()
}

func (o *cityOrder) flush() error {
	o.page.UpTo = o.gsn
	err := o.apply(o.page)
	o.page.From, o.page.Outcomes, o.page.Keys, o.subjects = o.gsn, nil, nil, map[app.ID]bool{}
	return err
}

// found makes a city of n inquiries and a quarter as many documents.
func (o *cityOrder) found(n int) error {
	made := map[app.Kind]int{}
	for left := n; left > 0; left -= ticketsOf {
		story := (left - 1) / ticketsOf // the newest is number 0
		lives := o.story(uint64(n-left+1), cityEnd.Add(-time.Duration(story)*storyEvery), story < openOnes)
		if err := o.liveAll(made, lives, ticket.Kind, min(ticketsOf, left)); err != nil {
			return err
		}
		if err := o.liveAll(made, lives, document.Kind, min(ticketsOf, left)/4); err != nil {
			return err
		}
	}
	return o.flush()
}

// liveAll makes n records of a kind; a story has fewer documents than are
// wanted, so they are told again, as other records.
func (o *cityOrder) liveAll(made map[app.Kind]int, lives [][]demo.Step, kind app.Kind, n int) error {
	for i := 0; n > 0; i = (i + 1) % len(lives) {
		if lives[i][0].Kind != kind {
			continue
		}
		made[kind]++
		if err := o.live(lives[i], uint64(made[kind])); err != nil {
			return err
		}
		n--
	}
	return nil
}

// story is the lives of one story's records in order of time. An old one has
// nothing that is still open.
func (o *cityOrder) story(seed uint64, until time.Time, running bool) (lives [][]demo.Step) {
	at := map[string]int{}
	for _, s := range demo.Story(seed, app.StampOf(until)) {
		key := fmt.Sprint(s.Kind, s.Record)
		if _, known := at[key]; !known {
			at[key] = len(lives)
			lives = append(lives, nil)
		}
		lives[at[key]] = append(lives[at[key]], s)
	}
	for i, life := range lives {
		if last := life[len(life)-1]; !running && last.Kind == ticket.Kind && last.Command != "close" {
			lives[i] = append(life, demo.Step{At: last.At, Kind: last.Kind, Set: []string{"answer=状況を確認し、対応済みとした。"}, Command: "close"})
		}
	}
	return lives
}

// cityOf is a replica with a city of n inquiries, made by Apply.
func cityOf(t testing.TB, dir string, n int) *store.Replica {
	t.Helper()
	clock := &storetest.Clock{}
	clock.Advance(cityEnd.Sub(storetest.Start))
	r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithDir(dir), storetest.WithClock(clock), storetest.WithSeed(uint64(n)))
	ctx := context.Background()
	err := newCityOrder(func(p store.Page) error { return r.Apply(ctx, p) }).found(n)
	if err = errors.Join(err, belongs(r)); err != nil {
		t.Fatal(err)
	}
	return r
}

// belongs makes the device the engineer's.
func belongs(r *store.Replica) error {
	return r.Local(context.Background(), func(tx *store.LocalTx) error {
		return tx.Enroll(store.Enrolment{Person: store.Person{ID: app.ID{8}, Name: engineer}})
	})
}

// engineer is one of those who the stories say did the work.
const engineer = "水野 恵美"

func TestCity(t *testing.T) {
	r := cityOf(t, t.TempDir()+"/r", 400)
	for kind, want := range map[app.Kind]int{ticket.Kind: 400, document.Kind: 100} {
		if n := count(t, r, kind); n != want {
			t.Errorf("%d of %s, want %d", n, kind, want)
		}
	}
	for _, g := range []app.AnyRegister{ticket.Register, document.Register} {
		for _, f := range g.About().Filters {
			if f.Given != "" || slices.Contains([]string{"today", "unsubmitted", "expired", "frozen", "disposed"}, f.Name) {
				continue // so small a city need not have a visit today; nothing in it was published by several people, is held, or so old that it may go
			}
			if ids, err := r.IDs(t.Context(), g.About().Kind, f.Query(nil)); err != nil || len(ids) == 0 {
				t.Errorf("%s: %d, %v", f.Name, len(ids), err)
			}
		}
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
