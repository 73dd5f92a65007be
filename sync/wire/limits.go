package wire

// What both sides keep to, so that neither can be made to hold a message
// that does not fit into memory.
const (
	PageChanges = 1_000    // changes in a push or ingest transaction, outcomes in a page
	PageBytes   = 1 << 20  // their bytes; one that is larger travels alone
	RowsCount   = 5_000    // rows in a page of them
	RowsBytes   = 2 << 20  // their documents; one that is larger travels alone
	MaxSegment  = 16 << 20 // bytes of all changes under one signature
	MaxRequest  = 24 << 20 // bytes of a request other than an attachment
	MaxAnswer   = 64 << 20 // bytes of an answer other than an attachment
	MaxKeys     = 20_000   // subject keys in one message

	MaxBlob       = 512 << 20             // bytes of an attachment before sealing
	MaxSealedBlob = MaxBlob + 64<<10      // and after: a header, and a tag for each mebibyte
	MaxWait       = 30                    // seconds that the server keeps a waiting device
	MaxAddresses  = 8                     // in an enrolment code
	maxAddress    = 255                   // bytes of one
	maxNesting    = 8                     // levels of a message
	maxElements   = PageChanges + MaxKeys // of one list in a message
)
