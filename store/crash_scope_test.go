package store_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// standingPages are all records of a server.
type standingPages struct {
	Epoch app.ID
	Head  int64
	All   []store.Row
	Keys  map[app.ID][]app.SubjectKey
}

// prepareRescope makes an enrolled replica with a change of its own, and the
// records that a server has.
func prepareRescope(t *testing.T, home string) looker {
	a := storetest.New(t, storetest.WithSeed(2))
	q := storetest.NewSequencer(t, storetest.Book())
	for n := range 30 {
		it := inZone(t, a, []string{"鰯雲", "普通"}[n%2], []string{"赤", "青"}[n%2])
		do(t, a, it, "split")
	}
	q.Sync(a)
	r := storetest.New(t, storetest.WithDir(filepath.Join(home, "replica")))
	item(t, r, "自分の")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	p := q.Standing(app.Ref{}, 1000, app.ReadsAll)
	all := standingPages{Epoch: q.Epoch, Head: q.Last(), All: p.Rows, Keys: map[app.ID][]app.SubjectKey{}}
	for _, k := range p.Keys {
		all.Keys[k.Subject] = append(all.Keys[k.Subject], k)
	}
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(all); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "standing"), out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, _ string, r *store.Replica, _ []string) { rescoped(t, q, r) }
}

// rescopeOften goes from one clearance to another and back.
func rescopeOften(home string, rnd *rand.Rand) error {
	r, err := working(itemOptions, home, rnd)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(home, "standing"))
	if err != nil {
		return err
	}
	var all standingPages
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&all); err != nil {
		return err
	}
	for n := range 20 {
		if err := all.give(r, []app.Clearance{app.ReadsAll, outside}[n%2]); err != nil {
			return err
		}
		tell("gave", n)
	}
	return r.Close()
}

// give has a replica hold what a clearance lets it, in pages of seven.
func (all *standingPages) give(r *store.Replica, to app.Clearance) error {
	ctx := context.Background()
	if err := r.Rescope(ctx, all.Epoch, to, all.Head); err != nil {
		return err
	}
	for {
		f, err := r.Filling(ctx)
		if err != nil {
			return err
		}
		if !f.Wanted {
			return r.Index(ctx, nil)
		}
		if err := r.Fill(ctx, all.page(f)); err != nil {
			return err
		}
	}
}

// page is the next page of what is wanted: only ever all, for the smaller
// clearance is always a part of what is here.
func (all *standingPages) page(f store.Filling) store.Rows {
	p := store.Rows{Epoch: all.Epoch, After: f.After}
	from := 0
	for f.After != (app.Ref{}) && all.All[from].Ref != f.After {
		from++
	}
	if f.After != (app.Ref{}) {
		from++
	}
	for i, row := range all.All[from:] {
		if p.More = i == 7; p.More {
			break
		}
		p.Rows, p.Keys = append(p.Rows, row), append(p.Keys, all.Keys[row.Ref.ID]...)
	}
	return p
}

// rescoped makes sure that whatever was cut off, what one may read in the end is
// all there is, and nothing more.
func rescoped(t *testing.T, q *storetest.Sequencer, r *store.Replica) {
	t.Helper()
	q.Rescope(r, outside, 5)
	if n := count(t, r, storetest.PartKind); n != 15 {
		t.Errorf("%d parts may be read, want 15", n)
	}
	if pages := r.Pages(t); bytes.Contains(pages, []byte("鰯雲")) {
		t.Error("the database still holds words of what may not be read")
	}
	if out := outbox(t, r); len(out) == 0 || out[0].Seq != 1 {
		t.Errorf("its own changes are %+v", out)
	}
	if n := len(found(t, r, "普通")); n != 15 {
		t.Errorf("a search finds %d", n)
	}
}
