package modules

import (
	"slices"

	"daicho/app"
	"daicho/app/changerequest"
	"daicho/app/document"
)

// changed refuses the city's approval of a version of a key document that differs from
// what was agreed on, and its publication, without an approved change (3.1.2). Who sends
// it on its way before that is told. What is published holds its changes from then on.
func changed(a *app.Act, d *document.Document, r *document.Revision, from document.Step) error {
	differs, err := departs(a, d, r)
	if err != nil {
		return err
	}
	if r.State == document.Published {
		return changerequest.Apply(a, d.Ref, r.Version, differs, r.Changes)
	}
	if !r.Waits() && r.State != document.Passed {
		return nil
	}
	err = changerequest.Ready(a, d.Ref, differs, r.Changes)
	r.Lacking = document.Nothing
	if from != document.City && (app.IsCode(err, app.Forbidden) || app.IsCode(err, app.Invalid) || app.IsCode(err, app.NotFound)) {
		r.Lacking, err = document.Change, nil
	}
	return err
}

// departs says whether a version differs from one that was agreed on.
func departs(a *app.Act, d *document.Document, r *document.Revision) (bool, error) {
	if d.Key == "" || r.Accord != document.Differs {
		return false, nil
	}
	before, err := document.ApprovedVersions(a, d.Ref)
	return slices.ContainsFunc(before, func(v string) bool { return v != r.Version }), err
}
