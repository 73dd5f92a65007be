package store

import "daicho/app"

// deed is what a pending change does here, until the server has judged it.
type deed struct {
	effects []app.Effect
	leased  app.Leased // the number that this device gave
	touched rowSet     // rows that it changes, and rows that the rules looked at
}

// onlooker is a view that remembers which rows were looked at.
type onlooker struct {
	*step
	seen rowSet
}

// Row is [reader.Row].
func (o onlooker) Row(ref app.Ref) (app.Doc, int64, error) {
	o.seen[ref] = true
	return o.step.Row(ref)
}

// decide runs the rules over a change of this device, as things stand here.
// After a refusal the deed still says what it depended on.
func (st *step) decide(c *app.Change) (deed, error) {
	done := deed{touched: rowSet{c.Ref: true}}
	act := &app.Act{Actor: app.Actor{ID: c.Author}, At: c.Clock.Corrected(), View: onlooker{st, done.touched}}
	act.Erased = func(subject app.ID) bool {
		erased, err := st.isErased(subject)
		return st.keep(err) == nil && erased
	}
	act.Unused = st.unused
	d, err := st.s.book.Decide(act, c)
	if err != nil {
		return done, err
	}
	done.effects, done.leased = d.Effects, d.Leased
	for _, e := range d.Effects {
		done.touched[e.Ref] = true
	}
	return done, nil
}

// show puts the effects of a pending change into the rows, keeping for each
// what the server last confirmed, and remembers what the change depends on: it
// is tried again whenever one of these rows changes.
func (st *step) show(seq uint64, done deed) error {
	for ref := range done.touched {
		if err := st.touch(seq, ref); err != nil {
			return err
		}
	}
	for _, e := range done.effects {
		doc, gsn, err := st.Row(e.Ref)
		if err != nil {
			return err
		}
		if err := st.confirm(e.Ref, gsn, doc); err != nil {
			return err
		}
		if err := st.put(e.Ref, gsn, doc.Patch(e.Cells)); err != nil {
			return err
		}
	}
	return nil
}

func (st *step) touch(seq uint64, ref app.Ref) error {
	return st.exec("INSERT INTO touched VALUES (?, ?, ?) ON CONFLICT DO NOTHING", int64(seq), string(ref.Kind), ref.ID[:])
}

// confirm keeps a row as the server confirmed it, before the first pending
// change is shown in it.
func (st *step) confirm(ref app.Ref, gsn int64, doc app.Doc) error {
	return st.exec("INSERT INTO confirmed VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		string(ref.Kind), ref.ID[:], gsn, append([]byte{}, doc...)) // never NULL
}
