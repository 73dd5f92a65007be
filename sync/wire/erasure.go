package wire

import (
	"crypto/ed25519"

	"daicho/app"
)

// MaxErased is how many erasures are told at once.
const MaxErased = 1_000

// Erased is a record whose personal values were erased. Everybody is told, also
// who may not read the record: keys of it may be with him.
type Erased struct {
	N   int64     `cbor:"1,keyasint"` // 1, 2, 3 … as the server counts
	Ref Ref       `cbor:"2,keyasint"`
	GSN int64     `cbor:"3,keyasint,omitempty"` // of the line that decided it
	At  app.Stamp `cbor:"4,keyasint"`
}

// Erasures are all of a server, for one that is restored from an older backup.
type Erasures struct {
	Epoch app.ID    `cbor:"1,keyasint"`
	At    app.Stamp `cbor:"2,keyasint"` // when the list was written
	List  []Erased  `cbor:"3,keyasint,omitempty"`
}

const purposeErasures = "daicho-erasures-1"

// Sign encodes the list under the signature of a server's identity.
func (e Erasures) Sign(identity ed25519.PrivateKey) ([]byte, error) {
	return sign(purposeErasures, e, identity)
}

// ReadErasures reads a list that one of the identities with these pins has signed.
func ReadErasures(text []byte, pins ...Pin) (e Erasures, err error) {
	_, err = read(purposeErasures, text, &e, pins)
	return e, err
}
