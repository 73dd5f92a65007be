package people

import "daicho/app"

// Writer is where records are made: a transaction of the server, or of a replica.
type Writer interface {
	// Row is part of [app.View].
	Row(app.Ref) (app.Doc, int64, error)
	Draft(app.Kind) (app.Record, error)
	Save(app.Record) error
}

// Introduce makes the record of somebody whom the server's directory knows,
// unless there is one.
func Introduce(w Writer, id app.ID, name string) error {
	p := Persons.Draft(id)
	doc, _, err := w.Row(p.Ref)
	if err != nil || !doc.IsEmpty() {
		return err
	}
	p.Name = name
	return w.Save(p)
}

// Give grants somebody what a function fills in: a role, and its bounds.
func Give(w Writer, person app.ID, fill func(*Grant) error) (*Grant, error) {
	r, err := w.Draft(GrantKind)
	if err != nil {
		return nil, err
	}
	g := r.(*Grant)
	g.Person = app.Ref{Kind: app.PersonKind, ID: person}
	if err = fill(g); err != nil {
		return nil, err
	}
	return g, w.Save(g)
}
