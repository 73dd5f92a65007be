package ui

import (
	"context"
	"time"

	"daicho/app"
)

// Link is the connection to the server as screens see it.
type Link interface {
	Carrying
	// Status is what is known now; it answers at once, from memory.
	Status() Status
	// SyncNow sends and fetches now; it returns when that is done or has failed.
	SyncNow(ctx context.Context) error
	// Prove is SyncNow with what the server wants to see of the person, after it
	// has refused to go on without; see [IsUnproved].
	Prove(ctx context.Context, p Proof) error
	// Pause cuts the sync under way and begins none until SyncNow or the next
	// unlocking. What has been received stays; the next sync goes on from there.
	Pause()
	// Outbox are this device's changes that the server has not taken, oldest first.
	Outbox(ctx context.Context) ([]Outgoing, error)
	// AcknowledgeAlarm notes that a person has read [Status].Alarm and told the auditor.
	AcknowledgeAlarm(ctx context.Context) error
	// AcknowledgeRebirth notes that a person has read [Status].Reborn.
	AcknowledgeRebirth(ctx context.Context) error
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
	Asked     int           // those of them that wait for who is working
	ClockErr  time.Duration // the corrected clock is at most this far off; negative: unknown
	Device    string        // short name of this device
	Person    string        // who is working
	Lease     app.Stamp     // until when this device opens without its server; zero: for ever
	Why       app.Label     // why it is offline, one sentence
	Halted    bool          // it is offline because a person must do something: the line is not at fault
	Unproved  bool          // it is offline because the server wants to see the person
	Paused    bool          // a person has stopped syncing
	Doing     Work          // what a sync is at that takes a while; zero: nothing
	First     bool          // the first sync has not come to its end: lists are not complete
	Rescoped  app.Stamp     // when this device learnt that the person may read more or less than before; zero: not since the program began
	Reborn    Rebirth       // the server was restored, and no person has read it yet; zero: no
	Alarm     app.Stamp     // when this device saw that the server's record was rewritten, until a person has read it; zero: no
}

// Rebirth is what this device noticed of a server that was restored.
type Rebirth struct {
	At    app.Stamp // when it noticed
	Again int       // changes that it brings again
}

// Work is a part of a sync and how far it is.
type Work struct {
	What        app.Label
	Done, Total int // records, changes or files
}

// OutgoingKind stands for changes on their way where a kind is asked for.
const OutgoingKind app.Kind = "outgoing"

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
