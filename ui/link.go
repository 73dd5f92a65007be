package ui

import (
	"context"
	"time"

	"daicho/app"
)

// Link is the connection to the server as screens see it.
type Link interface {
	// Status is what is known now; it answers at once, from memory.
	Status() Status
	// SyncNow sends and fetches now; it returns when that is done or has failed.
	SyncNow(ctx context.Context) error
	// Outbox are this device's changes that the server has not taken, oldest first.
	Outbox(ctx context.Context) ([]Outgoing, error)
	// Watch calls changed, on any goroutine, after the status changed.
	Watch(changed func()) (stop func())
}

// Status is the link in numbers, for the status bar.
type Status struct {
	Enrolled  bool          // this replica has a server
	Online    bool          // the last contact worked
	LastSync  app.Stamp     // zero: never
	Since     app.Stamp     // of being offline
	Waiting   int           // changes not yet taken by the server
	Refused   int           // changes the server refused
	Conflicts int           // open conflicts
	ClockErr  time.Duration // the corrected clock is at most this far off; negative: unknown
	Device    string        // short name of this device
	Person    string        // who is working
	Why       app.Label     // why it is offline, one sentence
}

// Outgoing is one change on its way.
type Outgoing struct {
	At      app.Stamp
	Ref     app.Ref
	Number  string
	Title   string
	What    app.Label // the act
	Refused bool
	Reason  app.Label // why it was refused
}

// Door is the locked replica: what can be known and done before it is open.
type Door interface {
	// State says what stands behind the door.
	State() DoorState
	// Unlock opens the replica with the passphrase. A refusal says how many
	// tries are left.
	Unlock(ctx context.Context, passphrase []byte) error
	// UnlockByKeyring opens it with the key in the system's keyring.
	UnlockByKeyring(ctx context.Context) error
	// Create makes a replica for a person who works alone first; it can be
	// enrolled later.
	Create(ctx context.Context, person string, passphrase []byte) error
	// Enrol makes a replica and binds it to a server by the code that its
	// administrator gave.
	Enrol(ctx context.Context, code string, passphrase []byte) error
}

// DoorState is what can be known without the key.
type DoorState struct {
	Exists   bool      // there is a replica on this computer
	Person   string    // whose it is, empty if that is not known before opening
	Device   string    // short name of this device
	Keyring  bool      // the system's keyring may hold its key
	LastSync app.Stamp // zero: never or not known
	Tries    int       // left before a pause; negative: not limited
}
