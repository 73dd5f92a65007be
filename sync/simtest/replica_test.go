package simtest

import (
	"context"
	"io"

	"daicho/app"
	"daicho/sync/client"
)

// Replica is what the simulator needs of a replica, be it a [Device] or a real one.
type Replica interface {
	client.Port
	// Draft is an empty record, Get one as it is shown, Refs those of a kind in
	// the order of their ids.
	Draft(kind app.Kind) (app.Record, error)
	Get(ref app.Ref) (app.Record, error)
	Refs(kind app.Kind) []app.Ref
	// Save and Do journal one change, or none if they fail.
	Save(r app.Record) error
	Do(r app.Record, command string, args app.Doc) error
	Attach(ref app.Ref, name string, src io.ReadSeeker) (app.Blob, error)
	// Content is an attachment's; nil if it is not here or does not open.
	Content(b app.Blob) []byte
	// Last is the number of its last change, Pending how many are not judged
	// yet, Refused which were refused.
	Last() uint64
	Pending() int
	Refused() []uint64
	// Docs are the records as shown.
	Docs() map[app.Ref]app.Doc
	// Name is what it calls a person.
	Name(id app.ID) string
}

// Content is part of [Replica].
func (d *Device) Content(b app.Blob) []byte { return d.OpenBlob(b.ID) }

// Last is part of [Replica].
func (d *Device) Last() uint64 { return d.Seq() }

// Pending is part of [Replica].
func (d *Device) Pending() int { return len(d.pending) }

// Docs is part of [Replica].
func (d *Device) Docs() map[app.Ref]app.Doc { return d.Shown() }

// Refused is part of [Replica].
func (d *Device) Refused() (out []uint64) {
	for seq := uint64(1); seq <= d.Seq(); seq++ {
		if d.Said[seq].Verdict == app.Rejected {
			out = append(out, seq)
		}
	}
	return out
}

// Name is part of [Replica].
func (d *Device) Name(id app.ID) string {
	for _, who := range d.People {
		if who.ID == id {
			return who.Name
		}
	}
	return ""
}

// now is the context of everything here: nothing waits.
var now = context.Background()
