package server

import (
	"daicho/app"
	"daicho/sync/server/second"
)

// Copying reads together what a second place is told.
type Copying interface {
	Standings() ([]Standing, error)     // that were put, by device
	Credentials() ([]Credential, error) // that were put, by person
	Invitations() ([]Invitation, error) // by secret
	// LinesOf are the lines of a device after one of its changes, in their order,
	// up to a count; without what they need and where they reach.
	LinesOf(device app.ID, after uint64, count int) ([]Line, error)
	// NumbersOf are the numbers that the change of a line got, by series and number.
	NumbersOf(gsn int64) ([]second.Count, error)
}
