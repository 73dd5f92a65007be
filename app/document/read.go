package document

import (
	"strings"

	"daicho/app"
)

// get reads a record in a rule. It names the kind, not the register, which has the
// rule and so cannot be named in it.
func get[T any](a *app.Act, kind app.Kind, ref app.Ref) (*T, error) {
	if ref.Kind != kind {
		return nil, app.Refuse(app.Invalid, "", "参照先の種類が違います。記録を開いて、正しい参照先を選んでください。", ref.String()+" is no "+string(kind))
	}
	_, r, err := a.Load(ref)
	if err != nil {
		return nil, err
	}
	return any(r).(*T), nil
}

func documentAt(a *app.Act, ref app.Ref) (*Document, error) { return get[Document](a, Kind, ref) }
func revisionAt(a *app.Act, ref app.Ref) (*Revision, error) {
	return get[Revision](a, RevisionKind, ref)
}

// fresh is the head of a record that a rule makes.
func fresh(a *app.Act, kind app.Kind) app.Head {
	return app.Head{Ref: app.Ref{Kind: kind, ID: a.NewID()}}
}

// ApprovedVersions are the versions of a document that were approved, or registered as
// such before it had revisions here.
func ApprovedVersions(a *app.Act, ref app.Ref) ([]string, error) {
	d, err := documentAt(a, ref)
	if err != nil {
		return nil, err
	}
	return d.approved(), nil
}

// VersionsSince are those of them that may hold what was agreed on on a day: approved then
// or later, or on a day that nobody has written down.
func VersionsSince(a *app.Act, ref app.Ref, agreed app.Day) ([]string, error) {
	d, err := documentAt(a, ref)
	if err != nil {
		return nil, err
	}
	return d.approvedSince(agreed), nil
}

func (d *Document) approved() []string { return d.approvedSince(0) }

func (d *Document) approvedSince(agreed app.Day) (all []string) {
	for _, r := range d.Revisions {
		if r.Date != 0 && r.Date < agreed {
			continue
		}
		if strings.HasPrefix(r.Version, "0.") { // a draft of a document from elsewhere
			continue
		}
		all = append(all, r.Version)
	}
	return all
}

// Paper is a document's number, and whether it was issued.
func Paper(a *app.Act, ref app.Ref) (number string, issued bool, err error) {
	d, err := documentAt(a, ref)
	if err != nil {
		return "", false, err
	}
	return d.Number, d.Issued != 0, nil
}
