package audit_test

import (
	"bytes"
	"reflect"
	"testing"

	"daicho/sync/audit"
)

// FuzzVerify: whatever a file holds, it is sound only if it is what the server
// has signed, and then to the last bit.
func FuzzVerify(f *testing.F) {
	g := order(f, 7)
	f.Add(g.export(f, signed(f, g.at(f, 3))))
	f.Add(order(f, 0).export(f))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := audit.Verify(bytes.NewReader(file))
		if err != nil || !r.Sound() || !r.Identity.Equal(public()) {
			return
		}
		if c := g.at(t, r.Lines); !reflect.DeepEqual(r.Checkpoint, c) {
			t.Fatalf("sound: %+v", r)
		}
		if r.Lines > 0 {
			_, err = audit.Prove(bytes.NewReader(file), []int64{1, r.Lines})
			ok(t, err)
		}
	})
}

// FuzzProven: what is read is written the same way again.
func FuzzProven(f *testing.F) {
	p, err := audit.Prove(bytes.NewReader(order(f, 7).export(f)), []int64{3, 6})
	ok(f, err)
	b, err := p.Encode()
	ok(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := audit.DecodeProven(file)
		if err != nil {
			return
		}
		if _, err = p.Verify(); err != nil {
			return
		}
		again, err := p.Encode()
		if err != nil || !bytes.Equal(again, file) {
			t.Fatal(err)
		}
	})
}

// FuzzProof checks a proof of anything against good checkpoints.
func FuzzProof(f *testing.F) {
	g := order(f, 21)
	p, err := audit.ProveContinued(21, 13, g.stored)
	ok(f, err)
	b, err := p.Encode()
	ok(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := audit.DecodeProof(b)
		if err != nil {
			return
		}
		now, before := g.at(t, 21), g.at(t, 13)
		if now.Follows(&before, got) == nil && len(got) != len(p) {
			t.Fatal("another proof is taken")
		}
		if before.Root[0] ^= 1; now.Follows(&before, got) == nil {
			t.Fatal("another tree is proved")
		}
	})
}

// FuzzCheckpoint: nothing is read that was not signed.
func FuzzCheckpoint(f *testing.F) {
	c := order(f, 7).at(f, 7)
	c.Ended = []audit.Ended{{Epoch: epoch, Size: 3}}
	f.Add(signed(f, c))
	f.Fuzz(func(t *testing.T, note []byte) {
		got, err := audit.Open(note, public())
		if err != nil {
			return
		}
		if again := signed(t, got); !bytes.Equal(again, note) {
			t.Fatalf("%q is read as %q", note, again)
		}
	})
}

// FuzzTrail: what is read is written the same way again.
func FuzzTrail(f *testing.F) {
	var trail audit.Trail
	for _, n := range []int64{1, 4} {
		c := order(f, n).at(f, n)
		trail = trail.With(audit.Seen{Checkpoint: c, Note: signed(f, c)})
	}
	b, err := trail.Encode()
	ok(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		trail, err := audit.DecodeTrail(b)
		if err != nil {
			return
		}
		again, err := trail.Encode()
		ok(t, err)
		twice, err := audit.DecodeTrail(again)
		if err != nil || len(twice) != len(trail) {
			t.Fatal(err)
		}
	})
}
