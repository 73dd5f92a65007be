package server

import (
	"daicho/app"
	"daicho/sync/wire"
)

// Identity is how devices stand, what people prove to be there with, and what
// waits for a person's decision.
type Identity interface {
	// Standing is how a device stands; nothing but its id if nothing was put.
	Standing(device app.ID) (Standing, error)
	PutStanding(Standing) error
	// Credential is what a person has set; nothing but the id if nothing was put.
	Credential(person app.ID) (Credential, error)
	PutCredential(Credential) error
	// Impounded are a device's impounded segments, by their first change and head.
	Impounded(device app.ID) ([]Kept, error)
	// Keep notes that a person decided to keep a segment outside the order.
	Keep(device app.ID, first uint64, head app.Chain, at app.Stamp) error
	// Discharge forgets an impounded segment, which is in the order now.
	Discharge(device app.ID, first uint64, head app.Chain) error
	// ImpoundKey keeps a key that came from a device which may not speak.
	ImpoundKey(device app.ID, k app.SubjectKey, at app.Stamp) error
	// ImpoundedKeys are they, by subject and id, up to a count.
	ImpoundedKeys(device app.ID, count int) ([]app.SubjectKey, error)
	// ImpoundedKeysOf are those of a subject, whoever brought them, by id.
	ImpoundedKeysOf(subject app.ID) ([]app.SubjectKey, error)
}

// Standing is how a device stands with the server.
type Standing struct {
	Device   app.ID
	Class    wire.Class // empty: the one with the longest lease
	Issued   app.Stamp  // of its certificate
	Until    app.Stamp  // zero: it never had one
	Pulled   int64      // gsn up to which it may hold the order
	PulledAt app.Stamp  // when it asked last, to a minute
	Lost     app.Stamp  // when it was reported lost; zero: it was not
	LostBy   string     // who said so
	Reason   string
	Wiped    app.Stamp // when it said that it has erased itself
	Erased   int64     // number of the last erasure that it says it has carried out
}

// Credential is what a person proves to be there with, beside a device's key.
type Credential struct {
	Person   app.ID
	Password string    // [hashPassword]; empty: none
	TOTP     []byte    // secret; empty: none
	Step     int64     // the last one that a code was taken of
	Recovery []byte    // SHA-256 sums of recovery codes that are left, one after another
	Tries    int       // failed ones since the last that went well
	Barred   app.Stamp // no try counts before
}

// Kept is an impounded segment.
type Kept struct {
	Segment  wire.Segment
	Why      Impounded
	Received app.Stamp
	Kept     app.Stamp // when a person decided to keep it; zero: nobody has looked
}
