package store

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"daicho/app"
)

// dropBatch is how many records one transaction looks at.
const dropBatch = 500

// drop takes away what may not be read any more, a piece at a time, and then
// what the files keep of its words.
func (s *Replica) drop(ctx context.Context) error {
	for more := true; more; {
		err := s.transact(ctx, func(st *step) (err error) {
			more, err = st.dropSome()
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.purgeForgotten(ctx)
}

// dropSome looks at the next records, and says whether there are more.
func (st *step) dropSome() (more bool, err error) {
	w, err := st.standing()
	if err != nil || w.Step != dropping {
		return false, err
	}
	refs, err := st.nextHeld(w.at())
	if err != nil {
		return false, err
	}
	if len(refs) == 0 {
		return false, st.dropped(w)
	}
	d := &dropper{step: st, to: clearanceOf(w.To), gone: rowSet{}, strange: w.Strange}
	for _, ref := range refs {
		if err := d.judge(ref); err != nil {
			return false, err
		}
	}
	if err := st.forgetAll(d.gone); err != nil {
		return false, err
	}
	w.Strange = d.strange
	w.moveTo(refs[len(refs)-1])
	return true, st.stand(w)
}

// nextHeld are the next records, in the order of kind and id, of which anything is
// here: a row or history.
func (st *step) nextHeld(after app.Ref) (refs []app.Ref, err error) {
	kinds, err := st.heldKinds()
	for _, kind := range kinds {
		if err != nil || len(refs) > 0 {
			return refs, err
		}
		if kind < after.Kind {
			continue
		}
		from := app.ID{}
		if kind == after.Kind {
			from = after.ID
		}
		refs, err = st.heldOf(kind, from)
	}
	return refs, err
}

// heldKinds are all kinds of which anything is here.
func (st *step) heldKinds() ([]app.Kind, error) {
	kinds := slices.Collect(maps.Keys(st.s.tables))
	for _, table := range []string{"history", "deferred_row"} {
		last, there, err := "", true, error(nil)
		for there && err == nil { // each kind is one step down the index
			if there, err = st.one("SELECT kind FROM "+table+" WHERE kind > ? ORDER BY kind LIMIT 1", []any{last}, &last); there {
				kinds = append(kinds, app.Kind(last))
			}
		}
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds), nil
}

func (st *step) heldOf(kind app.Kind, after app.ID) (refs []app.Ref, err error) {
	sources := []string{"SELECT DISTINCT id FROM history WHERE kind = ?1 AND id > ?2", "SELECT id FROM deferred_row WHERE kind = ?1 AND id > ?2"}
	if st.s.tables[kind] != nil {
		sources = append(sources, "SELECT id FROM "+quote(string(kind))+" WHERE ?1 = ?1 AND id > ?2")
	}
	for _, query := range sources {
		some, err := st.refs(fmt.Sprintf("SELECT ?1, id FROM (%s ORDER BY id LIMIT %d)", query, dropBatch), string(kind), after[:])
		if err != nil {
			return nil, err
		}
		refs = append(refs, some...)
	}
	slices.SortFunc(refs, byID)
	refs = slices.Compact(refs)
	return refs[:min(dropBatch, len(refs))], nil
}

func byID(a, b app.Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) }

// dropper finds what may not be read any more.
type dropper struct {
	*step
	to      app.Clearance
	gone    rowSet
	strange []app.Kind // that must be asked for anew: nobody here can tell of all of it
}

// judge judges one record and, while what they belong to is still here, those
// that link to it. What is only this device's own stays: the server has its word.
func (d *dropper) judge(ref app.Ref) error {
	if d.gone[ref] {
		return nil
	}
	doc, _, err := told{d.step}.Row(ref)
	if err != nil {
		return err
	}
	if own, err := d.onlyOwn(ref, doc); err != nil || own {
		return err
	}
	kind, reads, sure, err := d.mayRead(ref, doc, d.to)
	if err != nil || reads && sure {
		return err
	}
	if !sure && !slices.Contains(d.strange, kind) {
		d.strange = append(d.strange, kind)
	}
	d.gone[ref] = true
	links, err := d.refs("SELECT from_kind, from_id FROM link WHERE to_kind = ? AND to_id = ?", string(ref.Kind), ref.ID[:])
	for _, from := range links {
		if err == nil {
			err = d.judge(from)
		}
	}
	return err
}

// onlyOwn says whether nothing is here of a record but what waits to be sent.
func (st *step) onlyOwn(ref app.Ref, confirmed app.Doc) (bool, error) {
	if !confirmed.IsEmpty() {
		return false, nil
	}
	shown, _, err := st.Row(ref)
	return err == nil && !shown.IsEmpty(), err
}

// mayRead judges a record as the server last confirmed it, and names the kind whose
// rights count. History of what is not here at all may not be read. Nobody here is
// sure of a kind that only a newer version knows, nor of a record that stands
// within one that is not here, unless all of the kind may be read.
func (st *step) mayRead(ref app.Ref, doc app.Doc, to app.Clearance) (kind app.Kind, reads, sure bool, err error) {
	all := func(kind app.Kind) bool { return to.Covers(app.Extent{Kind: kind, Zone: app.Any, All: true}) }
	if st.s.tables[ref.Kind] == nil {
		return ref.Kind, all(ref.Kind), all(ref.Kind), nil
	}
	if doc.IsEmpty() {
		return ref.Kind, false, true, nil
	}
	v := &holders{told: told{st}}
	scope, err := st.s.book.ScopeOf(v, ref, doc)
	return scope.Kind, to.Reads(scope), !v.absent || all(scope.Kind), err
}

// holders sees the records that one stands within, and notes that one is not here.
type holders struct {
	told
	absent bool
}

// Row is part of [app.View].
func (v *holders) Row(ref app.Ref) (app.Doc, int64, error) {
	doc, gsn, err := v.told.Row(ref)
	v.absent = v.absent || doc.IsEmpty()
	return doc, gsn, err
}

// told sees rows as the server confirmed them.
type told struct{ *step }

// Row is part of [app.View].
func (v told) Row(ref app.Ref) (doc app.Doc, gsn int64, err error) {
	var b []byte
	there, err := v.one("SELECT doc, gsn FROM confirmed WHERE kind = ? AND id = ?", []any{string(ref.Kind), ref.ID[:]}, &b, &gsn)
	if err != nil || there {
		return b, gsn, err
	}
	return v.step.Row(ref)
}

// forgetAll forgets records. What is pending on them waits for the server's word.
func (st *step) forgetAll(gone rowSet) error {
	return st.rebase(maps.Clone(gone), func() error {
		if err := st.unshow(); err != nil {
			return err
		}
		for _, ref := range slices.SortedFunc(maps.Keys(gone), byID) {
			if err := st.forget(ref); err != nil {
				return err
			}
		}
		return nil
	})
}

// dropped goes on to filling. Kinds of which something was dropped that may have
// been readable are asked for anew.
func (st *step) dropped(w standing) error {
	only := clearanceOf(w.Only)
	for _, kind := range w.Strange {
		for _, e := range clearanceOf(w.To) {
			if e.Kind == app.Any || e.Kind == kind {
				only = append(only, app.Extent{Kind: kind, Zone: e.Zone, Org: e.Org, All: e.All})
			}
		}
	}
	w.Only, w.Step, w.Strange = extentsOf(app.NewClearance(only...)), filling, nil
	w.moveTo(app.Ref{})
	if len(w.Only) == 0 {
		return st.arrive(w)
	}
	return st.stand(w)
}
