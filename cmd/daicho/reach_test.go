package main

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/ui"
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

// TestReachFollowsTheServer: a person with no role reads nothing but what is open
// to all, and what the next sync brings opens the list.
func TestReachFollowsTheServer(t *testing.T) {
	s, at := newServer(t)
	var who app.ID
	ok(t, s.Act(t.Context(), func(a *server.Acting) error {
		p, err := a.AddPerson("中村 彩")
		ok(t, err)
		who = p.ID
		return people.Introduce(a, p.ID, "中村 彩")
	}))
	code, err := s.EnrollCode(t.Context(), "中村 彩", []string{at})
	ok(t, err)
	d := newTestDoor(t)
	ok(t, d.Enrol(t.Context(), code, []byte(passphrase), ui.Proof{}))
	r, l := &records{door: d}, newLink(d, time.Now)
	stop := l.start(t.Context(), d.opened())
	defer stop()
	closed := func() bool {
		t.Helper()
		ok(t, l.SyncNow(t.Context()))
		got, err := r.Reach(t.Context(), ticket.Kind)
		ok(t, err)
		return got.None
	}
	if !closed() {
		t.Error("a person with no role reads inquiries")
	}
	ok(t, s.Act(t.Context(), func(a *server.Acting) error {
		_, err := people.Give(a, who, func(g *people.Grant) error { g.Role = access.Helpdesk; return nil })
		return err
	}))
	for tries := 0; closed(); tries++ { // the server may be asked before it has told its rights anew
		if tries == 20 {
			t.Fatal("the role does not open the list")
		}
	}
}
