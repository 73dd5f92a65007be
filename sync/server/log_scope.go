package server

import "daicho/app"

// Scoping is which records, lines and attachments are in which scope.
type Scoping interface {
	// Scopes are all that a record was ever in, and that a line was ever about.
	Scopes() ([]app.Scope, error)
	// ScopeAt is the scope of a record; false if there is no such record.
	ScopeAt(app.Ref) (app.Scope, bool, error)
	// Rescope puts a record that is there into a scope, and leaves it as it is.
	Rescope(app.Ref, app.Scope) error
	// RowsAfter are records that may be read, in the order of kind and id, up to
	// a count and a number of bytes of their documents, but at least one if there
	// is any. A nil may is everything. They come without ticks and links.
	RowsAfter(after app.Ref, may func(app.Scope) bool, count, bytes int) ([]Row, error)
	// CountRows counts the records that may be read.
	CountRows(may func(app.Scope) bool) (int64, error)
	// KeysOfRows are the keys of some records, by subject and name.
	KeysOfRows([]app.Ref) ([]app.SubjectKey, error)

	// PutReach says where a line reaches; [Order].Append does, too.
	PutReach(Reach) error
	// Reaches say it of the lines after a gsn, up to a count.
	Reaches(after int64, count int) ([]Reach, error)
	// Outcomes are those of some lines, ascending, up to a number of bytes, but at
	// least one if there is any.
	Outcomes(gsns []int64, bytes int) ([]Told, error)
	// KeysOfLines are the keys that some lines name.
	KeysOfLines(gsns []int64) ([]app.SubjectKey, error)

	// WantedOf is the device whose change named an attachment first.
	WantedOf(app.BlobID) (device app.ID, wanted bool, err error)
	// Name notes that a record names an attachment.
	Name(app.BlobID, app.Ref) error
	// Naming are the records that ever named an attachment, by kind and id.
	Naming(app.BlobID) ([]app.Ref, error)
}

// Reach is whom a line of the log concerns.
type Reach struct {
	GSN    int64
	Device app.ID
	About  app.Scope // of the record that the change was about, after it; zero: there is none
	Moves  []Move    // of each of its effects, in their order
}

// Move is the scope of a record before and after an effect.
type Move struct {
	Was app.Scope // zero: there was no such record
	Is  app.Scope
}
