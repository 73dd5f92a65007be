package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"reflect"
	"testing"

	"daicho/app"
	"daicho/sync/wire"
)

// later are messages that came after the golden files.
var later = []any{
	&wire.Audit{Seen: 3, After: 2, Count: 9}, &wire.Proving{Lines: []int64{1, 2}}, &wire.Have{Bytes: 7, All: true},
	&wire.AuditPage{Times: times, Checkpoint: wire.Checkpoint{Note: []byte("n"), Identity: []byte{1}, Proof: [][32]byte{{2}}}, Leaves: [][]byte{{3}}, Hashes: [][32]byte{{4}}},
	&wire.Proven{Times: times, Lines: []wire.ProvenLine{{Leaf: []byte{1}, Proof: [][32]byte{{2}}}}},
	&wire.Rows{Epoch: id(1), Only: []wire.Extent{{Kind: "file", Zone: "lgwan", All: true}}, After: wire.Ref{Kind: "file", ID: id(2)}, Clearance: []byte{5}},
	&wire.RowsPage{Times: times, Head: 3, Rows: []wire.Row{{Ref: wire.Ref{Kind: "file", ID: id(2)}, GSN: 3, Doc: []byte{0xa0}}}, More: true, Total: 9},
	&wire.Introduction{Certificate: []byte{1}, Box: []byte{2}},
	&wire.Pulled{Times: times, Erased: []wire.Erased{{N: 1, Ref: wire.Ref{Kind: "file", ID: id(2)}}}}, &wire.Erasures{Epoch: id(1), List: []wire.Erased{{N: 2, GSN: 3}}},
	&wire.Past{Epoch: id(1), After: 2, UpTo: 9}, &wire.PastPage{Times: times, UpTo: 9, Outcomes: [][]byte{{1}}},
}

// FuzzLaterMessages: what is read can be written, and is read as the same again.
func FuzzLaterMessages(f *testing.F) {
	for _, m := range later {
		b, err := wire.Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, m := range later {
			got, again := reflect.New(reflect.TypeOf(m).Elem()).Interface(), reflect.New(reflect.TypeOf(m).Elem()).Interface()
			if wire.Decode(b, got) != nil {
				continue
			}
			one, err := wire.Encode(got)
			if err != nil {
				t.Fatal(err)
			}
			if err = wire.Decode(one, again); err != nil {
				t.Fatal(err)
			}
			if two, err := wire.Encode(again); err != nil || !bytes.Equal(one, two) {
				t.Fatalf("%x is read as %x, %v", one, two, err)
			}
		}
	})
}

// FuzzParseFrom: a header that is taken is the one that this program writes.
func FuzzParseFrom(f *testing.F) {
	for _, h := range []string{"", "bytes 5-9/10", "bytes 9-5/6", "bytes 9223372036854775807-9223372036854775807/0"} {
		f.Add(h)
	}
	f.Fuzz(func(t *testing.T, header string) {
		from, err := wire.ParseFrom(header)
		if err != nil {
			return
		}
		var last, size int64
		if n, err := fmt.Sscanf(header, "bytes %d-%d/%d", new(int64), &last, &size); header != "" && (n != 3 || err != nil || header != wire.ContentRange(from, size)) || header == "" && from != 0 {
			t.Fatalf("%q: %d", header, from)
		}
	})
}

// FuzzBox seals anything into a box as a device would: it does not open, unless
// it is what a device would have put there.
func FuzzBox(f *testing.F) {
	device := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	public := device.Public().(ed25519.PublicKey)
	server, err := wire.BoxKey(bytes.Repeat([]byte{2}, 32))
	if err != nil {
		f.Fatal(err)
	}
	signed := app.Segment{Device: app.DeviceID(public), First: 1, Last: 1, Head: app.ChainStart(public).Next(app.BodyHash([]byte("a")))}
	signed.Sign(device)
	good, err := wire.NewBox(wire.SegmentOf(signed, [][]byte{[]byte("a")}), nil, nil, device, server.PublicKey().Bytes())
	if err != nil {
		f.Fatal(err)
	}
	text, err := wire.Encode(good)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, p []byte) {
		var b wire.Box
		if wire.Decode(p, &b) != nil {
			return
		}
		s, keys, err := b.Open(server)
		if err != nil {
			return
		}
		if len(keys) > 0 || len(s.Bodies) != 1 || string(s.Bodies[0]) != "a" {
			t.Fatalf("opened what nobody sealed: %+v", s)
		}
	})
}

// TestManyValues: a message of many small values is refused before memory is
// taken for them.
func TestManyValues(t *testing.T) {
	list := append([]byte{0x99, 0x4e, 0x20}, bytes.Repeat([]byte{0x40}, 20_000)...)
	bomb := []byte{0xa1, 0x02, 0x98, 60}
	for range 60 {
		bomb = append(append(bomb, 0xa1, 0x06), list...)
	}
	var p wire.Push
	if err := wire.Decode(bomb, &p); !app.IsCode(err, app.Invalid) || p.Segments != nil {
		t.Fatal(err, len(p.Segments))
	}
	if err := wire.Decode(append([]byte{0xa1, 0x02, 0x81, 0xa1, 0x06}, list...), &p); err != nil || len(p.Segments[0].Bodies) != 20_000 {
		t.Fatal(err)
	}
}
