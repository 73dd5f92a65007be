package ui

import (
	"context"

	"daicho/app"
)

// Rejects are this device's own changes that the server did not take: each
// waits for a person.
type Rejects interface {
	// Rejected are those that nobody has decided about, oldest first.
	Rejected(ctx context.Context) ([]app.Sent, error)
	// Retry makes one again, by its number, against the record as it is now.
	Retry(ctx context.Context, seq uint64) error
	// Dismiss gives one up for good and records that, with a reason or without.
	Dismiss(ctx context.Context, seq uint64, reason string) error
}
