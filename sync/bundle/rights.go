package bundle

import "daicho/sync/wire"

// WordRights is the kind of a [Rights], which stands before the pages of a file for a
// device that did not say what it holds.
const WordRights = "rights"

// Rights are what the device's person may read. One that holds nothing yet begins
// with them; for any other they change nothing.
type Rights struct {
	Clearance []wire.Extent `cbor:"1,keyasint"`
}
