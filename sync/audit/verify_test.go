package audit_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"daicho/app"
	"daicho/sync/audit"
)

// checks are what a report finds fault with.
func checks(r *audit.Report) (out []audit.Check) {
	for _, f := range r.Findings {
		if !slices.Contains(out, f.Check) {
			out = append(out, f.Check)
		}
	}
	slices.Sort(out)
	return out
}

func TestASoundExport(t *testing.T) {
	for _, n := range []int64{0, 1, 4, 5, 13, 64} {
		g := order(t, n)
		file := g.export(t, signed(t, g.at(t, n/2)), signed(t, g.at(t, 0)))
		r, err := audit.Verify(iotest.OneByteReader(bytes.NewReader(file)))
		ok(t, err)
		if !r.Sound() || r.Lines != n || r.Devices != int(min(n, 3)) || r.Earlier != 2 || r.Checkpoint.Size != n || !r.Identity.Equal(public()) {
			t.Errorf("%d lines: %+v", n, r)
		}
	}
}

// TestEveryBitOfAnExportCounts flips each bit of a small export.
func TestEveryBitOfAnExportCounts(t *testing.T) {
	g := order(t, 7)
	file := g.export(t, signed(t, g.at(t, 3)))
	for i := range file {
		for bit := range 8 {
			file[i] ^= 1 << bit
			if r, err := audit.Verify(bytes.NewReader(file)); err == nil && r.Sound() {
				t.Fatalf("byte %d, bit %d is not noticed", i, bit)
			}
			file[i] ^= 1 << bit
		}
	}
	for n := range file {
		if r, err := audit.Verify(bytes.NewReader(file[:n])); err == nil && r.Sound() {
			t.Fatalf("cut at %d it is sound", n)
		}
	}
	if r, err := audit.Verify(bytes.NewReader(append(file, 0))); err == nil && r.Sound() {
		t.Fatal("a byte more is not noticed")
	}
}

// TestWhatIsFound alters an order as somebody might who runs its server.
func TestWhatIsFound(t *testing.T) {
	const n = 12
	seen := signed(t, order(t, 9).at(t, 9)) // a device was shown this
	without := func(gone int64) *ledger {
		g := &ledger{}
		for i := int64(1); i <= n; i++ {
			if l := line(i); i < gone {
				g.add(t, l)
			} else if i > gone {
				l.GSN--
				g.add(t, l)
			}
		}
		return g
	}
	other := line(4)
	other.Body[0] ^= 1
	leaf, err := other.Encode()
	ok(t, err)
	for name, c := range map[string]struct {
		file func() []byte
		want []audit.Check
	}{
		"a line was rewritten": {func() []byte {
			g := order(t, n)
			g.leaves[3] = leaf
			return g.export(t, seen)
		}, []audit.Check{audit.CheckCheckpoint, audit.CheckLine}},
		"and its hash": {func() []byte {
			g := order(t, n)
			g.leaves[3], g.hashes[3] = leaf, audit.HashOf(leaf)
			return g.export(t, seen)
		}, []audit.Check{audit.CheckCheckpoint}},
		"and the tree": {func() []byte {
			g := &ledger{}
			for i := int64(1); i <= n; i++ {
				if i == 4 {
					g.add(t, other)
				} else {
					g.add(t, line(i))
				}
			}
			return g.export(t, seen)
		}, []audit.Check{audit.CheckCheckpoint}},
		"a line was taken out":     {func() []byte { return without(4).export(t, seen) }, []audit.Check{audit.CheckCheckpoint, audit.CheckDevice}},
		"and nobody had seen it":   {func() []byte { return without(4).export(t) }, []audit.Check{audit.CheckDevice}},
		"the end was taken off":    {func() []byte { return order(t, 8).export(t, seen) }, []audit.Check{audit.CheckCheckpoint}},
		"lines that nobody signed": {func() []byte { return append(order(t, 5).export(t), pageOf(t, order(t, 6), 5)...) }, []audit.Check{audit.CheckCheckpoint}},
		"lines that are missing":   {func() []byte { f := order(t, 10).export(t); return f[:len(f)-len(pageOf(t, order(t, 10), 5))] }, []audit.Check{audit.CheckCheckpoint}},
		"a line stands twice": {func() []byte {
			g := order(t, 5)
			g.add(t, line(5))
			return g.export(t)
		}, []audit.Check{audit.CheckDevice, audit.CheckOrder}},
		"another order": {func() []byte {
			g := order(t, 5)
			c := g.at(t, 3)
			c.Epoch = app.ID{9}
			return g.export(t, signed(t, c))
		}, []audit.Check{audit.CheckCheckpoint}},
		"a note of somebody else": {func() []byte { return order(t, 5).export(t, []byte("x\n\n— x AAAA\n")) }, []audit.Check{audit.CheckSignature}},
	} {
		r, err := audit.Verify(bytes.NewReader(c.file()))
		if err != nil || !slices.Equal(checks(r), c.want) {
			t.Errorf("%s: %v, %v; want %v", name, checks(r), err, c.want)
			for _, f := range r.Findings {
				t.Log(f)
			}
		}
	}
}

// TestKeptElsewhere holds a note that a device kept against somebody else's export.
func TestKeptElsewhere(t *testing.T) {
	g := order(t, 9)
	forked := &ledger{}
	for i := int64(1); i <= 9; i++ {
		l := line(i)
		if i == 5 {
			l.Outcome[0] ^= 1
		}
		forked.add(t, l)
	}
	for size, good := range map[int64]bool{4: true, 5: false, 9: false} {
		r, err := audit.Verify(bytes.NewReader(g.export(t)), signed(t, forked.at(t, size)))
		if err != nil || r.Sound() != good || r.Earlier != 1 {
			t.Errorf("%d: %+v, %v", size, r, err)
		}
	}
}

// pageOf is the frame of the lines after the first ones.
func pageOf(t *testing.T, g *ledger, after int) []byte {
	var with, without bytes.Buffer
	for _, b := range []*bytes.Buffer{&with, &without} {
		e, err := audit.NewExporter(b, public(), nil)
		ok(t, err)
		if b == &with {
			ok(t, e.Page(audit.Page{Leaves: g.leaves[after:], Hashes: g.hashes[after:]}))
		}
	}
	return with.Bytes()[without.Len():]
}

// TestRestoredOrder holds checkpoints of an order that ended against the one
// that goes on from it.
func TestRestoredOrder(t *testing.T) {
	old, g := order(t, 9), order(t, 6)
	l := line(7)
	l.Received++
	g.add(t, l) // after the restore it came again, later
	before := func(size int64) []byte {
		c := old.at(t, size)
		c.Epoch = app.ID{4}
		return signed(t, c)
	}
	now := g.at(t, 7)
	now.Ended = []audit.Ended{{Epoch: app.ID{4}, Size: 6}}
	var b bytes.Buffer
	e, err := audit.NewExporter(&b, public(), [][]byte{before(5), before(6), before(8), signed(t, now)})
	ok(t, err)
	ok(t, e.Page(audit.Page{Leaves: g.leaves, Hashes: g.hashes}))
	r, err := audit.Verify(&b)
	ok(t, err)
	if !r.Sound() || r.Earlier != 3 || r.Restored != 1 {
		t.Errorf("%+v", r)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	g := order(t, 300)
	for i := range g.hashes {
		g.hashes[i][0] ^= 1
	}
	r, err := audit.Verify(bytes.NewReader(g.export(t)))
	ok(t, err)
	if len(r.Findings) != 100 || r.More != 200 || r.Findings[0].String() != "line 1: line: it is not the line that was written here" {
		t.Error(len(r.Findings), r.More, r.Findings[0])
	}
}

func TestFilesThatAreNone(t *testing.T) {
	good := order(t, 3).export(t)
	newer := bytes.Replace(good, []byte{0xa3, 1, 1}, []byte{0xa3, 1, 2}, 1)
	for name, c := range map[string]struct {
		file string
		code app.Code
	}{
		"nothing": {"", app.Invalid}, "something else": {"hello, world", app.Invalid}, "no header": {audit.Magic, app.Damaged}, "a huge frame": {audit.Magic + "\xff\xff\xff\xff", app.Damaged},
		"half a frame": {audit.Magic + "\x00\x00\x00\x09x", app.Damaged}, "a newer one": {string(newer), app.Invalid}, "no page": {string(good) + "\x00\x00\x00\x01\xa0", app.Damaged},
	} {
		if _, err := audit.Verify(strings.NewReader(c.file)); !app.IsCode(err, c.code) {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	dead := errors.New("dead")
	if _, err := audit.Verify(io.MultiReader(bytes.NewReader(good[:200]), iotest.ErrReader(dead))); !errors.Is(err, dead) {
		t.Error("a disk that does not read is taken for a file:", err)
	}
}

// TestPagesHoldSoMuch writes more than may be.
func TestPagesHoldSoMuch(t *testing.T) {
	g := order(t, audit.MaxPage+1)
	var b bytes.Buffer
	e, err := audit.NewExporter(&b, public(), [][]byte{signed(t, g.at(t, audit.MaxPage+1))})
	ok(t, err)
	ok(t, e.Page(audit.Page{Leaves: g.leaves, Hashes: g.hashes}))
	if _, err := audit.Verify(&b); !app.IsCode(err, app.Damaged) {
		t.Error(err)
	}
	if err := e.Page(audit.Page{Leaves: [][]byte{make([]byte, 2<<20)}}); !app.IsCode(err, app.Damaged) {
		t.Error(err)
	}
}
