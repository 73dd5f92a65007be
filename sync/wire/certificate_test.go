package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"reflect"
	"testing"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

// identity is a server's key that is the same in every run.
func identity(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }
func pin(n byte) wire.Pin                           { return wire.PinOf(public(identity(n))) }

const day = 24 * 3600 * 1000

// certificate is of a device with a key of its own, issued by server 1.
func certificate() wire.Certificate {
	pub := public(identity(9))
	return wire.Certificate{Device: app.DeviceID(pub), Public: pub, Person: id(5), Issued: times.Received, Until: times.Received + 30*day, Lease: 14 * day}
}

// said are statements of server 1, and what reads them with pins.
var said = map[string]struct {
	signed func() ([]byte, error)
	read   func(text []byte, pins ...wire.Pin) (any, error)
	want   any
}{
	"certificate": {func() ([]byte, error) { return certificate().Sign(identity(1)) }, func(b []byte, pins ...wire.Pin) (any, error) { return wire.ReadCertificate(b, pins...) },
		func() any { c := certificate(); c.Server = public(identity(1)); return c }()},
	"revocations": {func() ([]byte, error) {
		return wire.Revocations{At: times.Sent, Devices: []app.ID{id(1), id(2)}}.Sign(identity(1))
	}, func(b []byte, pins ...wire.Pin) (any, error) { return wire.ReadRevocations(b, pins...) },
		wire.Revocations{At: times.Sent, Devices: []app.ID{id(1), id(2)}}},
	"wipe": {func() ([]byte, error) {
		return wire.Wipe{Device: id(2), Epoch: id(1), At: times.Sent}.Sign(identity(1))
	}, func(b []byte, pins ...wire.Pin) (any, error) { return wire.ReadWipe(b, pins...) },
		wire.Wipe{Device: id(2), Epoch: id(1), At: times.Sent}},
	"erasures": {func() ([]byte, error) { return erasures.Sign(identity(1)) }, func(b []byte, pins ...wire.Pin) (any, error) { return wire.ReadErasures(b, pins...) }, erasures},
}

var erasures = wire.Erasures{Epoch: id(1), At: times.Sent, List: []wire.Erased{{N: 1, Ref: wire.Ref{Kind: "file", ID: id(2)}, GSN: 8, At: times.Received}}}

// TestStatements reads what every version ever signed, refuses other servers',
// altered ones, and those that were made for another purpose.
func TestStatements(t *testing.T) {
	for name, one := range said {
		t.Run(name, func(t *testing.T) {
			now, err := one.signed()
			if err != nil {
				t.Fatal(err)
			}
			text := file(t, name+".hex", hex.EncodeToString(now))
			old, err := hex.DecodeString(text)
			if err != nil || !bytes.Equal(old, now) {
				t.Fatalf("now signed as %x, was %s, %v", now, text, err)
			}
			if got, err := one.read(old, pin(3), pin(1)); err != nil || !reflect.DeepEqual(got, one.want) {
				t.Errorf("read as %+v, %v", got, err)
			}
			if _, err := one.read(old, pin(2)); !app.IsCode(err, app.Forbidden) {
				t.Errorf("by another server: %v", err)
			}
			for i := range old {
				bad := bytes.Clone(old)
				bad[i] ^= 1
				if got, err := one.read(bad, pin(1)); err == nil {
					t.Fatalf("altered at %d it is read as %+v", i, got)
				}
			}
			for other, two := range said {
				if _, err := two.read(old, pin(1)); other != name && err == nil {
					t.Errorf("it is taken for a statement of %s", other)
				}
			}
		})
	}
}

func TestCertificateOfAnotherKey(t *testing.T) {
	c := certificate()
	c.Device = id(7)
	text, err := c.Sign(identity(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wire.ReadCertificate(text, pin(1)); !app.IsCode(err, app.Forbidden) {
		t.Fatal(err)
	}
}

func TestCertificateDates(t *testing.T) {
	c := certificate()
	for _, one := range []struct {
		after      app.Stamp // its issue
		valid, due bool
	}{{-3 * day, false, false}, {-2 * day, true, false}, {0, true, false}, {15 * day, true, false}, {15*day + 1, true, true}, {30 * day, true, true}, {30*day + 1, false, true}} {
		now := c.Issued + one.after
		if err := c.ValidAt(now); (err == nil) != one.valid {
			t.Errorf("after %d days: %v", one.after/day, err)
		}
		if c.IsDue(now) != one.due {
			t.Errorf("after %d days: due %v", one.after/day, !one.due)
		}
	}
}

var switching = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)

func succession(t testing.TB, from, to byte) []byte {
	t.Helper()
	der, err := wire.Succession{New: public(identity(to)), From: switching}.Sign(identity(from), nil)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestSuccession(t *testing.T) {
	der := succession(t, 1, 2)
	text := file(t, "succession.hex", hex.EncodeToString(der))
	if text != hex.EncodeToString(der) {
		t.Errorf("now signed as %x, was %s", der, text)
	}
	got, err := wire.ReadSuccession(der)
	want := wire.Succession{Old: public(identity(1)), New: public(identity(2)), From: switching}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v, %v", got, err)
	}
	for i := range der {
		bad := bytes.Clone(der)
		bad[i] ^= 1
		if got, err := wire.ReadSuccession(bad); err == nil && bytes.Equal(got.Old, want.Old) {
			t.Fatalf("altered at %d it is read as %+v", i, got)
		}
	}
}

func TestFollowSuccessions(t *testing.T) {
	var all []wire.Succession
	for _, n := range []byte{2, 1, 5} { // the newest first, and one of somebody else
		s, err := wire.ReadSuccession(succession(t, n, n+1))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if got := wire.Follow(pin(1), all, switching.Add(-time.Second)); got != pin(1) {
		t.Error("it is followed before its day")
	}
	if got := wire.Follow(pin(1), all, switching); got != pin(3) {
		t.Error("it is not followed to the end")
	}
	if got := wire.Follow(pin(9), all, switching); got != pin(9) {
		t.Error("a strange pin is led astray")
	}
}

func FuzzReadStatement(f *testing.F) {
	for _, one := range said {
		b, err := one.signed()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, one := range said {
			if _, err := one.read(b, pin(2)); err == nil {
				t.Fatal("a statement that nobody signed is read")
			}
			_, _ = one.read(b, pin(1)) // must not panic
		}
	})
}

func FuzzReadSuccession(f *testing.F) {
	f.Add(succession(f, 1, 2))
	f.Fuzz(func(t *testing.T, der []byte) {
		s, err := wire.ReadSuccession(der)
		if err == nil && (len(s.Old) != ed25519.PublicKeySize || len(s.New) != ed25519.PublicKeySize) {
			t.Fatalf("%+v", s)
		}
	})
}
