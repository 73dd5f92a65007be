package server

import "daicho/app"

// permit refuses a change that its author has no right to. The moment is that of
// receipt: a device's clock is in its person's hands.
func (in *intake) permit(c *app.Change, effects []app.Effect) error {
	if in.own || in.book.Access == nil {
		return nil
	}
	was, there, err := in.tx.ScopeAt(c.Ref)
	if err != nil {
		return err
	}
	is := was
	if len(effects) > 0 {
		v := outcome{in.tx, effects}
		doc, _, err := v.Row(c.Ref)
		if err != nil {
			return err
		}
		if is, err = in.book.ScopeOf(v, c.Ref, doc); err != nil {
			return err
		}
	} else if !there {
		return in.absent(c)
	}
	refused := in.book.Access.May(in.grants, c, in.at, was, is)
	if refused == nil || !there {
		return refused
	}
	return in.hidden(c, was, refused)
}

var errHidden = app.Refuse(app.Forbidden, "", "この記録はサーバーにないか、扱う権限がありません。同期して記録を確かめ、必要な権限はシステム管理者に依頼してください。",
	"there is no such record on the server, or you have no right to it; sync and look at it, or ask a system administrator for the right")

// hidden is a refusal that does not tell that a record is there to one who may
// not read it.
func (in *intake) hidden(c *app.Change, was app.Scope, refused error) error {
	mine, err := in.book.ClearanceOf(in.grants, c.Author, in.at)
	if err != nil || mine.Reads(was) {
		return orElse(err, refused)
	}
	return errHidden
}

// absent says the same of a record that is not there, to whom there may be
// records that he may not read. To others, and of a record that the rules
// refused to make, they say more.
func (in *intake) absent(c *app.Change) error {
	if c.New {
		return nil
	}
	mine, err := in.book.ClearanceOf(in.grants, c.Author, in.at)
	if err != nil || mine.Hash() == app.ReadsAll.Hash() {
		return err
	}
	return errHidden
}

// outcome is a view of records as a decision leaves them.
type outcome struct {
	Tx
	effects []app.Effect
}

// Row is part of [app.View].
func (v outcome) Row(ref app.Ref) (app.Doc, int64, error) {
	doc, gsn, err := v.Tx.Row(ref)
	for _, e := range v.effects {
		if e.Ref == ref {
			doc = doc.Patch(e.Cells)
		}
	}
	return doc, gsn, err
}

// refusedBy is why a change did not do what it should; nil if it did.
func refusedBy(o *app.Outcome) error {
	if o.Verdict == app.Accepted || o.Verdict == app.Contested {
		return nil
	}
	return app.Refuse(o.Code, o.Field, o.Say.JA, o.Say.EN)
}
