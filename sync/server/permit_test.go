package server_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/emergency"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
)

// granted gives a role to a person, whom it adds first if need be.
func (o *office) granted(name string, role access.Role, set ...func(*people.Grant)) (g *people.Grant) {
	o.Helper()
	ok(o.T, o.Server.Act(context.Background(), func(a *server.Acting) error {
		p, err := a.FindPerson(name)
		if app.IsCode(err, app.NotFound) {
			p, err = a.AddPerson(name)
		}
		ok(o.T, err)
		ok(o.T, people.Introduce(a, p.ID, name))
		g, err = people.Give(a, p.ID, func(g *people.Grant) error {
			g.Role = role
			for _, s := range set {
				s(g)
			}
			return nil
		})
		return err
	}))
	return g
}

// revoke takes a grant back.
func (o *office) revoke(g *people.Grant) {
	o.Helper()
	ok(o.T, o.Server.Act(context.Background(), func(a *server.Acting) error {
		doc, gsn, err := a.Row(g.Ref)
		ok(o.T, err)
		ok(o.T, people.Grants.Load(g, g.Ref, gsn, doc))
		return a.Do(g, "revoke", nil)
	}))
}

// verdict is what the server said to a device's last change.
func (o *office) verdict(d *simtest.Device) app.Outcome {
	o.Helper()
	o.sync(d)
	return d.Said[d.Seq()]
}

func (o *office) isRefused(d *simtest.Device, what string) {
	o.Helper()
	if v := o.verdict(d); v.Verdict != app.Rejected || v.Code != app.Forbidden {
		o.Errorf("%s: %s %s", what, v.Verdict, v.Code)
	}
}

func (o *office) isAccepted(d *simtest.Device, what string) {
	o.Helper()
	if v := o.verdict(d); v.Verdict != app.Accepted {
		o.Errorf("%s: %s %s %s", what, v.Verdict, v.Code, v.Say.EN)
	}
}

func strict(t *testing.T) *office { return strictOffice(t, modules.Book(), logtest.NewMemory()) }

// TestRightsCountAtTheirPlaceInTheOrder: a change is judged by the grants that
// stand before it, whoever brings it and whenever it was made.
func TestRightsCountAtTheirPlaceInTheOrder(t *testing.T) {
	o := strict(t)
	d := o.device("青木")
	o.open(d, "印刷できない")
	o.isRefused(d, "without a grant")
	g := o.granted("青木", access.Helpdesk)
	k := o.open(d, "つながらない")
	o.isAccepted(d, "with a grant")
	k.Site = "本庁舎"
	ok(t, d.Save(k)) // offline
	o.revoke(g)
	o.isRefused(d, "after the grant was revoked")
	if site := o.get(d, k.Ref).Site; site != "" {
		t.Errorf("a refused edit shows: %q", site)
	}
}

// TestBoundsCountByTheServersClock: a device whose clock was put back makes no
// change under a grant that has ended.
func TestBoundsCountByTheServersClock(t *testing.T) {
	o := strict(t)
	day := app.DayOf(civil.DateOf(o.Now))
	o.granted("青木", access.Helpdesk, func(g *people.Grant) { g.Until = day })
	d := o.device("青木")
	o.open(d, "最終日")
	o.isAccepted(d, "on the last day")
	o.Now = o.Now.Add(48 * time.Hour)
	d.Skew = -48 * time.Hour
	o.open(d, "後日")
	o.isRefused(d, "after it")
}

// TestNoRightNoWord: to one who may not touch a record the rules do not tell
// what stands in it, be it by refusing a guess.
func TestNoRightNoWord(t *testing.T) {
	o := strict(t)
	o.granted("青木", access.Helpdesk)
	o.granted("馬場", access.Expert)
	d, e := o.device("青木"), o.device("馬場")
	k := o.open(d, "秘密")
	o.isAccepted(d, "made")
	for _, guess := range []string{"", string(ticket.Working)} {
		_, err := e.Journal(&app.Change{Ref: k.Ref, Command: "start", Cells: []app.Cell{{Field: "state", Was: app.TextValue(guess)}}})
		ok(t, err)
		o.isRefused(e, "a guess of the state")
	}
	_, err := e.Journal(&app.Change{Ref: k.Ref, New: true, Cells: []app.Cell{{Field: "title", Now: app.TextValue("私の")}}})
	ok(t, err)
	o.isRefused(e, "an edit that says it makes the record")
}

// TestZonesBindBothWays: a record leaves and enters a zone only by one who has
// rights in both.
func TestZonesBindBothWays(t *testing.T) {
	o := strict(t)
	o.granted("青木", access.Helpdesk, func(g *people.Grant) { g.Zone = app.ZoneLGWAN })
	o.granted("馬場", access.PM)
	d, e := o.device("青木"), o.device("馬場")
	k := o.open(d, "領域なし")
	o.isAccepted(d, "bound to no zone")
	k.Zone = app.ZoneNumber
	ok(t, d.Save(k))
	o.isRefused(d, "moved out of his zone")
	o.sync(e)
	k = o.get(e, k.Ref)
	k.Zone = app.ZoneNumber
	ok(t, e.Save(k))
	o.isAccepted(e, "moved by one who has all")
	_, err := d.Journal(&app.Change{Ref: k.Ref, Cells: []app.Cell{{Field: "zone", Was: app.TextValue(string(app.ZoneNumber))}}})
	ok(t, err)
	o.isRefused(d, "moved into his zone")
}

// TestAdministrators grant to others and read nothing themselves.
func TestAdministrators(t *testing.T) {
	o := strict(t)
	first := o.granted("管理 花子", access.Admin)
	other := o.granted("青木", access.Helpdesk)
	d, e := o.device("管理 花子"), o.device("青木")
	o.sync(d, e)
	give := func(d *simtest.Device, to app.Ref, r access.Role) {
		rec, err := d.Draft(people.GrantKind)
		ok(t, err)
		g := rec.(*people.Grant)
		g.Person, g.Role = to, r
		ok(t, d.Save(g))
	}
	give(d, other.Person, access.FieldEngineer)
	o.isAccepted(d, "to another")
	_, err := d.Journal(&app.Change{Ref: app.Ref{Kind: people.GrantKind, ID: app.ID{9}}, New: true, Cells: []app.Cell{
		{Field: "person", Now: people.Grants.Column(first, "person")}, {Field: "role", Now: app.TextValue(string(access.Admin))}}})
	ok(t, err)
	o.isRefused(d, "to himself")
	give(e, other.Person, access.PM)
	o.isRefused(e, "by the helpdesk")
	o.open(d, "管理者の問い合わせ")
	o.isRefused(d, "an administrator's inquiry")
}

// TestConflictsAreSettledByThoseWhoEdit the record.
func TestConflictsAreSettledByThoseWhoEdit(t *testing.T) {
	o := strict(t)
	o.granted("青木", access.Helpdesk)
	o.granted("馬場", access.Helpdesk)
	o.granted("監査", access.CityAuditor)
	a, b, c := o.device("青木"), o.device("馬場"), o.device("監査")
	k := o.open(a, "競合")
	o.sync(a, b)
	for d, site := range map[*simtest.Device]string{a: "本庁舎", b: "東支所"} {
		mine := o.get(d, k.Ref)
		mine.Site = site
		ok(t, d.Save(mine))
	}
	o.sync(a, b, a, c)
	ref := c.Refs(app.ConflictKind)[0]
	settle := func(d *simtest.Device) {
		r, err := d.Get(ref)
		ok(t, err)
		args, err := app.Args(app.Conflicts, "resolve", []string{"take=other"})
		ok(t, err)
		ok(t, d.Do(r, "resolve", args))
	}
	settle(c)
	o.isRefused(c, "settled by one who only reads")
	settle(a)
	o.isAccepted(a, "settled by one who edits")
}

func TestAnEmergencyIsNotedByAnybody(t *testing.T) {
	o := strict(t)
	d := o.device("青木")
	r, err := d.Draft(emergency.Kind)
	ok(t, err)
	e := r.(*emergency.Access)
	e.Way, e.At, e.Reason = emergency.RecoveryKey, app.StampOf(o.Now), "担当者不在"
	ok(t, d.Save(e))
	o.isAccepted(d, "noted without a grant")
}

// TestTheServersOwnChanges are in the order like all others, and nothing is left
// of what failed.
func TestTheServersOwnChanges(t *testing.T) {
	o := strict(t)
	o.granted("青木", access.Helpdesk)
	d := o.device("青木")
	o.sync(d)
	if refs := d.Refs(people.GrantKind); len(refs) != 1 {
		t.Fatalf("%d grants arrived", len(refs))
	}
	err := o.Server.Act(context.Background(), func(a *server.Acting) error {
		_, err := a.AddPerson("馬場")
		ok(t, err)
		p := people.Persons.Draft(app.ID{1})
		return a.Save(p) // without a name
	})
	o.refused(err, app.Invalid, "name")
	users, err := o.Server.Users(context.Background())
	if err != nil || len(users) != 1 || users[0].Name != "青木" {
		t.Errorf("%+v, %v", users, err)
	}
	devices, err := o.Server.Devices(context.Background())
	if err != nil || len(devices) != 1 || devices[0].ID != d.ID {
		t.Errorf("%+v, %v", devices, err)
	}
	who := people.Persons.Draft(users[0].ID)
	ok(t, o.Server.Act(context.Background(), func(a *server.Acting) error {
		doc, gsn, err := a.Row(who.Ref)
		ok(t, err)
		ok(t, people.Persons.Load(who, who.Ref, gsn, doc))
		who.Name = "青木 花子"
		return a.Save(who)
	}))
	if users, err = o.Server.Users(context.Background()); err != nil || users[0].Name != "青木 花子" {
		t.Errorf("the directory says %+v, %v", users, err)
	}
	o.read(func(tx server.Tx) error {
		all, err := tx.Devices()
		i := slices.IndexFunc(all, func(d server.Device) bool { return d.Name == "server" })
		if i < 0 || all[i].Watermark != 3 || len(all) != 2 {
			t.Errorf("the server's own device: %+v", all)
		}
		return err
	})
}

// TestAPersonMadeOnADevice gets a device and roles by the id of the record.
func TestAPersonMadeOnADevice(t *testing.T) {
	o := strict(t)
	o.granted("管理 花子", access.Admin)
	d := o.device("管理 花子")
	r, err := d.Draft(app.PersonKind)
	ok(t, err)
	r.(*people.Person).Name = "馬場 文人"
	ok(t, d.Save(r))
	o.isAccepted(d, "made by an administrator")
	id := r.Meta().Ref.ID
	_, err = o.Server.EnrollCode(context.Background(), "馬場 文人", []string{"127.0.0.1:1"})
	o.refused(err, app.NotFound, "add the person")
	_, err = o.Server.EnrollCode(context.Background(), app.ID{9}.String(), []string{"127.0.0.1:1"})
	o.refused(err, app.NotFound, "add the person")
	_, err = o.Server.EnrollCode(context.Background(), id.String(), []string{"127.0.0.1:1"})
	ok(t, err)
	users, err := o.Server.Users(context.Background())
	if i := slices.IndexFunc(users, func(p server.Person) bool { return p.ID == id }); err != nil || i < 0 || users[i].Name != "馬場 文人" {
		t.Errorf("%+v, %v", users, err)
	}
}

// TestRightsChangeWithinOnePush: what was remembered of a person's grants is
// forgotten when one is written.
func TestRightsChangeWithinOnePush(t *testing.T) {
	o := strict(t)
	o.granted("管理 花子", access.Admin)
	g := o.granted("青木", access.Helpdesk)
	admin, d := o.device("管理 花子"), o.device("青木")
	o.sync(admin, d)
	o.open(d, "取消しの前")
	o.outgoing(d) // ends its segment
	r, err := admin.Get(g.Ref)
	ok(t, err)
	ok(t, admin.Do(r, "revoke", nil))
	revoking := o.outgoing(admin)
	o.open(d, "取消しの後")
	late := o.outgoing(d)
	late.Segments = append(append(late.Segments[:1:1], revoking.Segments...), late.Segments[1:]...)
	o.pushed(admin, late)
	o.sync(d)
	if first, last := d.Said[1].Verdict, d.Said[2].Verdict; first != app.Accepted || last != app.Rejected {
		t.Errorf("before %s, after %s", first, last)
	}
}
