package documents

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/compare"
	"daicho/app/document"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// file is a document with all that its sheet shows: its revisions, the newest first,
// what was said to them, who has read it, and the names of all.
type file struct {
	doc      *document.Document
	all      []*document.Revision
	signed   []*document.Approval
	receipts []*document.Receipt
	names    app.Names
}

// stages are the steps of a revision in their order.
var stages = []document.Step{document.Draft, document.Review1, document.Review2, document.Vendor, document.City}

// sheet is the face of a document that looks like its print, with its versions,
// approvals and correspondence below.
type sheet struct {
	kit.Surface
	desk  *ui.Desk
	host  ui.Host
	file  file
	words sheetWords
	open  map[app.Ref]*kit.Button
}

var sheetFace = register.Face{Label: app.Label{JA: "紙面・版", EN: "Sheet and versions"}, New: newSheet}

func newSheet(h ui.Host, desk *ui.Desk) register.View {
	s := &sheet{desk: desk, host: h, words: sheetWords{desk.Words}}
	s.Extend(s, desk.Look, func(p *kit.Pen, w, _ float32) { s.paint(p, w) })
	return s
}

// Load is part of [register.View].
func (s *sheet) Load(ctx context.Context, records ui.Records, r app.Record) (func(), error) {
	f := file{doc: r.(*document.Document)}
	hits, err := records.Linked(ctx, f.doc.Ref)
	if err != nil {
		return nil, err
	}
	ids := map[app.Kind][]app.ID{}
	for _, h := range hits {
		ids[h.Ref.Kind] = append(ids[h.Ref.Kind], h.Ref.ID)
	}
	for _, kind := range []app.Kind{document.RevisionKind, document.ApprovalKind, document.ReceiptKind} {
		rows, err := records.Rows(ctx, kind, ids[kind])
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			f.take(row)
		}
	}
	slices.SortFunc(f.all, func(a, b *document.Revision) int {
		return cmp.Or(cmp.Compare(b.Made, a.Made), bytes.Compare(b.Ref.ID[:], a.Ref.ID[:]))
	})
	slices.SortFunc(f.signed, func(a, b *document.Approval) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(slices.Index(stages, a.Step), slices.Index(stages, b.Step)))
	})
	f.names, err = ui.NamesOf(ctx, records, f.named())
	return func() { s.show(f) }, err
}

func (f *file) take(r app.Record) {
	switch r := r.(type) {
	case *document.Revision:
		if r.Document == f.doc.Ref {
			f.all = append(f.all, r)
		}
	case *document.Approval:
		f.signed = append(f.signed, r)
	case *document.Receipt:
		f.receipts = append(f.receipts, r)
	}
}

// named are the records whose names the sheet says.
func (f *file) named() (refs []app.Ref) {
	refs = append(refs, f.doc.AnsweredBy...)
	refs = append(refs, f.doc.Related...)
	if !f.doc.ReplyTo.IsZero() {
		refs = append(refs, f.doc.ReplyTo)
	}
	for _, r := range f.all {
		refs = append(refs, r.Author)
	}
	for _, p := range f.signed {
		refs = append(refs, p.By)
		if !p.For.IsZero() {
			refs = append(refs, p.For)
		}
	}
	for _, r := range f.receipts {
		refs = append(refs, r.Person)
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return cmp.Compare(a.String(), b.String()) })
	return slices.Compact(refs)
}

func (s *sheet) show(f file) {
	s.file, s.open = f, map[app.Ref]*kit.Button{}
	for _, r := range f.all {
		s.button(r.Ref, r.Version)
	}
	for _, ref := range f.chain() {
		s.button(ref, f.names(ref))
	}
	s.Refresh()
}

func (s *sheet) button(ref app.Ref, word string) {
	s.open[ref] = kit.NewButton(s.desk, kit.Linked, cmp.Or(word, "…"), ui.Key{}, func() { s.host.Open(ref) })
}

// chain is the correspondence: what this document answers, what answers it, and what
// has to do with it.
func (f *file) chain() (refs []app.Ref) {
	if !f.doc.ReplyTo.IsZero() {
		refs = append(refs, f.doc.ReplyTo)
	}
	return append(append(refs, f.doc.AnsweredBy...), f.doc.Related...)
}

// shown is the revision on the paper: the one on its way, else the current one; nil
// if there is none.
func (f *file) shown() *document.Revision {
	for _, r := range f.all {
		if r.IsOpen() || r.Ref == f.doc.Current {
			return r
		}
	}
	return nil
}

func (f *file) at(ref app.Ref) *document.Revision {
	for _, r := range f.all {
		if r.Ref == ref {
			return r
		}
	}
	return nil
}

// changes are the lines of a revision beside those of the one it began from.
func (f *file) changes(r *document.Revision) []compare.Piece {
	if base := f.at(r.Base); base != nil && base != r {
		return compare.Lines(base.Body, r.Body)
	}
	return compare.Lines(r.Body, r.Body)
}

// box is what stands in the box of a step: who said yes to the revision, and when.
func (f *file) box(r *document.Revision, s document.Step, w sheetWords) kit.Approval {
	b := kit.Approval{Role: w.box(s)}
	if r == nil {
		return b
	}
	if r.State == s {
		b.Note = w.of(app.Label{JA: "審査中", EN: "waits"})
	}
	for _, p := range f.signed {
		said := p.Verdict == document.Yes || p.Verdict == document.Sent && s == document.Draft
		if p.Revision != r.Ref || p.Step != s || !said {
			continue
		}
		b.Name, b.Date, b.Office = family(f.names(p.By)), civil.DateOf(p.At.Time()).WarekiShort(), w.office(s)
		if b.Date = b.Date[1:]; p.Meta().GSN == 0 {
			b.Pending, b.Note = true, w.pending()
		}
	}
	return b
}

// family is the name on a stamp: what stands before the blank.
func family(name string) string {
	for i, r := range name {
		if r == ' ' || r == '　' {
			return name[:i]
		}
	}
	return name
}
