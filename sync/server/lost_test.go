package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

func TestReportOfALostDevice(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	o.open(b, "一")
	o.attached(b, "写真の中身")
	o.sync(b, a)
	last := o.Now
	o.later(26 * time.Hour)
	o.open(b, "紛失の後")
	o.sync(b)
	r, err := o.Server.Lost(t.Context(), a.ID, " 青木 ", "電車に忘れた")
	ok(t, err)
	want := server.LostGroup{Scope: app.Scope{Kind: ticket.Kind}, Records: 3, Newer: 1, Personal: 4, Attachments: 1, Keys: 3} // three titles and a file
	equal(t, r.Groups, []server.LostGroup{want})
	want.Scope = app.Scope{}
	equal(t, r.Total, want)
	equal(t, []any{r.Device.ID, r.Person.Name, r.By, r.Reason, r.GSN, r.Unknown, r.Waiting, r.Wiped}, []any{a.ID, "青木", "青木", "電車に忘れた", int64(3), false, 0, app.Stamp(0)})
	equal(t, []app.Stamp{r.Lost, r.Contact, r.Lease}, []app.Stamp{app.StampOf(o.Now), app.StampOf(last), app.StampOf(last.Add(30 * day))})
	o.later(day)
	again, err := o.Server.Lost(t.Context(), a.ID, "別の人", "")
	ok(t, err)
	equal(t, again, r) // the first report stays
	_, err = o.Server.Lost(t.Context(), app.ID{9}, "", "")
	o.refused(err, app.NotFound, "no such device")
}

// TestReportOfADeviceThatNeverSaid counts everything for one that an older program served.
func TestReportOfADeviceThatNeverSaid(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	o.open(b, "一")
	o.sync(b)
	r, err := o.Server.Lost(t.Context(), a.ID, "", "")
	ok(t, err)
	equal(t, []any{r.Unknown, r.Total.Records, r.Total.Newer}, []any{true, 1, 0})
}

// TestReportKeepsToTheClearance counts nothing that the person may not read.
func TestReportKeepsToTheClearance(t *testing.T) {
	book := modules.Book()
	book.Access = reads{}
	o := strictOffice(t, book, logtest.NewMemory())
	a, b := o.device("青木"), o.device("馬場")
	o.open(b, "一")
	o.sync(b)
	r, err := o.Server.Lost(t.Context(), a.ID, "", "")
	ok(t, err)
	equal(t, []any{len(r.Groups), r.Total}, []any{0, server.LostGroup{}})
}

// reads lets everybody write everything and read tickets of a zone alone.
type reads struct{}

func (reads) Clearance(app.View, app.ID, app.Stamp) (app.Clearance, error) {
	return app.NewClearance(app.Extent{Kind: ticket.Kind, Zone: app.ZoneNumber, All: true}), nil
}
func (reads) May(app.View, *app.Change, app.Stamp, app.Scope, app.Scope) error { return nil }

// TestLostDeviceErasesItself loses a real replica: at its next contact it brings
// what it has, is told, erases everything, and says so.
func TestLostDeviceErasesItself(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	dir := t.TempDir()
	options := store.Options{Dir: filepath.Join(dir, "replica"), Keys: keys.In(filepath.Join(dir, "keys")), Cost: cheap, Book: o.Book, Clock: o.Clock, Random: o.Random, App: "test", Lease: 30 * day}
	pass := keys.Passphrase("correct horse")
	r, err := store.Create(t.Context(), options, pass)
	ok(t, err)
	code, err := o.Server.EnrollCodeOf(t.Context(), o.person("青木"), wire.ClassHigh, []string{at})
	ok(t, err)
	with := client.Options{Now: o.Clock}
	_, err = client.Enroll(t.Context(), client.Of(r), code, with)
	ok(t, err)
	until, err := r.Lease(t.Context())
	ok(t, err)
	equal(t, until.Equal(o.Now.Add(72*time.Hour)), true)
	_, err = client.Sync(t.Context(), client.Of(r), with)
	ok(t, err)
	device := r.Device()
	rec, err := r.Draft(ticket.Kind)
	ok(t, err)
	k := rec.(*ticket.Ticket)
	k.Title, k.Channel = "未送信", ticket.Phone
	ok(t, r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(k) }))

	_, err = o.Server.Lost(t.Context(), device, "青木", "")
	ok(t, err)
	heard := make(chan error, 1)
	client.Follow(t.Context(), client.Of(r), with, nil, func(_ client.Result, err error) { heard <- err }) // it ends by itself
	err = <-heard
	o.refused(err, app.Forbidden, "reported lost")
	var order *client.Order
	equal(t, errors.As(err, &order), true)
	equal(t, len(o.waiting()), 1) // what was not sent is here, for a person
	err = order.Obey(t.Context(), func() error {
		return errors.Join(r.Close(), store.Erase(context.Background(), options, true))
	})
	o.refused(err, app.Forbidden, "was erased")
	_, err = store.Open(t.Context(), options, pass)
	equal(t, err != nil, true)
	for _, left := range []string{options.Dir, filepath.Join(dir, "keys")} {
		files, err := os.ReadDir(left)
		if err == nil && len(files) > 0 {
			t.Errorf("in %s is left %v", left, files)
		}
	}
	report, err := o.Server.Lost(t.Context(), device, "", "")
	ok(t, err)
	equal(t, []any{report.Wiped, report.Waiting}, []any{app.StampOf(o.Now), 1})
}

// person adds somebody.
func (o *office) person(name string) string {
	o.Helper()
	_, err := o.Server.AddUser(o.Context(), name)
	ok(o.T, err)
	return name
}

// TestOrdersOfOthersAreNone gives a device orders that are not for it, or not
// of its server: it obeys none.
func TestOrdersOfOthersAreNone(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	mine := o.identity()
	for name, order := range map[string][]byte{
		"another server's": signed(t, wire.Wipe{Device: d.ID, Epoch: o.epoch}), "garbage": {1, 2, 3}, "another device's": mine(wire.Wipe{Device: app.ID{7}, Epoch: o.epoch}),
		"of another order of changes": mine(wire.Wipe{Device: d.ID, Epoch: app.ID{8}}),
	} {
		err := o.ordered(d, order)
		var obeys *client.Order
		if err == nil || errors.As(err, &obeys) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var obeys *client.Order
	if err := o.ordered(d, mine(wire.Wipe{Device: d.ID, Epoch: o.epoch})); !errors.As(err, &obeys) {
		t.Error("its own order is none:", err)
	}
}

// signed is an order that an identity gives which is not the server's.
func signed(t *testing.T, w wire.Wipe) []byte {
	t.Helper()
	text, err := w.Sign(newKey(t))
	ok(t, err)
	return text
}

// identity signs orders with the identity of the office's server.
func (o *office) identity() func(wire.Wipe) []byte {
	var seed []byte
	o.read(func(tx server.Tx) (err error) { seed, err = tx.Setting("identity"); return err })
	return func(w wire.Wipe) []byte {
		text, err := w.Sign(ed25519.NewKeyFromSeed(seed))
		ok(o.T, err)
		return text
	}
}

// ordered syncs with a line that turns the device away and gives it an order.
func (o *office) ordered(d *simtest.Device, order []byte) error {
	options := o.Options(d)
	options.Transport = carrier(func(r *http.Request) (*http.Response, error) {
		status, body := 403, encode(o.T, wire.Problem{Code: "forbidden", JA: "不可", EN: "no"})
		if r.URL.Path == wire.PathStanding {
			status, body = 200, encode(o.T, &wire.Standing{Wipe: order})
		}
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}, nil
	})
	_, err := client.Sync(o.Context(), d, options)
	return err
}
