package simtest

import (
	"context"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/client"
)

// holding is what a device may hold, and what it still has to fetch for that.
type holding struct {
	to      *app.Clearance // nil: nobody said
	missing app.Clearance  // of it, records that have not come
	after   app.Ref        // the last of them that came
	head    int64          // where the order is followed from when they have
	past    []client.Past
	runs    int64
}

func (h holding) clone() holding {
	h.past = slices.Clone(h.past)
	return h
}

func (h *holding) hash() [32]byte {
	if h.to == nil {
		return [32]byte{}
	}
	return h.to.Hash()
}

// Clearance is part of [client.Port].
func (d *Device) Clearance(context.Context) ([32]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.holds.hash(), nil
}

// Rescope is part of [client.Port].
func (d *Device) Rescope(_ context.Context, epoch app.ID, to app.Clearance, head int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rescope(epoch, to, head)
	return nil
}

func (d *Device) rescope(epoch app.ID, to app.Clearance, head int64) {
	h := &d.holds
	had := app.Clearance{}
	if h.to != nil {
		had = h.to.Beyond(h.missing)
	}
	if d.GSN == 0 { // it begins anew
		for ref := range d.confirmed {
			d.leaving[ref] = true
		}
		had, d.confirmed = nil, rows{}
	}
	d.Epoch, h.to, h.after, h.head = epoch, &to, app.Ref{}, head
	h.clip(to)
	strange := h.strangers(d.book)
	more, again := d.dropUnread(to)
	strange = append(strange, more...)
	if h.missing = to.Beyond(had); d.GSN == 0 && head == 0 {
		h.missing = nil
	} else if d.GSN > 0 {
		h.missing = app.NewClearance(append(h.missing, ofKinds(to, strange)...)...)
	}
	if again {
		h.missing = to
	}
}

// ofKinds is what a clearance lets read of some kinds.
func ofKinds(to app.Clearance, kinds []app.Kind) (some app.Clearance) {
	for _, kind := range kinds {
		for _, e := range to {
			if e.Kind == app.Any || e.Kind == kind {
				e.Kind = kind
				some = append(some, e)
			}
		}
	}
	return some
}

// strangers are the kinds of a later version that are still to come.
func (h *holding) strangers(b app.Book) (some []app.Kind) {
	for _, e := range h.missing {
		if e.Kind != app.Any && b.Registers[e.Kind] == nil {
			some = append(some, e.Kind)
		}
	}
	return some
}

// clip leaves history out that may not be read any more.
func (h *holding) clip(to app.Clearance) {
	for i := range h.past {
		h.past[i].Only = h.past[i].Only.Common(to)
	}
	h.past = slices.DeleteFunc(h.past, func(p client.Past) bool { return len(p.Only) == 0 })
}

// dropUnread drops what may not be read, and what nobody can tell of: what stands
// within records that are not here, for which all must come again, and kinds of a
// later version, which are fetched anew.
func (d *Device) dropUnread(to app.Clearance) (strange []app.Kind, again bool) {
	kept := maps.Clone(d.confirmed)
	maps.DeleteFunc(kept, func(ref app.Ref, r row) bool {
		if d.book.Registers[ref.Kind] == nil {
			strange = append(strange, ref.Kind)
			d.leaving[ref] = true
			return true
		}
		v := &around{rows: d.confirmed, book: d.book}
		s, err := d.book.ScopeOf(v, ref, r.doc)
		again = again || v.absent
		d.leaving[ref] = err != nil || v.absent || !to.Reads(s)
		return d.leaving[ref]
	})
	d.confirmed = kept
	maps.DeleteFunc(d.leaving, func(_ app.Ref, leaves bool) bool { return !leaves })
	d.forget()
	d.replay()
	return strange, again
}

// around are rows that note that one is not here, or of a later version.
type around struct {
	rows
	book   app.Book
	absent bool
}

// Row is part of [app.View].
func (v *around) Row(ref app.Ref) (app.Doc, int64, error) {
	v.absent = v.absent || v.rows[ref].doc.IsEmpty() || v.book.Registers[ref.Kind] == nil
	return v.rows.Row(ref)
}

// Filling is part of [client.Port].
func (d *Device) Filling(context.Context) (client.FillingUp, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return client.FillingUp{Wanted: len(d.holds.missing) > 0, Only: d.holds.missing, After: d.holds.after}, nil
}

// Fill is part of [client.Port].
func (d *Device) Fill(_ context.Context, p client.Rows) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := &d.holds
	if len(h.missing) == 0 || h.after != p.After {
		return nil
	}
	d.keys.add(p.Keys)
	for _, r := range p.Rows {
		if d.confirmed[r.Ref].gsn < r.GSN {
			d.confirmed[r.Ref] = row{d.purified(r.Ref, r.Doc), r.GSN}
		}
		h.after = r.Ref
	}
	if !p.More {
		d.GSN = max(d.GSN, h.head)
		if h.runs++; d.GSN > 0 {
			h.past = append(h.past, client.Past{N: h.runs, Only: h.missing, UpTo: d.GSN})
		}
		h.missing, h.head = nil, 0
	}
	d.replay()
	return nil
}

// Index is part of [client.Port]: a device in memory searches nothing.
func (d *Device) Index(context.Context, func(done, total int)) error { return nil }

// Past is part of [client.Port].
func (d *Device) Past(context.Context) (client.Past, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.holds.past) == 0 {
		return client.Past{}, false, nil
	}
	return d.holds.past[0], true, nil
}

// TakePast is part of [client.Port]: of history it keeps the verdicts alone.
func (d *Device) TakePast(_ context.Context, p client.PastPage) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.holds.past, func(run client.Past) bool { return run.N == p.N })
	if i < 0 {
		return nil
	}
	d.keys.add(p.Keys)
	for _, text := range p.Outcomes {
		o, err := app.DecodeOutcome(text, &d.keys)
		if err != nil {
			return err
		}
		d.note(o)
		d.hear(o)
	}
	d.forget()
	d.lock(p.Keys)
	d.replay()
	run := d.holds.past[i]
	d.holds.past = slices.Delete(d.holds.past, i, i+1)
	for _, left := range []client.Past{{Only: run.Only, After: run.After, UpTo: p.After}, {Only: run.Only, After: p.UpTo, UpTo: run.UpTo}} {
		if d.holds.runs++; left.After < left.UpTo {
			left.N = d.holds.runs
			d.holds.past = append([]client.Past{left}, d.holds.past...)
		}
	}
	return nil
}
