package access_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
)

const (
	note   app.Kind = "note"
	file   app.Kind = "file"
	secret app.Kind = "secret"
	found  app.Kind = "found"
	saved  app.Kind = "saved"
)

var (
	me, other    = app.ID{1}, app.ID{2}
	north, south = app.ID{7}, app.ID{8}
	helpdesk     = access.Roles{access.Helpdesk}
	inquirer     = access.Roles{access.Inquirer}
	agent        = access.Roles{access.ScanAgent}
	table        = access.Table{
		note:   access.ReadBy(helpdesk, inquirer).WriteBy(helpdesk).Only("close", access.Roles{access.PM}).OwnOnly(inquirer),
		file:   access.ReadBy(access.Roles{access.Admin}).WriteBy(access.Roles{access.Admin}).Personal(),
		secret: access.ReadBy(access.Roles{access.Security}).CreateByAnybody(),
		found:  access.ReadBy(access.Roles{access.Security}, agent).WriteBy(agent).SelfOnly(agent),
		saved:  access.ReadBy(helpdesk, inquirer).WriteBy(helpdesk).SharedOrSelf(),
	}
	noon = time.Date(2026, 11, 20, 12, 0, 0, 0, civil.Tokyo)
	day  = app.DayOf(civil.DateOf(noon))
)

func holding(g ...access.Grant) access.Person { return access.Person{ID: me, Grants: g} }

func TestBounds(t *testing.T) {
	desk := access.Grant{Role: access.Helpdesk}
	scans := access.Grant{Role: access.ScanAgent}
	lgwan, ofNorth, asker := desk, desk, access.Grant{Role: access.Inquirer, Org: north}
	lgwan.Zone, ofNorth.Org = app.ZoneLGWAN, north
	for _, c := range []struct {
		name string
		who  access.Person
		do   access.Action
		s    app.Scope
		want bool
	}{
		{"no grant", holding(), access.Read, app.Scope{Kind: note}, false},
		{"a grant", holding(desk), access.Edit, app.Scope{Kind: note, Zone: app.ZoneNumber, Org: south}, true},
		{"a kind without a line", holding(desk), access.Read, app.Scope{Kind: "other"}, false},
		{"a command for editors", holding(desk), "start", app.Scope{Kind: note}, true},
		{"a command for others", holding(desk), "close", app.Scope{Kind: note}, false},
		{"the zone", holding(lgwan), access.Read, app.Scope{Kind: note, Zone: app.ZoneLGWAN}, true},
		{"no zone", holding(lgwan), access.Read, app.Scope{Kind: note}, true},
		{"another zone", holding(lgwan), access.Read, app.Scope{Kind: note, Zone: app.ZoneNumber}, false},
		{"the organisation", holding(ofNorth), access.Read, app.Scope{Kind: note, Org: north}, true},
		{"no organisation", holding(ofNorth), access.Read, app.Scope{Kind: note}, true},
		{"another organisation", holding(ofNorth), access.Read, app.Scope{Kind: note, Org: south}, false},
		{"one's own alone", holding(asker), access.Read, app.Scope{Kind: note, Org: north}, true},
		{"not what is for all", holding(asker), access.Read, app.Scope{Kind: note}, false},
		{"not without naming one", holding(access.Grant{Role: access.Inquirer}), access.Read, app.Scope{Kind: note}, false},
		{"one's own file", holding(), access.Read, app.Scope{Kind: file, Org: me}, true},
		{"another's file", holding(), access.Read, app.Scope{Kind: file, Org: other}, false},
		{"an administrator", holding(access.Grant{Role: access.Admin}), access.Edit, app.Scope{Kind: file, Org: other}, true},
		{"never one's own", holding(access.Grant{Role: access.Admin}), access.Edit, app.Scope{Kind: file, Org: me}, false},
		{"nor making one", holding(access.Grant{Role: access.Admin}), access.Create, app.Scope{Kind: file, Org: me}, false},
		{"anybody notes", holding(), access.Create, app.Scope{Kind: secret}, true},
		{"but changes nothing", holding(), access.Edit, app.Scope{Kind: secret}, false},
		{"what is the agent's", holding(scans), access.Edit, app.Scope{Kind: found, Org: me}, true},
		{"not another agent's", holding(scans), access.Read, app.Scope{Kind: found, Org: other}, false},
		{"nor what is nobody's", holding(scans), access.Read, app.Scope{Kind: found}, false},
		{"not by naming another in the grant", holding(access.Grant{Role: access.ScanAgent, Org: other}), access.Read, app.Scope{Kind: found, Org: other}, false},
		{"who reads all reads an agent's", holding(access.Grant{Role: access.Security}), access.Read, app.Scope{Kind: found, Org: other}, true},
		{"what one saved", holding(desk), access.Edit, app.Scope{Kind: saved, Org: me}, true},
		{"what is shared", holding(ofNorth), access.Read, app.Scope{Kind: saved}, true},
		{"not what another saved", holding(desk), access.Read, app.Scope{Kind: saved, Org: other}, false},
		{"not by naming another in the grant", holding(access.Grant{Role: access.Helpdesk, Org: other}), access.Read, app.Scope{Kind: saved, Org: other}, false},
		{"and reads nothing", holding(), access.Read, app.Scope{Kind: secret}, false},
	} {
		if got := table.Allows(c.who, c.do, c.s, app.StampOf(noon)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestDays reads on the days around a grant's bounds, which are days of Tokyo.
func TestDays(t *testing.T) {
	who := holding(access.Grant{Role: access.Helpdesk, From: day, Until: day + 1})
	midnight := time.Date(2026, 11, 20, 0, 0, 0, 0, civil.Tokyo)
	for _, c := range []struct {
		at   time.Time
		want bool
	}{
		{midnight.Add(-time.Millisecond), false}, {midnight, true},
		{midnight.Add(48*time.Hour - time.Millisecond), true}, {midnight.Add(48 * time.Hour), false},
	} {
		if got := table.Allows(who, access.Read, app.Scope{Kind: note}, app.StampOf(c.at)); got != c.want {
			t.Errorf("%s: %v", c.at, got)
		}
	}
}

func TestAnAuditorsGrantEnds(t *testing.T) {
	for _, c := range []struct {
		from, until app.Day
		want        bool
	}{{0, 0, false}, {day, 0, false}, {0, day, false}, {day, day + 365, true}, {day, day + 366, false}} {
		g := access.Grant{Role: access.Auditor, From: c.from, Until: c.until}
		if got := g.Holds(app.StampOf(noon)); got != c.want || got != g.Bounded() {
			t.Errorf("%d to %d: %v", c.from, c.until, got)
		}
	}
}

func TestSeparation(t *testing.T) {
	for _, c := range []struct {
		a, b access.Role
		want bool
	}{
		{access.Admin, access.PM, true}, {access.PM, access.KeyManager, true}, {access.Auditor, access.CityAuditor, true},
		{access.Helpdesk, access.FieldEngineer, false}, {access.Admin, access.Admin, false},
	} {
		if got := access.Exclude(c.a, c.b); got != c.want || got != access.Exclude(c.b, c.a) {
			t.Errorf("%s beside %s: %v", c.a, c.b, got)
		}
	}
	a := access.Grant{From: day, Until: day + 3}
	for _, c := range []struct {
		b    access.Grant
		want bool
	}{{access.Grant{}, true}, {access.Grant{From: day + 3}, true}, {access.Grant{From: day + 4}, false}, {access.Grant{Until: day - 1}, false}, {access.Grant{Until: day}, true}} {
		if got := a.Overlaps(c.b); got != c.want || got != c.b.Overlaps(a) {
			t.Errorf("%+v: %v", c.b, got)
		}
	}
}

// TestClearanceIsTheDecision: what a server may send is what the one decision
// lets somebody read.
func TestClearanceIsTheDecision(t *testing.T) {
	ids := []app.ID{{}, me, other, north, south}
	zones := []app.Zone{"", app.ZoneNumber, app.ZoneLGWAN}
	grant := rapid.Custom(func(t *rapid.T) access.Grant {
		return access.Grant{
			Role: rapid.SampledFrom([]access.Role{access.Helpdesk, access.Inquirer, access.Admin, access.Security, access.PM, "later"}).Draw(t, "role"),
			Org:  rapid.SampledFrom(ids).Draw(t, "org"), Zone: rapid.SampledFrom(zones).Draw(t, "zone"),
			From: app.Day(rapid.IntRange(-1, 1).Draw(t, "from")) + day, Until: app.Day(rapid.IntRange(-1, 1).Draw(t, "until")) + day,
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		who := holding(rapid.SliceOfN(grant, 0, 4).Draw(t, "grants")...)
		clearance := table.Clearance(who, app.StampOf(noon))
		for _, kind := range []app.Kind{note, file, secret, saved, "other"} {
			for _, zone := range zones {
				for _, org := range ids {
					s := app.Scope{Kind: kind, Zone: zone, Org: org}
					if got, want := clearance.Reads(s), table.Allows(who, access.Read, s, app.StampOf(noon)); got != want {
						t.Fatalf("%+v: reads %v, allowed %v", s, got, want)
					}
				}
			}
		}
	})
}

func TestEveryRoleIsNamedOnce(t *testing.T) {
	g := app.Describe("person", "", "", app.One("role", "", "", func(p *holder) *access.Role { return &p.Role }, access.All...))
	spec, _ := app.SpecOf(g, "role")
	var seen []string
	for _, c := range spec.Choices {
		if c.Label.JA == "" || c.Label.EN == "" || slices.Contains(seen, c.Value) {
			t.Errorf("%+v", c)
		}
		seen = append(seen, c.Value)
	}
	if len(seen) != 22 {
		t.Errorf("%d roles", len(seen))
	}
}

type holder struct {
	app.Head
	Role access.Role
}

// TestReadersAreThoseWhoRead: the roles that a screen names may read, and no other.
func TestReadersAreThoseWhoRead(t *testing.T) {
	for _, kind := range []app.Kind{note, file, secret, "other"} {
		readers := table.Readers(kind)
		for _, r := range []access.Role{access.Helpdesk, access.Inquirer, access.Admin, access.Security, access.PM} {
			who := holding(access.Grant{Role: r, Org: north})
			reads := table.Allows(who, access.Read, app.Scope{Kind: kind, Org: north}, app.StampOf(noon))
			if named := slices.Contains(readers, r); named != reads {
				t.Errorf("%s of %s: named %v, reads %v", r, kind, named, reads)
			}
		}
	}
}
