package wire

// PathStanding is where any device that was ever enrolled asks how it stands:
// POST Stand → Standing. It is all that one whose certificate is over, or that
// was shut out, is answered.
const PathStanding = "/v1/standing"

// Fields of a refusal that a device can do something about by itself, or ask
// its person about.
const (
	FieldCertificate = "certificate" // is over: ask for a new one
	FieldPassword    = "password"    // a password or a code is wanted, or wrong
)

// Proof is what a person proves to be there with, beside the device's key.
type Proof struct {
	Password string `cbor:"1,keyasint,omitempty"`
	Code     string `cbor:"2,keyasint,omitempty"` // of an authenticator (RFC 6238), or a recovery code
}

// Stand asks how a device stands.
type Stand struct {
	Renew bool   `cbor:"1,keyasint,omitempty"` // and for a new certificate
	Proof *Proof `cbor:"2,keyasint,omitempty"` // wanted for a new one after the end of the last, if the person has set any
	Wiped bool   `cbor:"3,keyasint,omitempty"` // the device has erased what it held, as it was ordered
}

// Standing is how it stands.
type Standing struct {
	Times       Times    `cbor:"1,keyasint"`
	Notices     int64    `cbor:"2,keyasint"`           // version of what is told below
	Certificate []byte   `cbor:"3,keyasint,omitempty"` // if one was asked for
	Revocations []byte   `cbor:"4,keyasint,omitempty"`
	Successions [][]byte `cbor:"5,keyasint,omitempty"` // of the server's identity, the newest first
	Wipe        []byte   `cbor:"6,keyasint,omitempty"` // the order to erase itself
	Problem     *Problem `cbor:"7,keyasint,omitempty"` // why the device may not speak
}

// Class says how sensitive is what a device may hold, and so for how long it
// may be opened without a contact.
type Class string

// The classes.
const (
	ClassHigh   Class = "high"
	ClassMiddle Class = "middle"
	ClassLow    Class = "low"
)

// Classes are the classes with their leases, in milliseconds.
var Classes = map[Class]int64{ClassHigh: 72 * hour, ClassMiddle: 14 * 24 * hour, ClassLow: 30 * 24 * hour}

const hour = 3600 * 1000
