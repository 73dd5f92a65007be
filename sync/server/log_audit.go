package server

import "daicho/sync/audit"

// Auditing keeps the tree over the log: a row with each line, as [audit.Row]
// makes it. Rows are never altered.
type Auditing interface {
	// PutHashes keeps the row of a line. It fails if that has one.
	PutHashes(gsn int64, row []byte) error
	// Hashes are the rows of some lines, in the order asked for; a row that is not
	// there is nil.
	Hashes(gsns []int64) ([][]byte, error)
	// Hashed is the last line that has a row.
	Hashed() (int64, error)
	// Leaves are the lines after a gsn as the log has them now, up to a count.
	Leaves(after int64, count int) ([]audit.Leaf, error)
}
