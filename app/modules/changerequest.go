package modules

import (
	"slices"

	"daicho/app"
	"daicho/app/changerequest"
	"daicho/app/document"
)

// changed refuses to publish a version of a key document that differs from an approved
// one without an approved change (3.1.2), and notes which changes it holds.
func changed(a *app.Act, d *document.Document, r *document.Revision) error {
	if r.State != document.Published {
		return nil
	}
	before, err := document.ApprovedVersions(a, d.Ref)
	if err != nil {
		return err
	}
	agreed := slices.ContainsFunc(before, func(v string) bool { return v != r.Version })
	return changerequest.Apply(a, d.Ref, r.Version, d.Key != "" && agreed && r.Accord == document.Differs, r.Changes)
}
