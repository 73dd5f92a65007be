package main

import (
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
)

// TestReach holds kinds to clearances. What stands within other records is
// nobody's to be granted, so its list is never said to be closed.
func TestReach(t *testing.T) {
	readers := modules.Book().Access.(people.Rights).Table.Readers
	whole := app.Extent{Kind: ticket.Kind, Zone: app.Any, All: true}
	own := app.Extent{Kind: ticket.Kind, Zone: app.Any, Org: app.ID{1}}
	for _, c := range []struct {
		name       string
		may        app.Clearance
		kind       app.Kind
		none, part bool
	}{
		{"nothing", app.ReadsNothing, ticket.Kind, true, false},
		{"everything", app.ReadsAll, ticket.Kind, false, false},
		{"this kind", app.NewClearance(whole), ticket.Kind, false, false},
		{"one organisation's", app.NewClearance(own), ticket.Kind, false, true},
		{"another kind", app.NewClearance(whole), people.SiteKind, true, false},
		{"within another", app.ReadsNothing, app.ConflictKind, false, false},
	} {
		got := reach(c.may, c.kind, named(readers(c.kind)))
		if got.None != c.none || got.Part != c.part || got.None != (len(got.Roles) > 0) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if all := named(readers(ticket.Kind)); len(all) != len(readers(ticket.Kind)) || all[0].JA == "" {
		t.Errorf("named %d of %d roles: %+v", len(all), len(readers(ticket.Kind)), all)
	}
}
