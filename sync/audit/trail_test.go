package audit_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/sync/audit"
)

// TestTrailIsDenseNearItsEnd lets an order grow in steps of all sizes, and asks
// for what a restore would ask for: the largest checkpoint up to some size. It
// must lie at most half as far again from the end as that size does, and a step.
func TestTrailIsDenseNearItsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		widest := rapid.Int64Range(1, 1000).Draw(t, "widest")
		var trail audit.Trail
		var sizes []int64
		size := int64(0)
		for range rapid.IntRange(1, 1500).Draw(t, "checkpoints") {
			size += 1 + steps.Int64N(widest)
			sizes = append(sizes, size)
			trail = trail.With(audit.Seen{Checkpoint: audit.Checkpoint{Size: size, Epoch: epoch}})
			if len(trail) > audit.MaxTrail {
				t.Fatal("it grows without end")
			}
		}
		if last, _ := trail.Last(); last.Size != size || trail[0].Size != sizes[0] {
			t.Fatal("the last or the first is gone")
		}
		for _, asked := range sizes {
			got, there := trail.Within(epoch, asked)
			if !there || 2*(size-got.Size) > 3*(size-asked)+2*widest {
				t.Fatalf("up to %d of %d: %d, %v", asked, size, got.Size, there)
			}
		}
	})
}

func TestTrailComesBack(t *testing.T) {
	g := order(t, 9)
	var trail audit.Trail
	for _, size := range []int64{2, 5, 9} {
		c := g.at(t, size)
		trail = trail.With(audit.Seen{Checkpoint: c, Note: signed(t, c)})
	}
	b, err := trail.Encode()
	ok(t, err)
	got, err := audit.DecodeTrail(b)
	if err != nil || !reflect.DeepEqual(got, trail) {
		t.Fatalf("%+v, %v", got, err)
	}
	if s, there := got.Within(epoch, 8); !there || s.Size != 5 {
		t.Error(s, there)
	}
	if s, there := got.Within(app.ID{9}, 8); there {
		t.Error("of another order", s)
	}
	if none, err := audit.DecodeTrail(nil); len(none) != 0 || err != nil {
		t.Error(none, err)
	}
	if _, there := (audit.Trail)(nil).Last(); there {
		t.Error("nothing has a last")
	}
	for _, bad := range []string{"\x01", "\x81\x41x", "\x81\x43x\n\n"} {
		if _, err := audit.DecodeTrail([]byte(bad)); !app.IsCode(err, app.Damaged) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
