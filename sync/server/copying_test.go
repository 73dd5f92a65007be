package server_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/postgrestest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// twoPlaces is a server in a folder, with a second place beside it.
type twoPlaces struct {
	*office
	o         server.Options
	dir, copy string
	backup    string
	database  func() string // an empty one; nil: in the folder
}

func (p *twoPlaces) fresh() {
	if p.database != nil {
		p.o.Database = p.database()
	}
}

func newTwoPlaces(t *testing.T) *twoPlaces { return newTwoPlacesOn(t, nil) }

// newTwoPlacesOn has the server in databases of PostgreSQL that make gives.
func newTwoPlacesOn(t *testing.T, database func() string) *twoPlaces {
	dir := t.TempDir()
	w := world(1)
	w.Book = modules.Book()
	p := &twoPlaces{o: optionsIn(filepath.Join(dir, "server"), w), dir: dir, copy: filepath.Join(dir, "second"), backup: filepath.Join(dir, "backup"), database: database}
	p.fresh()
	var err error
	w.Server, err = server.Create(t.Context(), p.o)
	ok(t, err)
	p.office = &office{T: t, World: w}
	t.Cleanup(func() { p.Server.Close() })
	ok(t, p.Server.KeepCopy(t.Context(), p.copy))
	return p
}

func (p *twoPlaces) keep() {
	p.Helper()
	_, err := p.Server.Backup(p.Context(), p.backup, nil)
	ok(p.T, err)
}

// burn takes the server's folder away and makes a server of backup and second
// place in another.
func (p *twoPlaces) burn() server.Comeback {
	p.Helper()
	ok(p.T, p.Server.Close())
	ok(p.T, os.RemoveAll(p.o.Dir))
	p.o.Dir += "+"
	p.fresh()
	back, err := server.Restore(p.Context(), p.o, server.Restoring{Backup: p.backup, Copy: p.copy, Margin: 10})
	ok(p.T, err)
	p.Server, err = server.Open(p.Context(), p.o)
	ok(p.T, err)
	return back
}

// person adds somebody with a role, in one act.
func (p *twoPlaces) person(name string, role access.Role) (id app.ID) {
	p.Helper()
	ok(p.T, p.Server.Act(p.Context(), func(a *server.Acting) error {
		who, err := a.AddPerson(name)
		if err != nil {
			return err
		}
		id = who.ID
		if err = people.Introduce(a, who.ID, who.Name); err != nil {
			return err
		}
		_, err = people.Give(a, who.ID, func(g *people.Grant) error { g.Role = role; return nil })
		return err
	}))
	return id
}

func (p *twoPlaces) revokeAll(who app.ID) {
	p.Helper()
	ok(p.T, p.Server.Act(p.Context(), func(a *server.Acting) error {
		all, err := people.GrantsOf(a, who)
		for _, g := range all {
			if err == nil {
				err = a.Do(g, "revoke", nil)
			}
		}
		return err
	}))
}

func (p *twoPlaces) roles(who app.ID) (roles []access.Role) {
	p.Helper()
	ok(p.T, p.Server.View(p.Context(), func(v app.View) error {
		all, err := people.GrantsOf(v, who)
		for _, g := range all {
			roles = append(roles, g.Role)
		}
		return err
	}))
	return roles
}

// TestNothingDoneIsLost burns the server after each of many acts: the last one
// that was acknowledged is there, and so are all before it.
func TestNothingDoneIsLost(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { burnAfterEach(t, newTwoPlaces(t)) })
	t.Run("PostgreSQL", func(t *testing.T) {
		burnAfterEach(t, newTwoPlacesOn(t, func() string { return postgrestest.Schema(t) }))
	})
}

func burnAfterEach(t *testing.T, p *twoPlaces) {
	admin := p.person("管理", access.Admin)
	gone := p.person("退職", access.Helpdesk)
	d := p.joined("退職").ID
	p.keep()
	ctx := context.Background()
	var added app.ID
	for _, step := range []struct {
		name string
		act  func()
		look func()
	}{
		{"a person", func() { added = p.person("新人", access.Helpdesk) }, func() { equal(t, p.roles(added), []access.Role{access.Helpdesk}) }},
		{"a right that ended", func() { p.revokeAll(gone) }, func() { equal(t, len(p.roles(gone)), 0) }},
		{"a device that was shut out", func() { ok(t, p.Server.Revoke(ctx, d)) }, func() { equal(t, p.state(d), server.Revoked) }},
		{"a lost report", func() { _, err := p.Server.Lost(ctx, d, "本人", "電車"); ok(t, err) }, func() {
			r, err := p.Server.Lost(ctx, d, "別人", "机")
			ok(t, err)
			equal(t, []string{r.By, r.Reason}, []string{"本人", "電車"})
		}},
		{"a password", func() { ok(t, p.Server.SetPassword(ctx, "管理", "とても長い合言葉")) }, func() {
			d := p.device("")
			code, err := p.Server.EnrollCode(ctx, "管理", []string{"server.example:1"})
			ok(t, err)
			_, err = client.Enroll(ctx, d, code, p.Options(d))
			p.refused(err, app.Forbidden, "password")
			_, err = client.Enroll(ctx, d, code, proving(p.office, d, wire.Proof{Password: "とても長い合言葉"}))
			ok(t, err)
		}},
		{"a successor of the identity", func() { _, err := p.Server.Successor(ctx); ok(t, err) }, func() {
			_, err := p.Server.Successor(ctx)
			p.refused(err, app.Invalid, "there is a successor already")
		}},
	} {
		step.act()
		back := p.burn()
		equal(t, []int{back.Waiting, len(back.Undone), len(back.Bad)}, []int{0, 0, 0})
		t.Log(step.name, "is back")
		step.look()
		found, err := p.Server.Verify(ctx, nil)
		ok(t, err)
		equal(t, len(found.Wrong), 0)
	}
	equal(t, p.roles(admin), []access.Role{access.Admin})
	equal(t, p.state(d), server.Revoked)
}

// joined enrols a device of somebody who is there.
func (p *twoPlaces) joined(name string) *simtest.Device {
	p.Helper()
	d := p.device("")
	ok(p.T, p.Enroll(p.Context(), d, name))
	return d
}

func (p *twoPlaces) state(id app.ID) server.DeviceState {
	p.Helper()
	all, err := p.Server.Devices(p.Context())
	ok(p.T, err)
	for _, d := range all {
		if d.ID == id {
			return d.State
		}
	}
	return "unknown"
}

// TestNothingIsDoneWithoutTheSecondPlace takes the folder away, makes it something
// else, and puts an older server in front of it: nothing is done, and it says so.
func TestNothingIsDoneWithoutTheSecondPlace(t *testing.T) {
	p := newTwoPlaces(t)
	p.person("管理", access.Admin)
	refused := func(words string) {
		t.Helper()
		_, err := p.Server.AddUser(t.Context(), "誰か")
		if err == nil || !strings.Contains(app.ErrorOf(err).Say.EN, words) {
			t.Fatalf("got %v", err)
		}
		users, err := p.Server.Users(t.Context())
		ok(t, err)
		equal(t, len(users), 1)
	}
	_, text := asked(p.office, "/metrics")
	if !strings.Contains(text, "daicho_second_place_failing 0\n") {
		t.Error("the monitoring is not told of the second place")
	}
	away := p.copy + " away"
	ok(t, os.Rename(p.copy, away))
	refused("its disk mounted")
	ok(t, os.Mkdir(p.copy, 0o700))
	refused("its disk mounted")
	ok(t, os.Remove(p.copy))
	ok(t, os.WriteFile(p.copy, nil, 0o600))
	refused("nothing was done, since")
	ok(t, os.Remove(p.copy))
	ok(t, os.Rename(away, p.copy))
	p.keep()
	p.person("後から", access.Helpdesk)
	ok(t, p.Server.Close())
	p.o.Dir += "+"
	_, err := server.Restore(t.Context(), p.o, server.Restoring{Backup: p.backup, WithoutCopy: true})
	ok(t, err)
	p.Server, err = server.Open(t.Context(), p.o)
	ok(t, err)
	p.refused(p.Server.KeepCopy(t.Context(), p.copy), app.Invalid, "a later state")
	refused("a later state")
	ok(t, p.Server.EndCopy(t.Context()))
	if _, text = asked(p.office, "/metrics"); strings.Contains(text, "second_place") {
		t.Error("the monitoring is told of a second place that is none")
	}
	_, err = p.Server.AddUser(t.Context(), "誰か")
	ok(t, err)
}

// numbers are the official numbers of a device's tickets.
func (p *twoPlaces) numbers(d *simtest.Device) map[app.Ref]string {
	p.Helper()
	all := map[app.Ref]string{}
	for _, ref := range d.Refs(ticket.Kind) {
		all[ref] = p.get(d, ref).Number
	}
	return all
}

// TestRestoredTwiceFromOneBackup brings the server back a second time from the
// backup of before the first: devices of every order come home.
func TestRestoredTwiceFromOneBackup(t *testing.T) {
	p := newTwoPlaces(t)
	p.person("青木", access.PM)
	d := p.joined("青木")
	p.sync(d)
	p.keep()
	p.person("一度目の前", access.Helpdesk)
	p.open(d, "一度目の前の件")
	p.sync(d)
	p.burn()
	p.person("二度目の前", access.Helpdesk)
	p.open(d, "二度目の前の件")
	p.sync(d)
	numbers := p.numbers(d)
	p.burn()
	p.sync(d)
	equal(t, p.numbers(d), numbers)
	equal(t, len(numbers), 2)
	users, err := p.Server.Users(t.Context())
	ok(t, err)
	equal(t, len(users), 3)
	state, err := p.Server.Restored(t.Context())
	ok(t, err)
	equal(t, []int{state.Waiting, len(state.Undone), len(state.Twice)}, []int{0, 0, 0})
}
