package modules

import (
	"daicho/app"
	"daicho/app/document"
	"daicho/app/retention"
)

// shelf is what retention asks of documents, and tells them.
var shelf = retention.Shelf{Paper: kept, Freeze: freeze, Dispose: document.Dispose}

func kept(a *app.Act, ref app.Ref) (retention.Paper, error) {
	d, err := app.Get(a, document.Register, ref)
	if err != nil {
		return retention.Paper{}, err
	}
	return retention.Paper{Number: d.Number, Title: d.Title, Class: document.Register.Show(d, "retention", app.JA), Issued: d.Issued, Completed: d.Completed,
		Expires: d.Expires, Disposed: d.Disposed, Open: d.IsOpen(), Zone: d.Zone, Organisation: d.Organisation}, nil
}

// freeze shows a hold in the list of documents. Records of other kinds have no such mark.
func freeze(a *app.Act, ref app.Ref, held bool) error {
	if ref.Kind != document.Kind {
		return nil
	}
	return document.Freeze(a, ref, held)
}

// discard makes a proposal of a document's own command.
func discard(a *app.Act, d *document.Document, reason string) error {
	retention.Propose(a, d.Ref, reason)
	return nil
}
