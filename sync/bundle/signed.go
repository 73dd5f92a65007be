package bundle

// WordSigned is the kind of a [Signed], which stands before all other words: what
// is not the order that the device knows must not be taken in.
const WordSigned = "signed"

// Signed is the server's signed word on its whole order up to where the file
// goes, and the proofs that it goes on from what the device may have seen.
type Signed struct {
	Note     []byte  `cbor:"1,keyasint"`
	Identity []byte  `cbor:"2,keyasint"` // the public key that signed it
	Proofs   []Proof `cbor:"3,keyasint,omitempty"`
}

// Proof is that the order goes on from what it was when it had so many lines.
type Proof struct {
	Size   int64      `cbor:"1,keyasint"`
	Hashes [][32]byte `cbor:"2,keyasint,omitempty"`
}

// From is the proof from a size; false if there is none.
func (s *Signed) From(size int64) (hashes [][32]byte, there bool) {
	for _, p := range s.Proofs {
		if p.Size == size {
			return p.Hashes, true
		}
	}
	return nil, false
}
