package server

import "daicho/app"

// place is where a record was, and where an effect leaves it. What was, is what
// replicas were told, also if the program has learned to see it otherwise since.
func (in *intake) place(ref app.Ref, doc app.Doc) (m Move, err error) {
	if m.Was, _, err = in.tx.ScopeAt(ref); err != nil {
		return m, err
	}
	m.Is, err = in.book.ScopeOf(in.tx, ref, doc)
	return m, err
}

// tell adds an effect to an outcome. A record that moves is told whole: there
// may be readers who have nothing of it yet.
func (in *intake) tell(o *app.Outcome, e app.Effect, m Move, doc app.Doc) error {
	cells := withoutWas(e.Cells)
	if m.Was != m.Is && m.Was != (app.Scope{}) {
		var err error
		if cells, err = widened(cells, doc); err != nil {
			return err
		}
	}
	o.Effects = append(o.Effects, app.Effect{Ref: e.Ref, Cells: cells})
	in.moves = append(in.moves, m)
	return nil
}

// widened are cells and, after them, the rest of the document.
func widened(cells []app.Cell, doc app.Doc) ([]app.Cell, error) {
	told := map[string]bool{}
	for _, c := range cells {
		told[c.Field] = true
	}
	return cells, doc.Each(func(name string, v app.Value) {
		if !told[name] {
			cells = append(cells, app.Cell{Field: name, Now: v})
		}
	})
}

// follow lets the records that stand within another follow it, whole. Each has
// its new scope before what stands within it in turn is looked at, so that none
// is told twice. What stood within a record that was not there yet was where an
// empty one is.
func (in *intake) follow(o *app.Outcome, ref app.Ref, m Move) (err error) {
	if m.Was == (app.Scope{}) {
		if m.Was, err = in.book.ScopeOf(in.tx, ref, nil); err != nil {
			return err
		}
	}
	if m.Was == m.Is {
		return nil
	}
	inside, err := in.book.Inside(in.tx, ref)
	if err != nil {
		return err
	}
	for _, r := range inside {
		if err = in.followOne(o, r); err != nil {
			return err
		}
	}
	return nil
}

func (in *intake) followOne(o *app.Outcome, ref app.Ref) error {
	doc, _, err := in.tx.Row(ref)
	if err != nil {
		return err
	}
	m, err := in.place(ref, doc)
	if err != nil || m.Was == m.Is {
		return err
	}
	row := Row{Ref: ref, GSN: o.GSN, Doc: doc, Scope: m.Is}
	if row.Ticks, err = in.tx.Ticks(ref); err != nil {
		return err
	}
	if row.Links, err = linksOf(in.book.Registers[ref.Kind], doc); err != nil {
		return err
	}
	if err = in.tx.PutRow(row); err != nil {
		return err
	}
	if err = in.tell(o, app.Effect{Ref: ref}, m, doc); err != nil {
		return err
	}
	return in.follow(o, ref, m)
}

// reach is whom the line at hand concerns. The record that it is about need not
// be among those it changed. One that was changed twice is for all of the line where
// it stood in the end: who may not read it there hears nothing of what it was before.
func (in *intake) reach(o *app.Outcome) (Reach, error) {
	end := map[app.Ref]app.Scope{}
	for i, e := range o.Effects {
		end[e.Ref] = in.moves[i].Is
	}
	for i, e := range o.Effects {
		in.moves[i].Is = end[e.Ref]
	}
	about, _, err := in.tx.ScopeAt(o.Ref)
	return Reach{GSN: o.GSN, Device: o.Device, About: about, Moves: in.moves}, err
}
