package audit

import (
	"crypto/sha256"

	"golang.org/x/mod/sumdb/tlog"

	"daicho/app"
	"daicho/sync/wire"
)

// Hash is a hash of the tree.
type Hash = tlog.Hash

// Leaf is one line of the order as the tree keeps it: who said what in which
// place, as numbers and hashes alone. No value of a record can be read from it.
type Leaf struct {
	_        struct{} `cbor:",toarray"`
	GSN      int64
	Device   app.ID
	Seq      uint64
	Body     [32]byte // hash of the change, as its device's chain has it
	Verdict  app.Verdict
	Outcome  [32]byte // SHA-256 of the outcome as every replica hears it
	Received app.Stamp
}

// OutcomeHash is what a leaf keeps of an outcome.
func OutcomeHash(outcome []byte) [32]byte { return sha256.Sum256(outcome) }

// Encode is the leaf in deterministic CBOR: an array of its seven values. What
// it says is hashed, so it stays as it is for ever.
func (l *Leaf) Encode() ([]byte, error) { return wire.Encode(l) }

// DecodeLeaf reads a leaf. What is none is refused as [app.Damaged].
func DecodeLeaf(p []byte) (l Leaf, err error) { return l, exactly(p, &l) }

// HashOf is the hash of an encoded leaf: SHA-256(0 ‖ leaf).
func HashOf(leaf []byte) Hash { return tlog.RecordHash(leaf) }
