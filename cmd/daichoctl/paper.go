package main

import (
	"bytes"
	"context"
	"fmt"

	"daicho/app"
	"daicho/app/dispatch"
	"daicho/app/document"
	"daicho/app/report"
	"daicho/app/retention"
	"daicho/store"
)

// paperVerb prints what is handed out: letters and forms in the style of the house.
type paperVerb struct {
	Document  paperDocumentVerb  `cmd:"" help:"A document as a letter or plan, with its approvals and the table of its revisions."`
	Versions  paperVersionsVerb  `cmd:"" help:"The table of versions (版数管理表) of the key documents, or of all."`
	Visit     paperVisitVerb     `cmd:"" help:"The report of a visit (現地対応報告書), with the signature of who confirmed it."`
	Disposals paperDisposalsVerb `cmd:"" help:"The list of documents that were disposed of (廃棄目録)."`
}

// paper is where a paper goes.
type paper struct {
	PDF string `name:"pdf" placeholder:"FILE" required:"" help:"Write PDF pages, dates by era; - is the standard output."`
}

func (p *paper) write(s *session, doc report.Document) error {
	return (&exportVerb{PDF: p.PDF}).writePDF(s, doc)
}

type paperDocumentVerb struct {
	ID string `arg:"" name:"id" help:"Id or number of the document."`
	paper
}

// Run prints the current version, or the one on its way, which says that it is a draft.
func (v *paperDocumentVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, document.Register, v.ID)
		if err != nil {
			return err
		}
		f, err := document.Load(ctx, r, rec.(*document.Document))
		if err != nil {
			return err
		}
		names, err := peopleOf(ctx, r, f.People())
		if err != nil {
			return err
		}
		return v.write(s, f.Paper(s.console.Now(), names))
	})
}

type paperVersionsVerb struct {
	All bool `help:"Of all documents that have a version, not of the key documents alone."`
	paper
}

// Run prints them in the order of their names.
func (v *paperVersionsVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		files, err := document.LoadVersioned(ctx, r, v.All)
		if err != nil {
			return err
		}
		var people []app.Ref
		for _, f := range files {
			people = append(people, f.People()...)
		}
		names, err := peopleOf(ctx, r, people)
		if err != nil {
			return err
		}
		return v.write(s, document.VersionTable(files, s.console.Now(), names))
	})
}

type paperDisposalsVerb struct{ paper }

// Run prints them in the order of the days.
func (v *paperDisposalsVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		all, err := retention.LoadDone(ctx, r)
		if err != nil {
			return err
		}
		names, err := peopleOf(ctx, r, retention.People(all))
		if err != nil {
			return err
		}
		return v.write(s, retention.List(all, s.console.Now(), names))
	})
}

type paperVisitVerb struct {
	ID string `arg:"" name:"id" help:"Id or number of the visit."`
	paper
}

// Run prints it as it is judged now.
func (v *paperVisitVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, dispatch.Register, v.ID)
		if err != nil {
			return err
		}
		visit := rec.(*dispatch.Visit)
		c, err := dispatch.Load(ctx, r, visit)
		if err != nil {
			return err
		}
		j, err := newJudge(ctx, s, r)
		if err != nil {
			return err
		}
		p := dispatch.Paper{At: s.console.Now()}
		if p.Judged, err = j.terms.Visit(c.Asked(j.terms.Travel(visit.Site)), j.now); err != nil {
			return err
		}
		if p.Names, err = peopleOf(ctx, r, c.People()); err != nil {
			return err
		}
		if p.Signature, err = signatureOf(ctx, r, visit); err != nil {
			return err
		}
		return v.write(s, c.Report(p))
	})
}

// signatureOf is the signature drawn on the visit; nil if there is none here.
func signatureOf(ctx context.Context, r *store.Replica, v *dispatch.Visit) ([]byte, error) {
	if len(v.Signature) == 0 {
		return nil, nil
	}
	var out bytes.Buffer
	err := r.OpenBlob(ctx, v.Signature[len(v.Signature)-1], &out)
	if app.IsCode(err, app.NotFound) {
		return nil, nil
	}
	return out.Bytes(), err
}

// peopleOf are the names of people, by the directory.
func peopleOf(ctx context.Context, r *store.Replica, refs []app.Ref) (app.Names, error) {
	known := map[app.Ref]string{}
	for _, ref := range refs {
		if _, asked := known[ref]; asked {
			continue
		}
		name, err := r.Person(ctx, ref.ID)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", ref, err)
		}
		known[ref] = name
	}
	return func(ref app.Ref) string { return known[ref] }, nil
}
