package server

import "daicho/app"

// Ahead lets a driver read in one go what a transaction would ask for one by one.
type Ahead interface {
	// Expect says which records a transaction will be about. It changes nothing
	// but the time that the rest takes.
	Expect(refs []app.Ref) error
}
