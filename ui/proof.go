package ui

import "errors"

// Proof is what a person shows the server to be there: a password and a
// one-time code, each empty where none is set.
type Proof struct{ Password, Code string }

// Unproved is why the server did not go on: it wants to see the person, or does
// not believe what it was shown.
type Unproved struct{ Why error }

// Error is the reason.
func (u *Unproved) Error() string { return u.Why.Error() }

// Unwrap gives the reason.
func (u *Unproved) Unwrap() error { return u.Why }

// IsUnproved says whether the server wants to see the person.
func IsUnproved(err error) bool {
	var u *Unproved
	return errors.As(err, &u)
}
