package server

import "daicho/app"

// Erasing is which subjects were erased. What the other parts of a log are asked
// to keep for one afterwards they leave out: its keys never come back.
type Erasing interface {
	// Erase deletes all keys of a subject, forgets its attachments, which are doomed
	// from then on, and remembers it. One that was erased before stays as it was.
	Erase(e Erased) error
	// IsErased says whether a subject was erased.
	IsErased(subject app.ID) (bool, error)
	// Erasures are those after a number, in their order, up to a count.
	Erasures(after int64, count int) ([]Erased, error)
	// Doomed are attachments whose bytes are to be destroyed, in the order of their ids.
	Doomed(count int) ([]app.BlobID, error)
	// Destroyed says that their bytes are gone.
	Destroyed(app.BlobID) error
}

// Erased is a subject that was erased.
type Erased struct {
	N   int64 // 1, 2, 3 … in the order in which it was done here
	Ref app.Ref
	GSN int64     // of the line that decided it; 0: it was known from before the server was restored
	At  app.Stamp // when the server did it
}

// counterErased is the number of the last one.
const counterErased = "erased"
