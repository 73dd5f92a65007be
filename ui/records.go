package ui

import (
	"context"
	"io"

	"daicho/app"
)

// Records is the replica as screens see it. Every method may touch the disk:
// call it through ui/task only. Refusals are *app.Error.
type Records interface {
	// Registers are the kinds that the person may see.
	Registers() app.Registers
	// IDs answers a query with the ids alone, in its order, app.MaxList at most:
	// a list holds these and asks for rows as it shows them.
	IDs(ctx context.Context, kind app.Kind, q app.Query) ([]app.ID, error)
	// Rows loads records; one that is gone or out of sight is nil in its place.
	Rows(ctx context.Context, kind app.Kind, ids []app.ID) ([]app.Record, error)
	// Count counts records that meet all conditions.
	Count(ctx context.Context, kind app.Kind, where []app.Cond) (int, error)
	// Get loads one record.
	Get(ctx context.Context, ref app.Ref) (app.Record, error)
	// New is an empty record with its id, not yet saved.
	New(kind app.Kind) (app.Record, error)
	// Save writes what was changed since the record was loaded, or a new record.
	Save(ctx context.Context, r app.Record) error
	// Do runs a command on a record as it was loaded; args are field=value.
	Do(ctx context.Context, r app.Record, command string, args []string) error
	// History is what happened to a record, newest first.
	History(ctx context.Context, ref app.Ref) ([]Event, error)
	// Linked names the records that point to one.
	Linked(ctx context.Context, ref app.Ref) ([]Hit, error)
	// Names gives each reference the number and title of its record.
	Names(ctx context.Context, refs []app.Ref) ([]Hit, error)
	// Search finds words over every register, best first.
	Search(ctx context.Context, words string, limit int) ([]Hit, error)
	// Attach stores a file's bytes and adds it to a field of a record that is
	// being edited; Save makes it part of the record.
	Attach(ctx context.Context, r app.Record, field, name string, body io.Reader) error
	// Detach takes a file out of a field of a record that is being edited.
	Detach(r app.Record, field string, blob app.BlobID) error
	// OpenBlob reads an attachment. It is NotFound while the bytes are not on
	// this device yet.
	OpenBlob(ctx context.Context, ref app.Ref, blob app.BlobID) (io.ReadCloser, error)
	// Watch calls changed, on any goroutine, after records changed. Stop ends it.
	Watch(changed func([]app.Ref)) (stop func())
}

// Hit is a record as a line: enough to recognise it.
type Hit struct {
	Ref    app.Ref
	Number string
	Title  string
	Note   string // where the words were found, or the state
}

// Event is one line of a record's history.
type Event struct {
	At      app.Stamp // corrected time
	Err     int64     // milliseconds it may be off; app.Unknown if nothing vouches for the clock
	Author  string    // name of the person
	Device  string    // short name of the device
	New     bool      // it created the record
	Command string    // name of the command; empty for an edit
	Changed []Changed // fields set, by the person or by the rule
	State   State     // how far it came
	Reason  app.Label // why it was refused
}

// Changed is one field before and after.
type Changed struct{ Field, Was, Now string }

// State is how far a change came.
type State uint8

// The states of a change.
const (
	Accepted State = iota // the server has it
	Waiting               // on this device only
	Refused               // the server said no; its author decides
)
