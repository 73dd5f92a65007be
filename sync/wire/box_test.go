package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"daicho/app"
	"daicho/sync/wire"
)

// TestPackLeavesNoiseAlone: sealed messages do not become smaller; they go as they are.
func TestPackLeavesNoiseAlone(t *testing.T) {
	noise := make([]byte, 5_000)
	rand.NewChaCha8([32]byte{1}).Read(noise)
	if got, packed := wire.Pack(noise); packed || !bytes.Equal(got, noise) {
		t.Errorf("packed: %v, %d bytes of %d", packed, len(got), len(noise))
	}
}

func card(n byte, barred bool) wire.Card {
	return wire.Card{Public: bytes.Repeat([]byte{n}, ed25519.PublicKeySize), Box: []byte{n}, Person: id(n), Barred: barred}
}

// TestRostersGrow: cards that are known are not sent again, those that changed
// are, and an older answer takes nothing back.
func TestRostersGrow(t *testing.T) {
	first := &wire.Roster{At: 1, Box: []byte{9}, Cards: []wire.Card{card(1, false), card(2, false)}}
	second := &wire.Roster{At: 2, Box: []byte{9}, Cards: []wire.Card{card(1, false), card(2, true), card(3, false)}}
	news := second.Without(first.Hashes())
	if len(news.Cards) != 2 || len(news.Same) != 1 {
		t.Fatalf("%+v", news)
	}
	got, err := news.Onto(first)
	if err != nil || !reflect.DeepEqual(got, second) {
		t.Fatalf("%+v, %v", got, err)
	}
	if old, err := first.Without(nil).Onto(second); err != nil || !reflect.DeepEqual(old, second) {
		t.Errorf("%+v, %v", old, err)
	}
	if _, err = news.Onto(nil); !app.IsCode(err, app.Damaged) {
		t.Error("a card came out of nothing", err)
	}
	for n, want := range map[byte]bool{1: true, 2: false, 4: false} {
		trust := wire.Trust{Roster: got}
		if _, err := trust.Admit(card(n, false).Public, &wire.Introduction{}); (err == nil) != want {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func TestPairCode(t *testing.T) {
	a, b, c := card(1, false).Public, card(2, false).Public, card(3, false).Public
	if wire.PairCode(a, b) != wire.PairCode(b, a) || wire.PairCode(a, b) == wire.PairCode(a, c) || len(wire.PairCode(a, b)) != 14 {
		t.Error(wire.PairCode(a, b), wire.PairCode(b, a), wire.PairCode(a, c))
	}
}

// TestBoxesAreBound: nothing outside of a box can be changed.
func TestBoxesAreBound(t *testing.T) {
	device := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	server, err := wire.BoxKey([]byte("server"))
	if err != nil {
		t.Fatal(err)
	}
	pub := device.Public().(ed25519.PublicKey)
	s := app.Segment{Device: app.DeviceID(pub), First: 1, Last: 1, Head: app.ChainStart(pub).Next(app.BodyHash([]byte("body")))}
	s.Sign(device)
	good, err := wire.NewBox(wire.SegmentOf(s, [][]byte{[]byte("body")}), []wire.Key{{Subject: id(1)}}, nil, device, server.PublicKey().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got, keys, err := good.Open(server); err != nil || string(got.Bodies[0]) != "body" || len(keys) != 1 {
		t.Fatal(got, keys, err)
	}
	for name, spoil := range map[string]func(*wire.Box){
		"device": func(b *wire.Box) { b.Device[0] ^= 1 }, "first": func(b *wire.Box) { b.First = 2 }, "last": func(b *wire.Box) { b.Last = 2 },
		"head": func(b *wire.Box) { b.Head[0] ^= 1 }, "signature": func(b *wire.Box) { b.Sig = nil }, "key": func(b *wire.Box) { b.Public = b.Public[1:] },
		"sealed": func(b *wire.Box) { b.Sealed = slices.Clone(b.Sealed); b.Sealed[len(b.Sealed)-1] ^= 1 }, "nothing": func(b *wire.Box) { b.Sealed = nil },
		"blobs": func(b *wire.Box) { b.Blobs = make([]app.BlobID, wire.MaxBlobsOfBox+1) },
	} {
		b := *good
		spoil(&b)
		if _, _, err := b.Open(server); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
