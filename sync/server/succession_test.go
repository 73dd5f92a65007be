package server_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// enrolled is a device that was enrolled over TLS.
func (o *office) enrolled(name, at string) *simtest.Device {
	o.Helper()
	d := o.device("")
	_, err := client.Enroll(o.Context(), d, o.code(name, at), over(d))
	ok(o.T, err)
	return d
}

func (o *office) syncs(d *simtest.Device) {
	o.Helper()
	_, err := client.Sync(o.Context(), d, over(d))
	ok(o.T, err)
}

// pinned is the identity that a device expects.
func (o *office) pinned(d *simtest.Device) wire.Pin {
	o.Helper()
	place, err := d.Enrolment(o.Context())
	ok(o.T, err)
	return place.Pin
}

// TestSuccessorOfTheIdentity goes through a year over real TLS: one device hears
// of the successor, one is away all the time, one comes only after two switches.
func TestSuccessorOfTheIdentity(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	first := o.serving()
	o.refused(o.Server.Switch(t.Context()), app.NotFound, "no successor")
	follows, away, longAway := o.enrolled("青木", at), o.enrolled("馬場", at), o.enrolled("千葉", at)
	from, err := o.Server.Successor(t.Context())
	ok(t, err)
	equal(t, from, o.Now.Add(90*day).UTC())
	_, err = o.Server.Successor(t.Context())
	o.refused(err, app.Invalid, "a successor already")
	key, err := o.Server.Key(t.Context())
	ok(t, err)
	equal(t, []any{key.Pin, key.From}, []any{first, from})

	o.syncs(follows)
	o.later(90*day - time.Second)
	o.refused(o.Server.Switch(t.Context()), app.Invalid, "may serve from")
	pins, err := client.Pins(t.Context(), follows, o.Clock)
	ok(t, err)
	equal(t, pins, []wire.Pin{first}) // not before the day
	o.later(time.Second)
	pins, err = client.Pins(t.Context(), follows, o.Clock)
	ok(t, err)
	equal(t, pins, []wire.Pin{first, key.Next})
	o.syncs(follows)
	equal(t, o.pinned(follows), first) // it has not switched yet

	ok(t, o.Server.Switch(t.Context()))
	equal(t, o.serving(), key.Next)
	for _, d := range []*simtest.Device{follows, away} {
		o.open(d, "交代の後")
		o.syncs(d)
		equal(t, []any{d.Acked, o.pinned(d)}, []any{uint64(1), key.Next})
		equal(t, wire.PinOf(o.certificate(d).Server), key.Next)
	}
	pins, err = client.Pins(t.Context(), away, o.Clock)
	ok(t, err)
	equal(t, pins, []wire.Pin{key.Next, first}) // what the first one signed is still believed

	_, err = o.Server.Successor(t.Context())
	ok(t, err)
	o.later(91 * day)
	ok(t, o.Server.Switch(t.Context()))
	o.syncs(longAway)
	equal(t, o.pinned(longAway), o.serving())
	o.syncs(follows)
	equal(t, o.pinned(follows), o.serving())
}

// TestOldCodeAfterASwitch enrols with a code that names the identity before.
func TestOldCodeAfterASwitch(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	_, err := o.Server.Successor(t.Context())
	ok(t, err)
	o.later(90 * day)
	code := o.code("青木", at)
	ok(t, o.Server.Switch(t.Context()))
	d := o.device("")
	_, err = client.Enroll(t.Context(), d, code, over(d))
	ok(t, err)
	o.syncs(d)
	equal(t, o.pinned(d), o.serving())
}

// TestOldIdentityIsNotTakenBack shows a device that has moved on a leaf of the
// identity before, as whoever stole that key would.
func TestOldIdentityIsNotTakenBack(t *testing.T) {
	old, next := ed25519.NewKeyFromSeed(make([]byte, 32)), newKey(t)
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	after, err := wire.Succession{New: public(next), From: now}.Sign(old, rand.Reader)
	ok(t, err)
	early, err := wire.Succession{New: public(next), From: now.Add(50 * time.Hour)}.Sign(old, rand.Reader)
	ok(t, err)
	strange, err := wire.Succession{New: public(next), From: now}.Sign(newKey(t), rand.Reader)
	ok(t, err)
	for _, c := range []struct {
		name   string
		serves ed25519.PrivateKey
		chain  [][]byte
		pin    ed25519.PrivateKey
		good   bool
	}{
		{"its own", old, nil, old, true},
		{"the successor, with the chain", next, [][]byte{after}, old, true},
		{"the successor, without", next, nil, old, false},
		{"the successor, two days too early", next, [][]byte{early}, old, false},
		{"a successor that another identity named", next, [][]byte{strange}, old, false},
		{"a chain that leads elsewhere", old, [][]byte{after}, next, false},
		{"the one before", old, nil, next, false},
		{"the chain twice", next, [][]byte{after, after}, old, true},
		{"too long a chain", next, [][]byte{after, after, after, after, after, after, after, after, after}, old, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			leaf, err := wire.NewLeaf(c.serves, now, rand.Reader, c.chain...)
			ok(t, err)
			at, heard := stranger(t, wire.ServerTLS(func() (*tls.Certificate, error) { return leaf, nil }))
			conf, err := wire.ClientTLS(newKey(t), wire.PinOf(public(c.pin)), func() time.Time { return now })
			ok(t, err)
			line, err := tls.Dial("tcp", at, conf)
			if err == nil {
				ok(t, line.Close())
			}
			if c.good != (err == nil) || !c.good && (heard() > 0 || !app.IsCode(err, app.Forbidden)) {
				t.Fatalf("%v, and %d bytes were heard", err, heard())
			}
		})
	}
}

func newKey(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	ok(t, err)
	return key
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// serving is the identity that the office's server has now.
func (o *office) serving() wire.Pin {
	o.Helper()
	key, err := o.Server.Key(o.Context())
	ok(o.T, err)
	return key.Pin
}
