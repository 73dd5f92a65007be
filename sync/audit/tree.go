package audit

import (
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"daicho/sync/wire"
)

// Tree is what must be kept of a tree to make it grow: its size, and the roots
// of its complete subtrees, the largest first. The zero Tree is empty.
type Tree struct {
	size  int64
	peaks []Hash
}

// Size is the number of leaves.
func (t *Tree) Size() int64 { return t.size }

// Add appends a leaf. It gives what is to be stored with it: the leaf's hash,
// then that of each subtree which it completes, from the smallest up.
func (t *Tree) Add(leaf Hash) (stored []Hash) {
	stored = append(make([]Hash, 0, 1+bits.TrailingZeros64(^uint64(t.size))), leaf)
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.peaks) - 1
		leaf = tlog.NodeHash(t.peaks[last], leaf)
		t.peaks, stored = t.peaks[:last], append(stored, leaf)
	}
	t.size++
	t.peaks = append(t.peaks, leaf)
	return stored
}

// Root is the hash of the whole.
func (t *Tree) Root() Hash {
	if t.size == 0 {
		return emptyRoot
	}
	root := t.peaks[len(t.peaks)-1]
	for _, p := range slices.Backward(t.peaks[:len(t.peaks)-1]) {
		root = tlog.NodeHash(p, root)
	}
	return root
}

var emptyRoot = must(tlog.TreeHash(0, nil))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // of constants
	}
	return v
}

// Row is what a tree stores with one leaf, as one run of bytes.
func Row(stored []Hash) []byte {
	row := make([]byte, 0, len(stored)*tlog.HashSize)
	for _, h := range stored {
		row = append(row, h[:]...)
	}
	return row
}

// Stored reads the rows of some leaves, by their numbers from 1.
type Stored func(leaves []int64) ([][]byte, error)

// ReadHashes makes it a [tlog.HashReader].
func (read Stored) ReadHashes(indexes []int64) ([]Hash, error) {
	leaves, levels := make([]int64, len(indexes)), make([]int, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		leaves[i], levels[i] = (n+1)<<level, level
	}
	rows, err := read(leaves)
	if err != nil {
		return nil, err
	}
	if len(rows) != len(indexes) {
		return nil, fmt.Errorf("hashes of %d leaves, want %d", len(rows), len(indexes))
	}
	hashes := make([]Hash, len(indexes))
	for i, row := range rows {
		from := levels[i] * tlog.HashSize
		if len(row) < from+tlog.HashSize {
			return nil, fmt.Errorf("leaf %d has no hash of level %d", leaves[i], levels[i])
		}
		copy(hashes[i][:], row[from:])
	}
	return hashes, nil
}

// Load makes the tree of a size from what was stored with its leaves.
func Load(size int64, stored Stored) (*Tree, error) {
	var indexes []int64
	for from, left := int64(0), size; left > 0; {
		level := bits.Len64(uint64(left)) - 1
		indexes = append(indexes, tlog.StoredHashIndex(level, from>>level))
		from, left = from+1<<level, left-1<<level
	}
	peaks, err := stored.ReadHashes(indexes)
	return &Tree{size, peaks}, err
}

// Proof are the hashes by which one is shown to stand under another.
type Proof []Hash

// ProofOf is a proof as it came in a message.
func ProofOf(hashes [][32]byte) Proof { return hashesOf[Hash](hashes) }

// Wire is the proof as it goes into one.
func (p Proof) Wire() [][32]byte { return hashesOf[[32]byte](p) }

func hashesOf[To, From ~[32]byte](from []From) []To {
	to := make([]To, len(from))
	for i, h := range from {
		to[i] = To(h)
	}
	return to
}

// Encode is the proof in deterministic CBOR.
func (p Proof) Encode() ([]byte, error) { return wire.Encode(p) }

// maxProof is longer than any proof: a tree of 2^62 leaves needs fewer.
const maxProof = 128

// DecodeProof reads a proof. What is none is refused as [app.Damaged].
func DecodeProof(b []byte) (p Proof, err error) {
	if exactly(b, &p) != nil || len(p) > maxProof {
		return nil, errProof
	}
	return p, nil
}

// ProveContinued proves that the tree of a size begins with that of a smaller
// one; empty where there is nothing to prove.
func ProveContinued(size, before int64, stored Stored) (Proof, error) {
	if before <= 0 || before >= size {
		return nil, nil
	}
	p, err := tlog.ProveTree(size, before, stored)
	return Proof(p), err
}

// ProveLeaf proves that a leaf, by its number from 1, stands in the tree of a size.
func ProveLeaf(size, leaf int64, stored Stored) (Proof, error) {
	p, err := tlog.ProveRecord(size, leaf-1, stored)
	return Proof(p), err
}
