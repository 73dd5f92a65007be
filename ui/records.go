package ui

import (
	"context"
	"io"
	"strings"

	"daicho/app"
)

// Records is the replica as screens see it. Every method may touch the disk:
// call it through ui/task only. Refusals are *app.Error.
type Records interface {
	Rejects
	Memory
	Files
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
	// Reach says whether the person may read records of a kind.
	Reach(ctx context.Context, kind app.Kind) (Reach, error)
	// New is an empty record with its id, not yet saved.
	New(kind app.Kind) (app.Record, error)
	// Save writes what was changed since the record was loaded, or a new record.
	Save(ctx context.Context, r app.Record) error
	// Do runs a command on a record as it was loaded; args are field=value.
	Do(ctx context.Context, r app.Record, command string, args []string) error
	// History is what happened to a record, newest first.
	History(ctx context.Context, ref app.Ref) ([]app.Event, error)
	// Lacking says whether older history of a record has not come to this device yet.
	Lacking(ctx context.Context, ref app.Ref) (Lacking, error)
	// Linked names the records that point to one.
	Linked(ctx context.Context, ref app.Ref) ([]Hit, error)
	// Names gives each reference the number and title of its record.
	Names(ctx context.Context, refs []app.Ref) ([]Hit, error)
	// People is the directory, by name; a hit's title is the name.
	People(ctx context.Context) ([]Hit, error)
	// Search finds words over every register, best first.
	Search(ctx context.Context, words string, limit int) ([]Hit, error)
	// Similar finds records that say the same as a text, the most alike first.
	Similar(ctx context.Context, like app.Like) ([]Hit, error)
	// Unindexed is about how many records and attachments Search does not find yet.
	Unindexed(ctx context.Context) (int, error)
	// Attach seals and stores a file's bytes for a record. The caller puts the
	// blob into a field of the record; Save makes it known to others.
	Attach(ctx context.Context, r app.Record, name string, body io.Reader) (app.Blob, error)
	// OpenBlob reads an attachment. It is NotFound while the bytes are not on
	// this device yet.
	OpenBlob(ctx context.Context, ref app.Ref, blob app.BlobID) (io.ReadCloser, error)
	// Scanner runs scans of this device.
	Scanner() Scanner
	// Watch calls changed, on any goroutine, after records changed. Stop ends it.
	Watch(changed func([]app.Ref)) (stop func())
}

// Lacking is what of a record's history is not on this device yet.
type Lacking struct {
	Some  bool
	Since app.Stamp // about from when on all of it is here; zero: nobody knows
}

// Reach is what of a kind the person may read.
type Reach struct {
	None  bool        // nothing
	Part  bool        // of some organisations or zones
	Roles []app.Label // that may read it, if the person may not
}

// Hit is a record as a line: enough to recognise it.
type Hit struct {
	Ref    app.Ref
	Number string
	Title  string
	Note   string // where the words were found, or the state
	File   string // the attachment in which they were found; empty: the record itself
}

// NamesOf is what records and people are called: number and title, of a person
// the name alone.
func NamesOf(ctx context.Context, r Records, refs []app.Ref) (app.Names, error) {
	hits, err := r.Names(ctx, refs)
	known := map[app.Ref]string{}
	for _, h := range hits {
		if known[h.Ref] = h.Title; h.Ref.Kind != app.PersonKind {
			known[h.Ref] = strings.TrimSpace(h.Number + " " + h.Title)
		}
	}
	return func(ref app.Ref) string { return known[ref] }, err
}
