package people_test

import (
	"slices"
	"testing"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/people"
)

const (
	noteKind app.Kind  = "note"
	now      app.Stamp = 20_050 * 86_400_000
)

// note is something with a scope; remark stands within one.
type note struct {
	app.Head
	Zone app.Zone
}

var (
	notes = app.Describe(noteKind, "", "", app.One("zone", "", "", func(n *note) *app.Zone { return &n.Zone }, app.Zones...)).Zoned(func(n *note) app.Zone { return n.Zone })
	admin = access.Roles{access.Admin}
	desk  = access.Roles{access.Helpdesk, access.PM}
	book  = app.Book{
		Registers: app.Collect([]app.Module{people.Module(), {Registers: []app.AnyRegister{notes, app.Conflicts}}}),
		Access: people.Rights{Table: access.Table{
			noteKind:          access.ReadBy(desk, access.Roles{access.CIO}).WriteBy(desk).Only("close", access.Roles{access.PM}),
			people.GrantKind:  access.ReadBy(admin).WriteBy(admin).Personal(),
			app.ConflictKind:  access.Within("answer"),
			app.DismissalKind: access.Within().CreateByAnybody(),
		}},
	}
	anna, bert, chie = person(1), person(2), person(3)
)

func person(n byte) app.Ref { return app.Ref{Kind: app.PersonKind, ID: app.ID{n}} }

// rows is a view of a few records.
type rows map[app.Ref]app.Doc

func (v rows) Row(r app.Ref) (app.Doc, int64, error) { return v[r], 1, nil }

func (v rows) Linked(to app.Ref, from app.Kind) (refs []app.Ref, err error) {
	for ref, doc := range v {
		if ref.Kind == from && slices.Contains(doc.Get("person").Refs(), to) {
			refs = append(refs, ref)
		}
	}
	return refs, nil
}

// population is a view with the three persons.
func population(t *testing.T) rows {
	t.Helper()
	v := rows{}
	for ref, name := range map[app.Ref]string{anna: "安藤 杏奈", bert: "馬場 文人", chie: "千葉 知恵"} {
		p := people.Persons.Draft(ref.ID)
		p.Name = name
		ok(t, v.do(&app.Change{Ref: ref, New: true, Cells: people.Persons.Diff(p)}))
	}
	return v
}

// grant puts a grant into the view by the rules of its register.
func (v rows) grant(t *testing.T, n byte, set func(*people.Grant)) error {
	t.Helper()
	g := people.Grants.Draft(app.ID{n})
	set(g)
	return v.do(&app.Change{Ref: g.Ref, New: true, Cells: people.Grants.Diff(g)})
}

func (v rows) do(c *app.Change) error {
	d, err := book.Decide(&app.Act{At: now, View: v}, c)
	for _, e := range d.Effects {
		v[e.Ref] = v[e.Ref].Patch(e.Cells)
	}
	return err
}

func (v rows) may(c app.Change, author app.Ref, was, is app.Scope) bool {
	c.Author = author.ID
	return book.Access.May(v, &c, now, was, is) == nil
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func role(who app.Ref, r access.Role) func(*people.Grant) {
	return func(g *people.Grant) { g.Person, g.Role = who, r }
}

func TestGrantsAreRightsUntilTheyAreRevoked(t *testing.T) {
	v, n := population(t), app.Scope{Kind: noteKind}
	edit, closing := app.Change{Ref: app.Ref{Kind: noteKind}}, app.Change{Ref: app.Ref{Kind: noteKind}, Command: "close"}
	if v.may(edit, anna, n, n) {
		t.Error("edited without a grant")
	}
	ok(t, v.grant(t, 11, role(anna, access.Helpdesk)))
	if !v.may(edit, anna, n, n) || !v.may(edit, anna, app.Scope{}, n) || v.may(closing, anna, n, n) || v.may(edit, bert, n, n) {
		t.Error("a helpdesk's grant is not what its role says")
	}
	clearance, err := book.ClearanceOf(v, anna.ID, now)
	if err != nil || !clearance.Reads(n) || !clearance.Reads(app.Scope{Kind: people.GrantKind, Org: anna.ID}) || clearance.Reads(app.Scope{Kind: people.GrantKind, Org: bert.ID}) {
		t.Errorf("%+v, %v", clearance, err)
	}
	if name := v[app.Ref{Kind: people.GrantKind, ID: app.ID{11}}].Get("name").Text(); name != "安藤 杏奈" {
		t.Errorf("granted to %q", name)
	}
	ok(t, v.do(&app.Change{Ref: app.Ref{Kind: people.GrantKind, ID: app.ID{11}}, Command: "revoke", Cells: []app.Cell{{Field: "revoked"}}}))
	if v.may(edit, anna, n, n) {
		t.Error("a revoked grant counts")
	}
}

// TestNobodyMovesARecordAcrossHisBounds: the right must be there before and after.
func TestNobodyMovesARecordAcrossHisBounds(t *testing.T) {
	v := population(t)
	ok(t, v.grant(t, 11, func(g *people.Grant) { g.Person, g.Role, g.Zone = anna, access.Helpdesk, app.ZoneLGWAN }))
	mine, other := app.Scope{Kind: noteKind, Zone: app.ZoneLGWAN}, app.Scope{Kind: noteKind, Zone: app.ZoneNumber}
	for _, c := range []struct {
		was, is app.Scope
		want    bool
	}{{mine, mine, true}, {mine, other, false}, {other, mine, false}, {app.Scope{}, mine, true}, {app.Scope{}, other, false}} {
		if got := v.may(app.Change{Ref: app.Ref{Kind: noteKind}}, anna, c.was, c.is); got != c.want {
			t.Errorf("%+v to %+v: %v", c.was, c.is, got)
		}
	}
}

// TestAConflictIsForThoseWhoEditTheRecord: its scope is that of the record.
func TestAConflictIsForThoseWhoEditTheRecord(t *testing.T) {
	v := population(t)
	ok(t, v.grant(t, 11, role(anna, access.Helpdesk)))
	settle := app.Change{Ref: app.Ref{Kind: app.ConflictKind}, Command: "resolve"}
	answer := app.Change{Ref: app.Ref{Kind: app.ConflictKind}, Command: "answer"}
	dismiss := app.Change{Ref: app.Ref{Kind: app.DismissalKind}}
	within, alone := app.Scope{Kind: noteKind}, app.Scope{Kind: app.ConflictKind}
	if !v.may(settle, anna, within, within) || v.may(settle, bert, within, within) || v.may(settle, anna, alone, alone) {
		t.Error("settled by others than those who edit the record")
	}
	ok(t, v.grant(t, 12, role(chie, access.CIO)))
	if !v.may(answer, chie, within, within) || v.may(settle, chie, within, within) || v.may(answer, bert, within, within) {
		t.Error("answered by others than those who read the record")
	}
	if !v.may(dismiss, bert, app.Scope{}, within) || v.may(dismiss, bert, within, within) {
		t.Error("a refused change is not given up by whoever made it, once")
	}
}

func TestAdministratorsGrantToOthersAlone(t *testing.T) {
	v := population(t)
	ok(t, v.grant(t, 11, role(anna, access.Admin)))
	ok(t, v.grant(t, 12, role(bert, access.PM)))
	own, others := app.Scope{Kind: people.GrantKind, Org: anna.ID}, app.Scope{Kind: people.GrantKind, Org: chie.ID}
	c := app.Change{Ref: app.Ref{Kind: people.GrantKind}}
	if !v.may(c, anna, app.Scope{}, others) || v.may(c, anna, app.Scope{}, own) || v.may(c, anna, others, own) || v.may(c, bert, app.Scope{}, others) {
		t.Error("granted by one who must not")
	}
}

func TestGrantsThatCannotBe(t *testing.T) {
	v := population(t)
	ok(t, v.grant(t, 11, role(anna, access.Helpdesk)))
	for name, set := range map[string]func(*people.Grant){
		"an administrator with other work": role(anna, access.Admin),
		"an endless auditor":               role(bert, access.Auditor),
		"an inquirer of nowhere":           role(bert, access.Inquirer),
		"an end before its beginning":      func(g *people.Grant) { g.Person, g.Role, g.From, g.Until = bert, access.PM, 9, 8 },
		"nobody":                           role(app.Ref{}, access.PM),
		"what is no person":                role(app.Ref{Kind: people.SiteKind, ID: app.ID{1}}, access.PM),
	} {
		if err := v.grant(t, 12, set); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := v.grant(t, 12, role(person(9), access.PM)); !app.IsCode(err, app.NotFound) {
		t.Errorf("one whom nobody knows: %v", err)
	}
	ok(t, v.grant(t, 13, role(anna, access.FieldEngineer)))
	ok(t, v.grant(t, 14, func(g *people.Grant) { g.Person, g.Role, g.From, g.Until = bert, access.Auditor, 20_000, 20_300 }))
}
