package server

import (
	"errors"
	"maps"
	"slices"

	"daicho/app"
)

// keep writes what a change did: rows with their links, ticks and scopes, and
// what attachments are now waited for. The outcome gets the effects as data.
func (in *intake) keep(o *app.Outcome, c *app.Change, ticks *ticks, effects []app.Effect) error {
	for _, e := range effects {
		if err := in.keepRow(o, c, ticks, e); err != nil {
			return err
		}
		if err := in.want(c.Device, e); err != nil {
			return err
		}
		if err := rename(in.tx, e); err != nil {
			return err
		}
	}
	return nil
}

// withoutWas are cells as data: what was stands in the order, further up.
func withoutWas(cells []app.Cell) []app.Cell {
	out := make([]app.Cell, len(cells))
	for i, c := range cells {
		out[i] = app.Cell{Field: c.Field, Now: c.Now}
	}
	return out
}

func (in *intake) keepRow(o *app.Outcome, c *app.Change, ticks *ticks, e app.Effect) error {
	doc, _, err := in.tx.Row(e.Ref)
	if err != nil {
		return err
	}
	row := Row{Ref: e.Ref, GSN: o.GSN, Doc: doc.Patch(e.Cells)}
	if row.Ticks, err = ticks.after(c, e); err != nil {
		return err
	}
	if row.Links, err = linksOf(in.book.Registers[e.Ref.Kind], row.Doc); err != nil {
		return err
	}
	move, err := in.place(e.Ref, row.Doc)
	if err != nil {
		return err
	}
	row.Scope = move.Is
	if err = in.tx.PutRow(row); err != nil {
		return err
	}
	in.grants.written(e.Ref.Kind)
	if err = in.tell(o, e, move, row.Doc); err != nil {
		return err
	}
	return in.follow(o, e.Ref, move)
}

// linksOf are the records that a document links to, each once.
func linksOf(g app.AnyRegister, doc app.Doc) (links []app.Ref, err error) {
	err = doc.Each(func(name string, v app.Value) {
		name, v = g.Upcast(name, v)
		if spec, ok := app.SpecOf(g, name); !ok || spec.Type != app.TLink && spec.Type != app.TLinks {
			return
		}
		for _, to := range v.Refs() {
			if !slices.Contains(links, to) {
				links = append(links, to)
			}
		}
	})
	return links, err
}

// want notes the attachments that an effect names.
func (in *intake) want(device app.ID, e app.Effect) error {
	for _, id := range attached(in.book.Registers[e.Ref.Kind], e) {
		if err := errors.Join(in.tx.Want(id, device), in.tx.Name(id, e.Ref)); err != nil {
			return err
		}
	}
	return nil
}

// attached are the attachments that an effect names.
func attached(g app.AnyRegister, e app.Effect) (ids []app.BlobID) {
	for _, c := range e.Cells {
		if spec, ok := app.SpecOf(g, c.Field); !ok || spec.Type != app.TFiles {
			continue
		}
		for _, b := range c.Now.Blobs() {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// append writes the line. The outcome is sealed with keys that every replica
// will be given together with it.
func (in *intake) append(o *app.Outcome, p Point, body []byte) error {
	used := &usedKeys{in.keys, map[NamedKey]bool{}}
	sealed, err := o.Encode(in.book.Registers, &app.Sealer{Keys: used, Random: in.random})
	if err != nil {
		return err
	}
	needs, err := in.needs(o, used.names)
	if err != nil {
		return err
	}
	reach, err := in.reach(o)
	if err != nil {
		return err
	}
	line := Line{GSN: o.GSN, Device: o.Device, Seq: o.Seq, Point: p, Received: o.Received,
		Verdict: o.Verdict, Body: body, Outcome: sealed, Needs: needs, Reach: reach}
	if err = in.tx.Append(line); err != nil {
		return err
	}
	return in.grow(&line)
}

// usedKeys notes which keys are sealed with.
type usedKeys struct {
	*keyring
	names map[NamedKey]bool
}

// For is part of [app.SubjectKeys].
func (u *usedKeys) For(subject app.ID) (app.SubjectKey, error) {
	k, err := u.keyring.For(subject)
	if err == nil {
		u.names[NamedKey{subject, k.ID()}] = true
	}
	return k, err
}

// needs adds the keys of an outcome's records to those of its values: their
// attachments are sealed by these, even where no value is.
func (in *intake) needs(o *app.Outcome, all map[NamedKey]bool) ([]NamedKey, error) {
	for _, e := range o.Effects {
		keys, err := in.tx.KeysOf(e.Ref.ID)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			all[NamedKey{k.Subject, k.ID()}] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b NamedKey) int {
		return slices.Compare(append(a.Subject[:], a.Key[:]...), append(b.Subject[:], b.Key[:]...))
	}), nil
}
