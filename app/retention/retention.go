// Package retention is what becomes of documents whose retention period (保存期間) is
// over: the register of disposals (廃棄), each proposed by one person and approved by the
// city's approver, and that of holds (凍結), which forbid disposal and erasure alike.
//
// How long a document is kept is reckoned in app/document. Nothing is deleted here: an
// approved disposal erases as app/erasure does, and number, title and dates stay. Who is
// asked to erase something about a person goes to app/erasure.
package retention

import "daicho/app"

// documentKind is that of app/document, which modules name and never import.
const documentKind app.Kind = "document"

// Paper is what a document says of its retention.
type Paper struct {
	Number, Title, Class string // the class as its register writes it
	Issued               app.Day
	Completed, Expires   app.Day
	Disposed             app.Day
	Open                 bool // a version of it is being written or judged
	Zone                 app.Zone
	Organisation         app.Ref
}

// Shelf asks the module that has documents, and tells it.
type Shelf struct {
	Paper   func(*app.Act, app.Ref) (Paper, error)
	Freeze  func(*app.Act, app.Ref, bool) error // of a record of any kind
	Dispose func(*app.Act, app.Ref) error
}

// Module is what the product takes from this package.
func Module(shelf Shelf) app.Module {
	return app.Module{Name: "retention", Registers: []app.AnyRegister{holds(shelf), disposals(shelf)}}
}
