package document

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"daicho/app"
)

// File is a document with its revisions, the newest first, and what was said to them,
// in the order in which it was said.
type File struct {
	*Document
	Versions  []*Revision
	Approvals []*Approval
}

// Load reads a document's file.
func Load(ctx context.Context, s app.Shelf, d *Document) (f File, err error) {
	f.Document = d
	of := []app.Cond{app.Where("document", "=", d.Ref.String())}
	if f.Versions, err = app.Every(ctx, s, Revisions, app.Query{Where: of}); err != nil {
		return f, err
	}
	slices.SortFunc(f.Versions, func(a, b *Revision) int {
		return cmp.Or(cmp.Compare(b.Made, a.Made), bytes.Compare(b.Ref.ID[:], a.Ref.ID[:]))
	})
	f.Approvals, err = app.Every(ctx, s, Approvals, app.Query{Where: of, Sort: "at"})
	return f, err
}

// Shown is the revision on paper: the current one, else the one on its way; nil if
// there is none.
func (f *File) Shown() *Revision {
	for _, r := range f.Versions {
		if r.Ref == f.Current {
			return r
		}
	}
	for _, r := range f.Versions {
		if r.IsOpen() {
			return r
		}
	}
	return nil
}

// People are those whose names the paper says.
func (f *File) People() (refs []app.Ref) {
	for _, r := range f.Versions {
		refs = append(refs, r.Author)
	}
	for _, p := range f.Approvals {
		refs = append(refs, p.By)
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return slices.DeleteFunc(slices.Compact(refs), app.Ref.IsZero)
}

// said is the newest word at a step of a revision that let it pass; nil if there is
// none.
func (f *File) said(r *Revision, step Step) *Approval {
	for _, p := range slices.Backward(f.Approvals) {
		if p.Revision == r.Ref && p.Step == step && p.Verdict != No {
			return p
		}
	}
	return nil
}

// LoadVersioned reads the files of the key documents, or of all that have a version,
// in the order of their names.
func LoadVersioned(ctx context.Context, s app.Shelf, all bool) (files []File, err error) {
	where := app.Where("key", "<>", "")
	if all {
		where = app.Where("version", "<>", "")
	}
	docs, err := app.Every(ctx, s, Register, app.Query{Where: []app.Cond{where}, Sort: "title"})
	for _, d := range docs {
		f, err := Load(ctx, s, d)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, err
}
