package audit_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"testing"

	"daicho/app"
	"daicho/sync/audit"
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var identity = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))

func public() ed25519.PublicKey { return identity.Public().(ed25519.PublicKey) }

var epoch = app.ID{1, 6: 0x70, 8: 0x80, 15: 9}

// line is the leaf of one line of an order that several devices write.
func line(n int64) audit.Leaf {
	l := audit.Leaf{GSN: n, Device: app.ID{byte(n % 3), 6: 0x80, 8: 0x80}, Seq: uint64((n + 2) / 3), Verdict: app.Accepted, Received: 1_780_000_000_000 + app.Stamp(n)}
	l.Body = sha256.Sum256(binary.BigEndian.AppendUint64([]byte{0}, uint64(n)))
	l.Outcome = sha256.Sum256(binary.BigEndian.AppendUint64([]byte{1}, uint64(n)))
	return l
}

// ledger is an order with its tree.
type ledger struct {
	tree   audit.Tree
	leaves [][]byte
	hashes []audit.Hash
	rows   [][]byte
}

func (g *ledger) add(t testing.TB, l audit.Leaf) {
	leaf, err := l.Encode()
	ok(t, err)
	g.leaves, g.hashes = append(g.leaves, leaf), append(g.hashes, audit.HashOf(leaf))
	g.rows = append(g.rows, audit.Row(g.tree.Add(audit.HashOf(leaf))))
}

// order is one of n lines.
func order(t testing.TB, n int64) *ledger {
	g := &ledger{}
	for i := int64(1); i <= n; i++ {
		g.add(t, line(i))
	}
	return g
}

var errNone = errors.New("there is no such row")

func (g *ledger) stored(leaves []int64) (out [][]byte, err error) {
	for _, n := range leaves {
		if n < 1 || n > int64(len(g.rows)) {
			return nil, errNone
		}
		out = append(out, g.rows[n-1])
	}
	return out, nil
}

// at is the checkpoint of the first lines.
func (g *ledger) at(t testing.TB, size int64) audit.Checkpoint {
	tree, err := audit.Load(size, g.stored)
	ok(t, err)
	return audit.Checkpoint{Size: size, Root: tree.Root(), At: 1_780_000_000_000 + app.Stamp(size), Epoch: epoch}
}

func signed(t testing.TB, c audit.Checkpoint) []byte {
	t.Helper()
	note, err := c.Sign(identity)
	ok(t, err)
	return note
}

// export writes all lines, with notes before that of the whole.
func (g *ledger) export(t testing.TB, notes ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	e, err := audit.NewExporter(&b, public(), append(notes, signed(t, g.at(t, g.tree.Size()))))
	ok(t, err)
	for from := range slices.Collect(steps(len(g.leaves))) {
		from *= 5
		to := min(from+5, len(g.leaves))
		ok(t, e.Page(audit.Page{Leaves: g.leaves[from:to], Hashes: g.hashes[from:to]}))
	}
	return b.Bytes()
}

// steps counts pages of five.
func steps(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range (n + 4) / 5 {
			if !yield(i) {
				return
			}
		}
	}
}
