package wire

import "daicho/app"

// Extent is a part of what a person may read: [app.Extent].
type Extent struct {
	Kind string `cbor:"1,keyasint"`
	Zone string `cbor:"2,keyasint,omitempty"`
	Org  app.ID `cbor:"3,keyasint"`
	All  bool   `cbor:"4,keyasint,omitempty"`
}

// ExtentsOf makes them of a clearance.
func ExtentsOf(c app.Clearance) []Extent {
	out := make([]Extent, len(c))
	for i, e := range c {
		out[i] = Extent{string(e.Kind), string(e.Zone), e.Org, e.All}
	}
	return out
}

// ClearanceOf is the clearance again.
func ClearanceOf(extents []Extent) app.Clearance {
	out := make([]app.Extent, len(extents))
	for i, e := range extents {
		out[i] = app.Extent{Kind: app.Kind(e.Kind), Zone: app.Zone(e.Zone), Org: e.Org, All: e.All}
	}
	return app.NewClearance(out...)
}

// Ref names a record.
type Ref struct {
	Kind string `cbor:"1,keyasint"`
	ID   app.ID `cbor:"2,keyasint"`
}

// Rows asks for records as they stand: those named, or those of some extents in
// the order of kind and id. The answer is no picture of one moment: whoever
// asks notes the head before the first page and then pulls what came after it. A
// replica whose clearance changes again before it has pulled up to the last Head
// that it was told with rows has to start over: what it holds is of several moments.
type Rows struct {
	Epoch app.ID   `cbor:"1,keyasint"`
	Only  []Extent `cbor:"2,keyasint,omitempty"` // cut down to what the person may read; empty: all of that
	After Ref      `cbor:"3,keyasint"`           // the last of the page before; zero: from the first
	Refs  []Ref    `cbor:"4,keyasint,omitempty"` // instead of Only; at most PageChanges
	// Clearance is the hash of the one that the replica is being filled under, so
	// that nothing is missing from it unnoticed; empty: it does not matter.
	Clearance []byte `cbor:"5,keyasint,omitempty"`
}

// RowsPage is a piece of the records as they stand. Where the clearance is
// another than the device named, the page holds that and no rows. Of refs it
// answers the first ones: More says that the rest must be asked for again.
type RowsPage struct {
	Times Times `cbor:"1,keyasint"`
	Head  int64 `cbor:"2,keyasint"` // of the order, before the page was read
	Rows  []Row `cbor:"3,keyasint,omitempty"`
	Keys  []Key `cbor:"4,keyasint,omitempty"` // of records that name attachments; of all, where refs were asked for
	More  bool  `cbor:"5,keyasint,omitempty"`
	Total int64 `cbor:"6,keyasint,omitempty"` // how many there are in all, in the first page, for a progress bar

	Clearance []Extent `cbor:"7,keyasint,omitempty"` // the one of now, if it differs
}

// Row is one record as it stands; its document is not sealed: it travels inside
// TLS alone.
type Row struct {
	Ref Ref    `cbor:"1,keyasint"`
	GSN int64  `cbor:"2,keyasint"` // of its last change; zero: there is no such record that the person may read
	Doc []byte `cbor:"3,keyasint,omitempty"`
}

// Past asks for outcomes that came before what a replica began with: the
// history of records that it has.
type Past struct {
	Epoch app.ID   `cbor:"1,keyasint"`
	Only  []Extent `cbor:"2,keyasint,omitempty"` // cut down to what the person may read
	After int64    `cbor:"3,keyasint"`
	UpTo  int64    `cbor:"4,keyasint"`

	Clearance []byte `cbor:"5,keyasint,omitempty"` // as in Rows
	Erased    int64  `cbor:"6,keyasint,omitempty"` // as in Pull
}

// PastPage is a piece of it: everything after After, up to UpTo. No record is
// told to be gone in it: where that was, the page says nothing. What the device
// itself wrote is always in it, for the verdict.
type PastPage struct {
	Times    Times    `cbor:"1,keyasint"`
	UpTo     int64    `cbor:"2,keyasint"`
	Outcomes [][]byte `cbor:"3,keyasint,omitempty"`
	Keys     []Key    `cbor:"4,keyasint,omitempty"`

	Clearance []Extent `cbor:"5,keyasint,omitempty"` // the one of now, if it differs
	Behind    bool     `cbor:"6,keyasint,omitempty"` // there are erasures to be carried out first: pull, then ask again; the page holds nothing
}
