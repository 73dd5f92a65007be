package app_test

import (
	"testing"

	"daicho/app"
	"daicho/store/storetest"
)

func TestClearance(t *testing.T) {
	org := app.ID{1}
	r := app.NewClearance(
		app.Extent{Kind: "ticket", Zone: app.ZoneLGWAN, All: true},
		app.Extent{Kind: "document", Zone: app.Any, Org: org},
		app.Extent{Kind: "document", Zone: app.Any, Org: org},
	)
	for _, c := range []struct {
		s    app.Scope
		want bool
	}{
		{app.Scope{Kind: "ticket", Zone: app.ZoneLGWAN, Org: org}, true},
		{app.Scope{Kind: "ticket", Zone: app.ZoneNumber}, false},
		{app.Scope{Kind: "ticket"}, false},
		{app.Scope{Kind: "document", Zone: app.ZoneNumber, Org: org}, true},
		{app.Scope{Kind: "document"}, false},
		{app.Scope{Kind: "review"}, false},
	} {
		if got := r.Reads(c.s); got != c.want {
			t.Errorf("%+v: %v", c.s, got)
		}
		if !app.ReadsAll.Reads(c.s) {
			t.Errorf("%+v: not even everything holds it", c.s)
		}
	}
	if len(r) != 2 || r.Hash() != app.NewClearance(r[1], r[0]).Hash() || r.Hash() == app.NewClearance(r[0]).Hash() {
		t.Error("equal clearances differ, or different ones are equal")
	}
}

// rows is a view of a few documents.
type rows map[app.Ref]app.Doc

func (v rows) Row(r app.Ref) (app.Doc, int64, error)       { return v[r], 1, nil }
func (v rows) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }

// TestScopeFollowsTheRecordWithin reads a conflict about an item: who may see
// the item may see it.
func TestScopeFollowsTheRecordWithin(t *testing.T) {
	book := storetest.Book()
	about := app.Ref{Kind: storetest.ItemKind, ID: app.ID{7}}
	c := app.Conflicts.Draft(app.ID{9})
	c.About = about
	var doc app.Doc
	doc = doc.Patch(app.Conflicts.Diff(c))
	s, err := book.ScopeOf(rows{}, c.Ref, doc)
	if err != nil || s != (app.Scope{Kind: storetest.ItemKind}) {
		t.Fatalf("%+v %v", s, err)
	}
	if s, err = book.ScopeOf(rows{}, app.Ref{Kind: "later"}, nil); err != nil || s.Kind != "later" {
		t.Fatalf("%+v %v", s, err)
	}
}
