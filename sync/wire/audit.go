package wire

// The paths of the audit log.
const (
	PathAudit  = "/v1/audit"  // POST Audit → AuditPage
	PathProven = "/v1/proven" // POST Proving → Proven
)

// Checkpoint is the server's signed word on its whole order, and the proof that
// it goes on from an earlier one that the device named by its size.
type Checkpoint struct {
	Note     []byte     `cbor:"1,keyasint"`
	Identity []byte     `cbor:"2,keyasint"` // the public key that signed it
	Proof    [][32]byte `cbor:"3,keyasint,omitempty"`
}

// Audit asks for lines of the order as the audit log keeps them.
type Audit struct {
	Seen  int64 `cbor:"1,keyasint,omitempty"` // size of the checkpoint to go on from
	After int64 `cbor:"2,keyasint,omitempty"`
	Count int   `cbor:"3,keyasint,omitempty"` // lines; zero: the checkpoint alone
}

// AuditPage is a piece of the audit log: encoded leaves, and the hash of each
// as the tree has it.
type AuditPage struct {
	Times      Times      `cbor:"1,keyasint"`
	Checkpoint Checkpoint `cbor:"2,keyasint"`
	Leaves     [][]byte   `cbor:"3,keyasint,omitempty"`
	Hashes     [][32]byte `cbor:"4,keyasint,omitempty"`
}

// Proving asks for the proofs that some lines stand in the order.
type Proving struct {
	Lines []int64 `cbor:"1,keyasint"`
}

// Proven are those proofs under one checkpoint, in the order that was asked for.
type Proven struct {
	Times      Times        `cbor:"1,keyasint"`
	Checkpoint Checkpoint   `cbor:"2,keyasint"`
	Lines      []ProvenLine `cbor:"3,keyasint,omitempty"`
}

// ProvenLine is a line of the audit log with its proof.
type ProvenLine struct {
	Leaf  []byte     `cbor:"1,keyasint"`
	Proof [][32]byte `cbor:"2,keyasint,omitempty"`
}
