package store_test

import (
	"bytes"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// untouched makes sure that a page was refused loudly and left nothing.
func untouched(t *testing.T, r *store.Replica, err error, secret string) {
	t.Helper()
	if e := app.ErrorOf(err); !app.IsCode(err, app.Damaged) || e.Say.JA == "" {
		t.Errorf("got %v", err)
	}
	if bytes.Contains(r.Pages(t), []byte(secret)) || len(found(t, r, secret)) > 0 {
		t.Error("what may not be read is here")
	}
}

// TestRowsOutsideAreRefused: a server sends a record that the person may not read.
func TestRowsOutsideAreRefused(t *testing.T) {
	a, b, q := office(t)
	inZone(t, a, "見てよいもの", "青")
	inZone(t, a, "見てはならないもの", "赤")
	q.Sync(a)
	if err := b.Rescope(t.Context(), q.Epoch, outside, q.Last()); err != nil {
		t.Fatal(err)
	}
	err := b.Fill(t.Context(), q.Standing(app.Ref{}, 9, app.ReadsAll))
	untouched(t, b, err, "見てはならない")
	if f, err := b.Filling(t.Context()); err != nil || !f.Wanted || f.Done != 0 {
		t.Errorf("%+v, %v", f, err)
	}
	q.Rescope(b, outside, 9)
	if n := len(found(t, b, "見てよいもの")); n != 1 {
		t.Errorf("%d are found once the server means well", n)
	}
}

// TestOutcomesOutsideAreRefused: a server tells of changes of such a record: made
// there, moved there, or of what stands within it.
func TestOutcomesOutsideAreRefused(t *testing.T) {
	for name, act := range map[string]func(t *testing.T, a *store.Replica, it *storetest.Item){
		"made there":  func(t *testing.T, a *store.Replica, _ *storetest.Item) { inZone(t, a, "秘密の品目", "赤") },
		"moved there": func(t *testing.T, a *store.Replica, it *storetest.Item) { edit(t, a, it.Ref, move) },
		"within it": func(t *testing.T, a *store.Replica, it *storetest.Item) {
			edit(t, a, it.Ref, move)
			do(t, a, get(t, a, it.Ref), "split")
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, b, q := office(t)
			it := inZone(t, a, "青い品目", "青")
			q.Sync(a)
			q.Rescope(b, outside, 9)
			_, gsn, err := b.Cursor(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			act(t, a, it)
			q.Sync(a)
			page := q.Page(gsn, 9)
			page.Clearance = outside.Hash()
			untouched(t, b, b.Apply(t.Context(), page), "秘密")
			if _, now, err := b.Cursor(t.Context()); now != gsn || err != nil {
				t.Errorf("the cursor went from %d to %d, %v", gsn, now, err)
			}
			if got := get(t, b, it.Ref); got.Title != "青い品目" {
				t.Errorf("what was here is called %s", got.Title)
			}
			if err := b.Verify(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func move(i *storetest.Item) { i.Title, i.Tags = "秘密の品目", []string{"赤"} }

// TestPartOfARecordThatLeavesIsNoOutrage: records came ahead of the order, in which
// one that is not among them is told of in part until it is told to be gone. Nobody
// can judge such a part, so it passes.
func TestPartOfARecordThatLeavesIsNoOutrage(t *testing.T) {
	onlyInternet := app.NewClearance(app.Extent{Kind: app.Any, Zone: app.ZoneInternet, All: true})
	a, b, q := office(t)
	it := inZone(t, a, "通りすがり", "青")
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Tags = []string{"緑"} })
	q.Sync(a)
	begun := q.Last()
	if err := b.Rescope(t.Context(), q.Epoch, onlyInternet, begun); err != nil {
		t.Fatal(err)
	}
	rows := q.Standing(app.Ref{}, 9, onlyInternet)
	rows.Rows, rows.Keys, rows.Head = nil, nil, begun+2
	if err := b.Fill(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Count = 7 })
	q.Sync(a)
	page := q.Page(begun, 9)
	page.Clearance = onlyInternet.Hash()
	if err := b.Apply(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	q.Say(&app.Outcome{Device: app.ID{9}, Seq: 1, Ref: it.Ref, Verdict: app.Accepted, Effects: []app.Effect{{Ref: it.Ref, Gone: true}}})
	page = q.Page(begun+1, 9)
	page.Clearance = onlyInternet.Hash()
	if err := b.Apply(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Get(t.Context(), it.Ref); !app.IsCode(err, app.NotFound) {
		t.Errorf("it is still here: %v", err)
	}
}
