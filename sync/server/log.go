package server

import (
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

// Log is the server's database. Package logtest holds the tests that every
// driver must pass.
type Log interface {
	// Write runs fn in the one write transaction there is at a time, among all
	// processes. It is on the disk when Write returns nil; after an error or a
	// panic of fn nothing of it has happened. Where a connection is lost fn runs
	// again, from the beginning, in another transaction.
	Write(ctx context.Context, fn func(Tx) error) error
	// Read runs fn over one state of the database; it must not write. It, too,
	// may run again.
	Read(ctx context.Context, fn func(Tx) error) error
	Close() error
}

// Tx is a transaction. What is not there is found to be zero or false, never
// an error: errors are failures of the machine.
type Tx interface {
	Order
	Waiting
	Registry
	Keyring
	Identity
	Attachments
	Scoping
	Ahead
	Auditing
	Epochs
	Copying
	Erasing
	// Setting is a value of the server itself; nil if it was never put.
	Setting(name string) ([]byte, error)
	PutSetting(name string, value []byte) error
}

// Order is the log of changes and the rows that follow from it.
type Order interface {
	app.View // rows and links as they stand now
	// Ticks are when, and by whom, each field of a row was last set.
	Ticks(app.Ref) (app.Doc, error)
	// PutRow replaces a row and its links.
	PutRow(Row) error
	// Counter is how far a counter has come; it begins at 0.
	Counter(name string) (int64, error)
	// Count adds to a counter and returns it.
	Count(name string, by int64) (int64, error)
	// Claim notes that a change got a number. It fails if the number was given before.
	Claim(series string, n, gsn int64) error
	// Append adds a line. It fails if its gsn, or its device's seq, is there.
	Append(Line) error
	// Point is what a device's chain was at one of its changes in the log.
	Point(device app.ID, seq uint64) (Point, bool, error)
	// Since are the outcomes after a gsn in their order, up to a count and up
	// to a number of bytes, but at least one if there is any.
	Since(gsn int64, count, bytes int) ([]Told, error)
}

// Row is a record as it stands, with the records it links to.
type Row struct {
	Ref        app.Ref
	GSN        int64 // of the last change
	Doc, Ticks app.Doc
	Links      []app.Ref
	Scope      app.Scope
}

// Point is one step of a device's chain: a change's hash, and the chain with it.
type Point struct {
	Body  [32]byte
	Chain app.Chain
}

// Line is one change in the log, and what was said to it.
type Line struct {
	GSN      int64
	Device   app.ID
	Seq      uint64
	Point    Point
	Received app.Stamp
	Verdict  app.Verdict
	Body     []byte // as the device encoded it
	Outcome  []byte // as every replica hears it
	Needs    []NamedKey
	Reach    Reach // its gsn and device are those of the line
}

// NamedKey names a subject's key.
type NamedKey struct {
	Subject app.ID
	Key     app.KeyID
}

// Told is a line as a pull reads it.
type Told struct {
	GSN     int64
	Outcome []byte
}

// Waiting keeps what cannot be put into the order: nothing a device signed is
// ever thrown away.
type Waiting interface {
	// Hold keeps a segment until what comes before it arrives, once: beside another
	// that begins where it does and ends otherwise.
	Hold(s wire.Segment, at app.Stamp) error
	// Held are a device's held segments that begin at or before seq, in order.
	Held(device app.ID, seq uint64) ([]wire.Segment, error)
	// HeldCount counts a device's held segments.
	HeldCount(device app.ID) (int, error)
	// Release forgets a device's held segments that begin at a change.
	Release(device app.ID, first uint64) error
	// Impound keeps a segment for a person to look at; the same one only once.
	Impound(s wire.Segment, why Impounded, at app.Stamp) error
	// ImpoundedCount counts a device's impounded segments.
	ImpoundedCount(device app.ID) (int, error)
}

// Impounded says why a segment is kept outside the order.
type Impounded string

// The reasons.
const (
	Forked  Impounded = "forked"  // another change stands under the same number
	Barred  Impounded = "barred"  // its device was revoked or frozen before
	Severed Impounded = "severed" // its changes do not continue the chain
)

// Registry is who may speak to the server.
type Registry interface {
	Persons() ([]Person, error) // by name
	// PutPerson adds a person, or renames one. It fails if the name is taken.
	PutPerson(Person) error
	Devices() ([]Device, error) // by time of enrolment
	Device(app.ID) (Device, bool, error)
	PutDevice(Device) error
	// Invitation finds an enrolment code by the hash of its secret.
	Invitation(secret [32]byte) (Invitation, bool, error)
	PutInvitation(Invitation) error
}

// Person is somebody who works with registers.
type Person struct {
	ID   app.ID
	Name string
}

// Device is a replica that was enrolled.
type Device struct {
	ID        app.ID
	Public    []byte // Ed25519 key
	Person    app.ID
	Name      string // as its person called it
	State     DeviceState
	Enrolled  app.Stamp
	Seen      app.Stamp
	Watermark uint64 // the log holds its changes 1 to this
}

// DeviceState says whether a device may speak.
type DeviceState string

// The states of a device.
const (
	Active  DeviceState = "active"
	Frozen  DeviceState = "frozen"  // it wrote two different changes under one number
	Revoked DeviceState = "revoked" // an administrator shut it out
)

// Invitation is an enrolment code that was given out. The secret itself is not kept.
type Invitation struct {
	Secret [32]byte // its SHA-256
	Person app.ID
	Until  app.Stamp
	UsedBy app.ID // the device; zero: not used yet
	Class  wire.Class
}

// Keyring holds the keys of subjects.
type Keyring interface {
	// Key finds one key of a subject.
	Key(subject app.ID, id app.KeyID) (app.SubjectKey, bool, error)
	// KeysOf are a subject's keys, the oldest first.
	KeysOf(subject app.ID) ([]app.SubjectKey, error)
	// PutKey keeps a key; one that is there stays as it is. One of an erased
	// subject is not kept.
	PutKey(k app.SubjectKey, at app.Stamp) error
	// KeysNeeded are the keys that the lines after one gsn, up to another, name.
	KeysNeeded(after, upTo int64) ([]app.SubjectKey, error)
}

// Attachments is what is known of attachments' bytes, which lie elsewhere.
type Attachments interface {
	// Want notes that a device's change names an attachment; the first one counts.
	Want(id app.BlobID, device app.ID) error
	// Got notes that the bytes are here.
	Got(app.BlobID) error
	// Attachment says whether an attachment was named, and whether it is here.
	Attachment(app.BlobID) (wanted, here bool, err error)
	// Missing are attachments named by a device that are not here yet.
	Missing(device app.ID, count int) ([]app.BlobID, error)
}
