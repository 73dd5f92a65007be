package wire_test

import (
	"maps"
	"reflect"
	"testing"

	"daicho/app"
	"daicho/sync/wire"
)

func init() {
	extents := []wire.Extent{{Kind: "ticket", Zone: "lgwan", Org: id(2), All: true}, {}}
	keys := []wire.Key{{Subject: id(9), Key: [32]byte{10}}}
	maps.Copy(golden, map[string]any{
		"rows": &wire.Rows{Epoch: id(1), Only: extents, After: wire.Ref{Kind: "ticket", ID: id(3)},
			Refs: []wire.Ref{{Kind: "conflict", ID: id(4)}}, Clearance: []byte{5, 6}},
		"rowspage": &wire.RowsPage{Times: times, Head: 7, Rows: []wire.Row{{Ref: wire.Ref{Kind: "ticket", ID: id(3)}, GSN: 6, Doc: []byte{0xa0}}},
			Keys: keys, More: true, Total: 8, Clearance: extents},
		"past":          &wire.Past{Epoch: id(1), Only: extents, After: 2, UpTo: 3, Clearance: []byte{5, 6}},
		"pastpage":      &wire.PastPage{Times: times, UpTo: 3, Outcomes: [][]byte{{1}, {2, 3}}, Keys: keys, Clearance: extents},
		"pull_scoped":   &wire.Pull{Epoch: id(1), GSN: 1 << 40, Clearance: []byte{5, 6}},
		"pulled_scoped": &wire.Pulled{Times: times, Epoch: id(1), UpTo: 9, Head: 10, Directory: 4, Clearance: extents},
	})
}

// TestClearanceTravels: both sides must come to the same hash.
func TestClearanceTravels(t *testing.T) {
	for _, c := range []app.Clearance{app.ReadsAll, app.ReadsNothing, app.NewClearance(
		app.Extent{Kind: "ticket", Zone: app.ZoneLGWAN, All: true}, app.Extent{Kind: "device", Zone: app.Any, Org: id(4)})} {
		b, err := wire.Encode(&wire.Pulled{Clearance: wire.ExtentsOf(c)})
		if err != nil {
			t.Fatal(err)
		}
		var got wire.Pulled
		if err = wire.Decode(b, &got); err != nil || len(got.Clearance) == 0 {
			t.Fatal(got, err)
		}
		if again := wire.ClearanceOf(got.Clearance); !reflect.DeepEqual(again, c) || again.Hash() != c.Hash() {
			t.Errorf("%+v became %+v", c, again)
		}
	}
}
