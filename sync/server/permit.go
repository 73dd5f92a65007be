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
	} else if !there { // a record that the rules refused to make
		return nil
	}
	return in.book.Access.May(in.grants, c, in.at, was, is)
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
