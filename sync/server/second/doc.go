// Package second is the format of a server's second place: a folder of files to
// which the server adds, sealed and flushed, what it alone knows, before it says
// that something was done. A backup and this folder together hold everything
// that was ever said to be done at the server itself.
//
// Each process writes one file of its own and nobody writes into another's, so
// there is no lock and nothing is ever altered: a file ends where its process
// did, perhaps in the middle of an entry that was never acknowledged. Entries are
// numbered by the server's database, which puts them into one order.
//
// What the rows mean, and what is brought back from them, is the server's affair.
// Do not use it for changes of devices: they keep journals of their own.
package second

import (
	"daicho/app"
	"daicho/sync/wire"
)

// Entry is what was new at one moment.
type Entry struct {
	N      int64      `cbor:"1,keyasint"` // counted by the database, in the transaction that the entry tells of
	At     app.Stamp  `cbor:"2,keyasint"`
	Epoch  app.ID     `cbor:"3,keyasint"` // of the order then
	Shared int64      `cbor:"4,keyasint"` // lines that this order took over from the one before it; 0 in the first
	GSN    int64      `cbor:"5,keyasint"` // the last line of the order
	Rows   []Row      `cbor:"6,keyasint,omitempty"`
	Lines  []Line     `cbor:"7,keyasint,omitempty"`
	Keys   []wire.Key `cbor:"8,keyasint,omitempty"` // that the lines' values are sealed by
	Counts []Count    `cbor:"9,keyasint,omitempty"` // how far each series of numbers has come
}

// Row is something the server knows, under a name: the last one of a name counts.
type Row struct {
	Name  string `cbor:"1,keyasint"`
	Value []byte `cbor:"2,keyasint"` // empty: there is none any more
}

// Line is a change that was made at the server itself.
type Line struct {
	Device  app.ID    `cbor:"1,keyasint"` // the server's own
	Seq     uint64    `cbor:"2,keyasint"`
	At      app.Stamp `cbor:"3,keyasint"` // when it counts as made
	Stood   bool      `cbor:"4,keyasint,omitempty"`
	Body    []byte    `cbor:"5,keyasint"`
	Numbers []Count   `cbor:"6,keyasint,omitempty"` // that it got
}

// Count is a number of a series.
type Count struct {
	Series string `cbor:"1,keyasint"`
	N      int64  `cbor:"2,keyasint"`
}
