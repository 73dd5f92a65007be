package audit_test

import (
	"bytes"
	"testing"

	"daicho/app"
	"daicho/sync/audit"
)

// TestProvenLines takes lines out of an export, each by itself and some at once.
func TestProvenLines(t *testing.T) {
	g := order(t, 21)
	file := g.export(t)
	for n := int64(1); n <= 21; n++ {
		gsns := []int64{n, 1 + n/2, 21}
		p, err := audit.Prove(bytes.NewReader(file), gsns)
		ok(t, err)
		b, err := p.Encode()
		ok(t, err)
		read, err := audit.DecodeProven(b)
		ok(t, err)
		r, err := read.Verify()
		ok(t, err)
		leaves, err := read.Leaves()
		ok(t, err)
		if !r.Sound() || r.Lines != 3 || r.Checkpoint.Size != 21 || leaves[0] != line(n) || leaves[1].GSN != gsns[1] {
			t.Fatalf("%d: %+v", n, r)
		}
	}
}

func TestEveryBitOfAProofCounts(t *testing.T) {
	p, err := audit.Prove(bytes.NewReader(order(t, 7).export(t)), []int64{3, 6})
	ok(t, err)
	file, err := p.Encode()
	ok(t, err)
	for i := range file {
		for bit := range 8 {
			file[i] ^= 1 << bit
			if p, err := audit.DecodeProven(file); err == nil {
				if r, err := p.Verify(); err == nil && r.Sound() {
					t.Fatalf("byte %d, bit %d is not noticed", i, bit)
				}
			}
			file[i] ^= 1 << bit
		}
	}
}

func TestWhatCannotBeProved(t *testing.T) {
	g := order(t, 7)
	file := g.export(t)
	rewritten := order(t, 7)
	rewritten.leaves[2] = g.leaves[4]
	for name, c := range map[string]struct {
		file []byte
		gsns []int64
		code app.Code
	}{
		"no line": {file, nil, app.NotFound}, "line 0": {file, []int64{0}, app.NotFound}, "the line after the last": {file, []int64{8}, app.NotFound},
		"half a file": {file[:len(file)/2], []int64{3}, app.Damaged}, "another line in its place": {rewritten.export(t), []int64{6}, app.Damaged}, "no file": {nil, []int64{1}, app.Invalid},
	} {
		if _, err := audit.Prove(bytes.NewReader(c.file), c.gsns); !app.IsCode(err, c.code) {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	for _, text := range []string{"", "DCP1", "DCA1\xa0", "DCP1\xa0", "DCP1\xa10101"} {
		if _, err := audit.DecodeProven([]byte(text)); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
