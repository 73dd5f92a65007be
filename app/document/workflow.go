package document

import (
	"slices"

	"daicho/app"
	"daicho/app/people"
)

// submit sends a draft on its way.
func submit(a *app.Act, r *Revision, _ struct{}) error {
	d, err := documentAt(a, r.Document)
	if err != nil {
		return err
	}
	switch {
	case r.State != Draft:
		return errNotDraft
	case !contains(r.Authors, a.Actor.ID):
		return errAuthor
	case r.Body == "" && len(r.Files) == 0:
		return errEmpty
	case mergeMarks.Left(r.Body):
		return errMarks
	}
	if err = onTop(r, d); err != nil {
		return err
	}
	sign(a, r, Sent, app.Ref{}, "")
	return forward(a, r, d)
}

func contains(all []app.Ref, id app.ID) bool {
	for _, r := range all {
		if r.ID == id {
			return true
		}
	}
	return false
}

// forward brings a revision to its next step, or approves it where none is left.
func forward(a *app.Act, r *Revision, d *Document) error {
	f, err := flowOf(a, d.Type)
	if err != nil {
		return err
	}
	r.State, r.Sent, r.Due = f.after(r.State), a.At, 0
	if r.Waits() {
		r.Due = day(a.At) + app.Day(f.Days)
		if f.Days == 0 {
			r.Due = day(a.At) + usualDays
		}
		return stand(a, d)
	}
	return passed(a, r, d)
}

// stand derives the state of a document from its revisions, and saves it: somebody has
// one to judge, somebody writes one, or what the current one is. Who makes a revision
// names it: it has no link yet.
func stand(a *app.Act, d *Document, made ...*Revision) error {
	all, err := revisionsOf(a, d.Ref)
	if err != nil {
		return err
	}
	d.State = Registered
	for _, r := range append(all, made...) {
		switch {
		case r.Waits():
			d.State = Reviewed
		case r.State == Draft && d.State != Reviewed:
			d.State = Drafted
		case r.Ref != d.Current || d.State != Registered:
		case r.State == Published:
			d.State = Issued
		default:
			d.State = Agreed
		}
	}
	a.Save(d)
	return nil
}

// approve is one step's yes.
func approve(a *app.Act, r *Revision, _ struct{}) error {
	d, from, err := judged(a, r)
	if err != nil {
		return err
	}
	if err = onTop(r, d); err != nil {
		return err
	}
	sign(a, r, Yes, from, "")
	return forward(a, r, d)
}

// judged is the document of a revision that the actor may judge now, and who
// delegated that to him.
func judged(a *app.Act, r *Revision) (d *Document, from app.Ref, err error) {
	if !r.Waits() {
		return nil, from, errIdle
	}
	if from, err = mandate(a, r.State); err != nil {
		return nil, from, err
	}
	if err = another(a, r, from); err != nil {
		return nil, from, err
	}
	d, err = documentAt(a, r.Document)
	return d, from, err
}

// passed gives an approved revision its version, and writes the line of the
// revision table.
func passed(a *app.Act, r *Revision, d *Document) error {
	name, err := nameOf(a, r.Author)
	if err != nil {
		return err
	}
	r.Version, r.Approved = target(d.Version, r.Level), day(a.At)
	d.Revisions = append(d.Revisions, Line{Version: r.Version, Date: r.Approved, Change: r.Reason, Author: name})
	d.Current, d.Approved = r.Ref, r.Approved
	return stand(a, d)
}

// nameOf is what a person is called; empty where he is not in the register.
func nameOf(a *app.Act, who app.Ref) (string, error) {
	p, err := app.Get(a, people.Persons, who)
	switch {
	case app.IsCode(err, app.NotFound):
		return "", nil
	case err != nil:
		return "", err
	}
	return p.Name, nil
}

// sendBack ends a revision and begins a new draft with its words.
func sendBack(a *app.Act, r *Revision, in Return) error {
	d, from, err := judged(a, r)
	if err != nil {
		return err
	}
	sign(a, r, No, from, in.Reason)
	r.State, r.Due, r.Wanting = SentBack, 0, in.Reason
	again := &Revision{Head: fresh(a, RevisionKind)}
	again.Document, again.Level, again.Body, again.Files, again.Place, again.Reason = r.Document, r.Level, r.Body, r.Files, r.Place, r.Reason
	again.Accord, again.Changes = r.Accord, slices.Clone(r.Changes)
	again.Author, again.Authors = r.Author, slices.Clone(r.Authors)
	a.Save(again)
	return stand(a, d, again)
}

// publish issues an approved revision; the one before it is superseded.
func publish(a *app.Act, r *Revision, _ struct{}) error {
	d, err := documentAt(a, r.Document)
	if err != nil {
		return err
	}
	switch {
	case r.State == Published || r.State == Superseded:
		return errOver
	case r.State != Passed:
		return errUnasked
	case d.Current != r.Ref:
		return onTop(&Revision{Base: r.Ref}, d)
	}
	if err = supersede(a, r); err != nil {
		return err
	}
	r.State, r.Issued = Published, day(a.At)
	d.Published, d.Issued, d.Submitted = r.Issued, r.Issued, 0
	return stand(a, d)
}

// supersede ends what was published before.
func supersede(a *app.Act, r *Revision) error {
	all, err := revisionsOf(a, r.Document)
	for _, old := range all {
		if old.Ref != r.Ref && (old.State == Published || old.State == Passed) {
			old.State = Superseded
			a.Save(old)
		}
	}
	return err
}

// withdraw ends a revision that its authors do not want any more.
func withdraw(a *app.Act, r *Revision, _ struct{}) error {
	switch {
	case r.State != Draft && !r.Waits():
		return errOver
	case !contains(r.Authors, a.Actor.ID):
		return errAuthor
	}
	r.State, r.Due = Withdrawn, 0
	d, err := documentAt(a, r.Document)
	if err != nil {
		return err
	}
	return stand(a, d)
}
