package storetest

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"daicho/app"
	"daicho/store"
)

// Standing is a page of up to max records as they stand that a clearance lets
// somebody read, after one in the order of kind and id.
func (q *Sequencer) Standing(after app.Ref, max int, only app.Clearance) store.Rows {
	q.t.Helper()
	p := store.Rows{Epoch: q.Epoch, After: after}
	refs := slices.SortedFunc(maps.Keys(q.rows), byRef)
	for _, ref := range refs {
		s, err := q.book.ScopeOf(q, ref, q.rows[ref].doc)
		if err != nil {
			q.t.Fatal(err)
		}
		if q.rows[ref].doc.IsEmpty() || !only.Reads(s) {
			continue
		}
		if p.Total++; byRef(ref, after) <= 0 {
			continue
		}
		if p.More = len(p.Rows) == max; p.More {
			return p
		}
		p.Rows = append(p.Rows, store.Row{Ref: ref, GSN: q.rows[ref].gsn, Doc: q.rows[ref].doc})
		p.Keys = append(p.Keys, q.keys.all[ref.ID]...)
	}
	return p
}

func byRef(a, b app.Ref) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), bytes.Compare(a.ID[:], b.ID[:]))
}

// Rescope has a replica hold what a clearance lets it, by pages of up to max
// records, and make their words.
func (q *Sequencer) Rescope(r *store.Replica, to app.Clearance, max int) {
	q.t.Helper()
	ctx := context.Background()
	if err := r.Rescope(ctx, q.Epoch, to, q.Last()); err != nil {
		q.t.Fatal(err)
	}
	for {
		f, err := r.Filling(ctx)
		if err == nil && !f.Wanted {
			err = r.Index(ctx, nil)
		} else if err == nil {
			err = r.Fill(ctx, q.Standing(f.After, max, f.Only))
		}
		if err != nil {
			q.t.Fatal(err)
		}
		if !f.Wanted {
			return
		}
	}
}

// Remember gives a replica all history of before, up to max lines at once, the
// newest first.
func (q *Sequencer) Remember(r *store.Replica, max int64) {
	q.t.Helper()
	ctx := context.Background()
	for {
		run, missing, err := r.Past(ctx)
		if err == nil && missing {
			after := run.UpTo - min(max, run.UpTo-run.After)
			page := q.Page(after, int(run.UpTo-after))
			err = r.TakePast(ctx, store.PastPage{N: run.N, Epoch: q.Epoch, After: after, UpTo: run.UpTo, Outcomes: page.Outcomes, Keys: page.Keys})
		}
		if err != nil {
			q.t.Fatal(err)
		}
		if !missing {
			return
		}
	}
}
