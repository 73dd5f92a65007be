package store_test

import (
	"context"
	"slices"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// TestIDsAreTheListWithoutItsRows: what the window holds of a long list is in
// the order that pages would have it, and its rows come as they are asked for.
func TestIDsAreTheListWithoutItsRows(t *testing.T) {
	ctx, r := context.Background(), storetest.New(t)
	many(t, r, 60)
	for _, q := range []app.Query{{}, {Desc: true}, {Sort: "count"}, {Sort: "count", Desc: true, Limit: 7}, {Where: []app.Cond{{Field: "count", Op: "=", Value: int64(3)}}}, {Find: "障害"}} {
		list, _, err := store.List(ctx, r, storetest.Items, q)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := r.IDs(ctx, storetest.ItemKind, q)
		if err != nil || len(ids) == 0 || len(ids) != len(list) {
			t.Fatalf("%+v: %d ids of %d rows, %v", q, len(ids), len(list), err)
		}
		rows, err := r.Rows(ctx, storetest.ItemKind, ids)
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			if got := rows[i].(*storetest.Item); got.Ref != list[i].Ref || got.Title != list[i].Title {
				t.Fatalf("%+v: row %d is %s, want %s", q, i, got.Title, list[i].Title)
			}
		}
	}
	rows, err := r.Rows(ctx, storetest.ItemKind, []app.ID{{1}})
	if err != nil || len(rows) != 1 || rows[0] != nil {
		t.Errorf("one that is not here: %v, %v", rows, err)
	}
	if _, err := r.IDs(ctx, "nothing", app.Query{}); !app.IsCode(err, app.Invalid) {
		t.Errorf("unknown kind: %v", err)
	}
}

func TestLinkedAndNames(t *testing.T) {
	ctx, r := context.Background(), storetest.New(t)
	first, second := saved(t, r, "一"), saved(t, r, "二")
	second.Next = first.Ref
	if err := r.Write(ctx, r.Actor(), func(tx *store.Tx) error { return tx.Save(second) }); err != nil {
		t.Fatal(err)
	}
	hits, err := r.Linked(ctx, first.Ref)
	if err != nil || len(hits) != 1 || hits[0].Ref != second.Ref || hits[0].Title != "二" {
		t.Errorf("linked: %+v, %v", hits, err)
	}
	gone := app.Ref{Kind: storetest.ItemKind, ID: app.ID{9}}
	names, err := r.Names(ctx, []app.Ref{second.Ref, gone, {Kind: app.PersonKind, ID: app.ID{8}}})
	if err != nil || len(names) != 3 || names[0].Title != "二" || names[1] != (store.Hit{Ref: gone}) {
		t.Errorf("names: %+v, %v", names, err)
	}
	if !slices.ContainsFunc(names, func(h store.Hit) bool { return h.Ref.Kind == app.PersonKind }) {
		t.Error("a reference of a kind without a table lost its place")
	}
}

// saved is an item that is in the replica.
func saved(t *testing.T, r *store.Replica, title string) *storetest.Item {
	t.Helper()
	rec, err := r.Draft(storetest.ItemKind)
	if err != nil {
		t.Fatal(err)
	}
	rec.(*storetest.Item).Title = title
	if err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) }); err != nil {
		t.Fatal(err)
	}
	return rec.(*storetest.Item)
}
