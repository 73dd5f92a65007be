package server

import "daicho/app"

// Epochs is what devices said of an order that ended when the server was
// restored, and what must be known of numbers.
type Epochs interface {
	// Reserve keeps a number for the change that had it. It fails if the number is
	// kept for one already.
	Reserve(Reserved) error
	// ReservedAs is for which change a number is kept.
	ReservedAs(series string, n int64) (r Reserved, there bool, err error)
	// ReservedFor are the numbers kept for a change, by series and number.
	ReservedFor(device app.ID, seq uint64) ([]Reserved, error)
	// Stand notes that a change had been accepted.
	Stand(device app.ID, seq uint64) error
	// Stood says whether it had.
	Stood(device app.ID, seq uint64) (bool, error)
	// Series are those that ever counted anything, in their order.
	Series() ([]string, error)
	// Claims are the numbers of a series after one that changes got, ascending, up
	// to a count.
	Claims(series string, after int64, count int) ([]Claimed, error)
	// VoidInvitations ends all enrolment codes that nobody has used.
	VoidInvitations(at app.Stamp) error
}

// Reserved is a number that a change had.
type Reserved struct {
	Series string
	N      int64
	Device app.ID
	Seq    uint64
	At     app.Stamp // of the change, as it was told then
}

// Claimed is a number that a change got.
type Claimed struct{ N, GSN int64 }
