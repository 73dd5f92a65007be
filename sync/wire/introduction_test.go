package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"net"
	"testing"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

// signed is a certificate, altered, under a server's key.
func signed(t *testing.T, by ed25519.PrivateKey, alter func(*wire.Certificate)) []byte {
	t.Helper()
	c := certificate()
	alter(&c)
	text, err := c.Sign(by)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestAdmit: whom a device deals with that cannot ask the server.
func TestAdmit(t *testing.T) {
	as := func(*wire.Certificate) {}
	stranger, other := public(identity(9)), public(identity(8))
	good := signed(t, identity(1), as)
	forged := bytes.Clone(good)
	forged[len(forged)-1] ^= 1
	listed := func(r *wire.Trust) {
		r.Roster.Cards = append(r.Roster.Cards, wire.Card{Public: stranger, Name: "端末"})
	}
	for name, c := range map[string]struct {
		certificate []byte
		peer        ed25519.PublicKey
		trust       func(*wire.Trust)
		at          app.Stamp // from when the certificate was issued
		ok          bool
		field       string
	}{
		"vouched for":                     {certificate: good, ok: true},
		"in the roster":                   {trust: listed, ok: true},
		"in the roster, certificate over": {certificate: good, trust: listed, at: 31 * day, ok: true},
		"nobody knows it":                 {},
		"over":                            {certificate: good, at: 30*day + 1, field: wire.FieldCertificate},
		"of a time to come":               {certificate: good, at: -3 * day, field: wire.FieldCertificate},
		"another city's":                  {certificate: signed(t, identity(2), as), field: wire.FieldCertificate},
		"forged":                          {certificate: forged, field: wire.FieldCertificate},
		"another's":                       {certificate: good, peer: other, field: wire.FieldCertificate},
		"no certificate":                  {certificate: []byte("garbage"), field: wire.FieldCertificate},
		"shut out since":                  {certificate: good, trust: func(r *wire.Trust) { r.Shut.Devices = []app.ID{app.DeviceID(stranger)} }},
		"in the roster, shut out since":   {trust: func(r *wire.Trust) { listed(r); r.Shut.Devices = []app.ID{app.DeviceID(stranger)} }},
		"in the roster as barred": {trust: func(r *wire.Trust) {
			r.Roster.Cards = []wire.Card{{Public: stranger, Barred: true}}
		}, certificate: good},
		"gone from the server":   {certificate: good, trust: func(r *wire.Trust) { r.Roster.At = times.Received + 1 }},
		"by an earlier identity": {certificate: signed(t, identity(3), as), trust: func(r *wire.Trust) { r.Pins = append(r.Pins, pin(3)) }, ok: true},
	} {
		t.Run(name, func(t *testing.T) {
			trust := wire.Trust{Roster: &wire.Roster{At: times.Received}, Pins: []wire.Pin{pin(1)}, Now: times.Received + c.at}
			if c.trust != nil {
				c.trust(&trust)
			}
			peer := c.peer
			if peer == nil {
				peer = stranger
			}
			box := bytes.Repeat([]byte{7}, wire.BoxPublicSize)
			card, err := trust.Admit(peer, &wire.Introduction{Certificate: c.certificate, Box: box})
			if (err == nil) != c.ok {
				t.Fatal(err)
			}
			if e := app.ErrorOf(err); err != nil && (e.Code != app.Forbidden || e.Field != c.field || e.Say.JA == "") {
				t.Fatal(err, e.Field)
			}
			if err == nil && card.Device() != app.DeviceID(peer) {
				t.Error("another device's card")
			}
			if err == nil && card.Name == "" && (card.Person != id(5) || !bytes.Equal(card.Box, box)) {
				t.Errorf("%+v", card)
			}
		})
	}
}

// TestIntroductionsTravelInTheHandshake: each hears how the other makes itself known
// before a byte is exchanged; a device of before says nothing.
func TestIntroductionsTravelInTheHandshake(t *testing.T) {
	in := map[byte]*wire.Introduction{8: {Certificate: []byte("eight"), Box: []byte{8}}, 9: {}}
	heard := map[byte]string{}
	conf := func(n byte) *tls.Config {
		c, err := wire.PeerTLS(identity(n), in[n], func(peer ed25519.PublicKey, in *wire.Introduction) error {
			heard[n] = string(in.Certificate)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	a, b := net.Pipe()
	late := time.Now().Add(10 * time.Second) // a handshake that fails waits for ever
	if err := errors.Join(a.SetDeadline(late), b.SetDeadline(late)); err != nil {
		t.Fatal(err)
	}
	server, client := conf(8), conf(9)
	done := make(chan error, 1)
	go func() { done <- tls.Server(a, server).Handshake() }()
	c := tls.Client(b, client)
	if err := c.Handshake(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	state := c.ConnectionState()
	got, err := wire.IntroductionIn(&state)
	if err != nil || heard[9] != "eight" || heard[8] != "" || string(got.Box) != "\x08" {
		t.Errorf("%q, %+v, %v", heard, got, err)
	}
}

func init() {
	golden["introduction"] = &wire.Introduction{Certificate: []byte{1, 2}, Box: []byte{3}}
}
