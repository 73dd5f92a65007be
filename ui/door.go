package ui

import (
	"context"
	"time"

	"daicho/app"
)

// Door is the locked replica: what can be known and done before it is open,
// and what only who has just opened it may do. Methods with a context may take
// seconds: call them through ui/task only. Secrets given to a method may be
// overwritten when it has returned.
type Door interface {
	// State says what stands behind the door.
	State() DoorState
	// Watch calls told, on any goroutine, as an opening makes columns anew.
	Watch(told func(Rebuild)) (stop func())
	// Others are who else has a replica on this computer.
	Others() []Resident
	// Turn leaves this replica, which must not be open, for another person's, or
	// with the zero Resident for one that is not there yet. It is called on the UI
	// goroutine; the window shows another door then.
	Turn(Resident)
	// Unlock opens the replica with the passphrase.
	Unlock(ctx context.Context, passphrase []byte) error
	// UnlockByKeyring opens it with the key in the system's keyring.
	UnlockByKeyring(ctx context.Context) error
	// UnlockByRecovery opens it with the recovery key, as it was typed; who does
	// so and why is kept in the replica.
	UnlockByRecovery(ctx context.Context, key []byte, person, reason string) error
	// UnlockByPair opens it by two people with two sheets of a set, which is kept
	// in the replica, too.
	UnlockByPair(ctx context.Context, two Pair) error
	// Extend opens what was refused because this device has been without its
	// server for too long: it syncs first. The server may want a proof.
	Extend(ctx context.Context, p Proof) error
	// SetPassphrase gives the replica that the recovery key has opened another
	// passphrase.
	SetPassphrase(ctx context.Context, passphrase []byte) error
	// NewRecoveryKey makes a recovery key for the open replica, in place of an
	// earlier one. Nothing can show it again.
	NewRecoveryKey(ctx context.Context) (RecoverySheet, error)
	// Create makes a replica for a person who works alone first; it can be
	// enrolled later.
	Create(ctx context.Context, person string, passphrase []byte) error
	// Enrol makes a replica and binds it to a server by the code that its
	// administrator gave. The server may want a proof; after that refusal it is
	// called again with one.
	Enrol(ctx context.Context, code string, passphrase []byte, p Proof) error
}

// Resident is a person with a replica on this computer.
type Resident struct {
	Name  string // empty: not known
	Place string // by which the program finds the replica; never shown
}

// Rebuild is how far columns are that an opening makes anew, after the program
// has changed. An opening that is cancelled meanwhile leaves the replica shut,
// and the next one goes on from there.
type Rebuild struct {
	What        app.Label // the register
	Done, Total int       // records
}

// Pair is two people who open a replica together: what stands on the sheets,
// who they are, and why they do it.
type Pair struct {
	Sheets [2][]byte
	People [2]string
	Reason string
}

// RecoverySheet is a recovery key to be shown and printed once.
type RecoverySheet struct {
	Groups []string // of four characters
	File   string   // name that the file of the print is offered under
	Print  []byte   // the sheet as PDF, A4
}

// DoorState is what can be known without the key.
type DoorState struct {
	Exists   bool          // there is a replica on this computer
	Person   string        // whose it is, empty if that is not known before opening
	Device   string        // short name of this device
	Keyring  bool          // the system's keyring may hold its key
	Recovery bool          // a recovery key opens it
	Pair     bool          // two sheets of a set open it
	LastSync app.Stamp     // zero: never or not known
	Tries    int           // left before a pause; negative: not limited
	Until    time.Time     // no try counts before; zero: no pause
	Leased   bool          // the last try was right, but only a contact with the server opens this
	Shut     Shut          // why it is shut
	After    time.Duration // how long nobody touched the window, if that is why
}

// Shut is why a door is shut.
type Shut uint8

// The reasons.
const (
	NotYetOpen Shut = iota // since the program began
	ByPerson               // a person locked it
	ByIdleness             // nobody touched the window for some time
	ByErasure              // the server had the replica erased: the device was reported lost
)
