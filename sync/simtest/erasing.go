package simtest

import (
	"context"

	"daicho/app"
	"daicho/sync/client"
)

// Erased is part of [client.Port].
func (d *Device) Erased(context.Context) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Gone, nil
}

// Erase is part of [client.Port].
func (d *Device) Erase(_ context.Context, e client.Erasures) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, ref := range e.Refs {
		d.buried[ref.ID] = true
		delete(d.keys.all, ref.ID)
		d.named(d.shown) // says which record names which attachment
		d.named(d.confirmed)
		d.dropBlobs(ref)
		if r, here := d.confirmed[ref]; here {
			d.confirmed[ref] = row{d.purified(ref, r.doc), r.gsn}
		}
	}
	d.Gone = max(d.Gone, e.UpTo)
	d.reread()
	d.replay()
	return nil
}

// purified is a document without what was erased, as far as the program knows.
func (d *Device) purified(ref app.Ref, doc app.Doc) app.Doc {
	if !d.buried[ref.ID] || doc.IsEmpty() {
		return doc
	}
	g := d.book.Registers[ref.Kind]
	if g == nil && len(doc.Get(app.ErasedField)) > 0 { // the server knew what is personal in it
		return doc
	}
	var cells []app.Cell
	for _, c := range app.Erasure(g, doc) {
		if g == nil || c.Field == app.ErasedField {
			cells = append(cells, c)
		} else if _, known := app.SpecOf(g, c.Field); known {
			cells = append(cells, c)
		}
	}
	return doc.Patch(cells)
}

// purify takes what was erased out of rows that came.
func (d *Device) purify(effects []app.Effect) {
	for _, e := range effects {
		if r, here := d.confirmed[e.Ref]; here {
			d.confirmed[e.Ref] = row{d.purified(e.Ref, r.doc), r.gsn}
		}
	}
}

// reread reads what is pending anew: values of it may be gone.
func (d *Device) reread() {
	for i, c := range d.pending {
		if again, err := app.DecodeChange(d.bodies[c.Seq-1], &d.keys); err == nil && again.Seq == c.Seq {
			d.pending[i] = again
		}
	}
}

func (d *Device) isErased(subject app.ID) bool { return d.buried[subject] }

// Holds says whether the device has a key of a subject.
func (d *Device) Holds(subject app.ID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.keys.all[subject]) > 0
}
