package client

import (
	"context"

	"daicho/app"
	"daicho/store"
)

// Scoped is what sync needs of a replica that holds what its person may read.
type Scoped interface {
	// Clearance is the hash of what the replica holds, or is going over to; zero if
	// it holds nothing yet.
	Clearance(ctx context.Context) ([32]byte, error)
	// Rescope has it hold what a clearance lets it. What may not be read any more is
	// dropped before it returns. Of a replica that follows no order yet, head is the
	// line from which on it will once it is filled; 0: from the first, unfilled.
	Rescope(ctx context.Context, epoch app.ID, to app.Clearance, head int64) error
	// Filling is what records it is to be filled with.
	Filling(ctx context.Context) (FillingUp, error)
	// Fill takes in a page of them, in one transaction. One that is not the next
	// does nothing.
	Fill(ctx context.Context, p Rows) error
	// Index makes searches find what Fill brought.
	Index(ctx context.Context, progress func(done, total int)) error
	// Past is the newest run of the order that is not here.
	Past(ctx context.Context) (p Past, missing bool, err error)
	// TakePast takes in a piece of such a run.
	TakePast(ctx context.Context, p PastPage) error
}

// The store's own words for it, which are as plain as any.
type (
	FillingUp = store.Filling
	Rows      = store.Rows
	Row       = store.Row
	Past      = store.Past
	PastPage  = store.PastPage
)
