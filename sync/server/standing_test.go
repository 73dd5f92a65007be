package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

const day = 24 * time.Hour

// certificate is what a device would show to another now.
func (o *office) certificate(d *simtest.Device) wire.Certificate {
	o.Helper()
	text, err := client.Certificate(o.Context(), d)
	ok(o.T, err)
	pins, err := client.Pins(o.Context(), d, o.Clock)
	ok(o.T, err)
	c, err := wire.ReadCertificate(text, pins...)
	ok(o.T, err)
	return c
}

// later moves the clock.
func (o *office) later(d time.Duration) { o.Now = o.Now.Add(d) }

func TestEnrollingGivesACertificate(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	who, err := d.Enrolment(t.Context())
	ok(t, err)
	c := o.certificate(d)
	equal(t, c, wire.Certificate{Device: d.ID, Public: c.Public, Person: who.Person.ID, Issued: app.StampOf(o.Now), Until: app.StampOf(o.Now.Add(30 * day)), Lease: (30 * day).Milliseconds(), Server: c.Server})
	equal(t, app.DeviceID(c.Public), d.ID)
}

// TestCertificateIsRenewedInTime syncs each few days: it is renewed when less
// than half is left, and not at each contact.
func TestCertificateIsRenewedInTime(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	began := o.Now
	for _, c := range []struct{ day, issued time.Duration }{{0, 0}, {15, 0}, {16, 16}, {30, 16}, {32, 32}} {
		o.Now = began.Add(c.day * day)
		o.sync(d)
		equal(t, o.certificate(d).Issued, app.StampOf(began.Add(c.issued*day)))
	}
}

// TestExpiredDeviceMayOnlyRenew lets a certificate end and asks for everything.
func TestExpiredDeviceMayOnlyRenew(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	o.sync(d)
	o.later(30 * day)
	status, _, _ := o.ask(d, "POST", wire.PathPull, encode(t, &wire.Pull{Epoch: o.epoch}))
	equal(t, status, 200)
	o.later(time.Millisecond)
	for _, c := range [][2]string{{"POST", wire.PathPush}, {"POST", wire.PathPull}, {"GET", wire.PathWait + "?gsn=0"}, {"GET", wire.PathBlob + strings.Repeat("ab", 32)}, {"PUT", wire.PathBlob + strings.Repeat("ab", 32)}} {
		status, p, _ := o.ask(d, c[0], c[1], encode(t, &wire.Pull{Epoch: o.epoch}))
		equal(t, []any{status, p.Code, p.Field}, []any{403, "forbidden", wire.FieldCertificate})
	}
	o.open(d, "期限の後")
	o.sync(d) // it renews and goes on
	equal(t, []any{d.Acked, o.certificate(d).Issued}, []any{uint64(1), app.StampOf(o.Now)})
}

// TestClockOfAnExpiredDeviceIsBehind: it learns from the server that it is to renew.
func TestClockOfAnExpiredDeviceIsBehind(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	o.later(31 * day)
	d.Skew = -31 * day
	o.open(d, "時計が遅れている")
	o.sync(d)
	equal(t, []any{d.Acked, o.certificate(d).Issued}, []any{uint64(1), app.StampOf(o.Now)})
}

func TestRenewalAfterTheEndWantsThePerson(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	ok(t, o.Server.SetPassword(t.Context(), "青木", "夏祭りの夜に花火"))
	o.later(16 * day)
	o.sync(d) // in time: the device's key is enough
	o.later(31 * day)
	_, err := o.Sync(t.Context(), d)
	o.refused(err, app.Forbidden, "password")
	_, err = client.Sync(t.Context(), d, proving(o, d, wire.Proof{Password: "夏祭りの夜に花見"}))
	o.refused(err, app.Forbidden, "wrong")
	_, err = client.Sync(t.Context(), d, proving(o, d, wire.Proof{Password: "夏祭りの夜に花火"}))
	ok(t, err)
	o.sync(d)
}

// TestDeviceOfAnOlderProgram was enrolled before there were certificates: it is
// let in, and gets one at its next contact.
func TestDeviceOfAnOlderProgram(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	ok(t, o.Log.Write(t.Context(), func(tx server.Tx) error { return tx.PutStanding(server.Standing{Device: d.ID}) }))
	ok(t, d.SetSetting(t.Context(), "identity/certificate", nil))
	o.later(400 * day)
	status, _, _ := o.ask(d, "POST", wire.PathPull, encode(t, &wire.Pull{Epoch: o.epoch}))
	equal(t, status, 200)
	o.sync(d)
	equal(t, o.certificate(d).Issued, app.StampOf(o.Now))
}

func TestRevocationReachesEveryDevice(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	o.sync(a, b)
	ok(t, o.Server.Revoke(t.Context(), b.ID))
	o.sync(a)
	text, err := client.Revocations(t.Context(), a)
	ok(t, err)
	r, err := wire.ReadRevocations(text, o.pin())
	ok(t, err)
	equal(t, r, wire.Revocations{At: app.StampOf(o.Now), Devices: []app.ID{b.ID}})
	_, err = o.Sync(t.Context(), b)
	o.refused(err, app.Forbidden, "revoked")
}

// TestRevokedDeviceCannotRenew asks for a certificate all the same.
func TestRevokedDeviceCannotRenew(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	ok(t, o.Server.Revoke(t.Context(), d.ID))
	status, _, text := o.ask(d, "POST", wire.PathStanding, encode(t, &wire.Stand{Renew: true}))
	var out wire.Standing
	ok(t, wire.Decode(text, &out))
	equal(t, []any{status, out.Certificate, out.Revocations, out.Wipe, out.Problem.Code}, []any{200, []byte(nil), []byte(nil), []byte(nil), "forbidden"})
	status, _, _ = o.ask(o.device(""), "POST", wire.PathStanding, encode(t, &wire.Stand{Renew: true}))
	equal(t, status, 403) // a stranger hears nothing
}

func TestClassSaysTheLease(t *testing.T) {
	o := newOffice(t, modules.Book())
	o.code("青木", "server.example:1")
	for class, lease := range map[wire.Class]time.Duration{wire.ClassHigh: 72 * time.Hour, wire.ClassMiddle: 14 * day, wire.ClassLow: 30 * day} {
		code, err := o.Server.EnrollCodeOf(t.Context(), "青木", class, []string{"server.example:1"})
		ok(t, err)
		d := o.device("")
		_, err = client.Enroll(t.Context(), d, code, o.Options(d))
		ok(t, err)
		equal(t, o.certificate(d).Lease, lease.Milliseconds())
	}
	_, err := o.Server.EnrollCodeOf(t.Context(), "青木", "secret", []string{"server.example:1"})
	o.refused(err, app.Invalid, "72 hours")
}

// TestNoSyncAsksMoreThanOnce counts the questions of a sync that has nothing to do.
func TestNoSyncAsksMoreThanOnce(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	o.open(d, "一")
	o.sync(d)
	options, asked := counted(o, d)
	_, err := client.Sync(t.Context(), d, options)
	ok(t, err)
	equal(t, asked(), []string{wire.PathPull})
}

// counted are the options of a device, and the paths that it has asked for.
func counted(o *office, d *simtest.Device) (client.Options, func() []string) {
	options := o.Options(d)
	line, paths := options.Transport, []string(nil)
	options.Transport = carrier(func(r *http.Request) (*http.Response, error) {
		paths = append(paths, r.URL.Path)
		return line.RoundTrip(r)
	})
	return options, func() []string { return paths }
}

// carrier is a line that does as a test says.
type carrier func(*http.Request) (*http.Response, error)

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) { return c(r) }
