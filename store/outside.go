package store

import "daicho/app"

// A server may send what this replica's person may read, and nothing else. Whoever
// is sure of the contrary refuses the whole page: it is a fault of the server, or worse.
var outsideRights = app.Refuse(app.Damaged, "", "サーバーが、この端末の利用者に閲覧権限のない記録を送ってきたため、取り込んでいません。この画面をシステム管理者に知らせてください。端末の変更は失われていません。",
	"the server sent a record that this device's person may not read; nothing was taken in; tell the system administrator; no change on this device is lost")

// bounds judges records by a clearance.
type bounds struct {
	*step
	to    app.Clearance
	whole map[app.Kind]bool // kinds of which all may be read
	nest  bool              // what stands within another record can be judged, too
}

func (st *step) bounds(to app.Clearance, nest bool) *bounds {
	return &bounds{st, to, map[app.Kind]bool{}, nest}
}

// open says whether all of a kind may be read, so that nobody need look.
func (b *bounds) open(kind app.Kind) bool {
	all, known := b.whole[kind]
	if !known {
		all = b.to.Covers(app.Extent{Kind: kind, Zone: app.Any, All: true})
		b.whole[kind] = all
	}
	return all
}

// refuse refuses a record that surely lies outside.
func (b *bounds) refuse(ref app.Ref, doc app.Doc) error {
	if b.open(ref.Kind) || doc.IsEmpty() || !b.understood(ref.Kind, doc) {
		return nil
	}
	v := &within{told: told{b.step}}
	scope, err := b.s.book.ScopeOf(v, ref, doc)
	if err != nil || b.s.tables[scope.Kind] == nil || v.absent || v.asked && !b.nest || b.to.Reads(scope) {
		return err
	}
	return outsideRights
}

// understood says whether this version knows all that a document says: what it does
// not know may be where the record belongs.
func (b *bounds) understood(kind app.Kind, doc app.Doc) bool {
	t := b.s.tables[kind]
	if t == nil {
		return false
	}
	known := true
	err := doc.Each(func(name string, v app.Value) {
		name, _ = t.g.Upcast(name, v)
		_, is := app.SpecOf(t.g, name)
		known = known && is
	})
	return err == nil && known
}

// within sees the records that one stands within, and notes that it was asked for
// one, and that one is not here.
type within struct {
	told
	asked, absent bool
}

// Row is part of [app.View].
func (v *within) Row(ref app.Ref) (app.Doc, int64, error) {
	doc, gsn, err := v.told.Row(ref)
	v.asked, v.absent = true, v.absent || doc.IsEmpty()
	return doc, gsn, err
}

// allowed refuses a page of records as they stand that holds one outside of where
// the replica goes. What they stand within may be of another moment.
func (st *step) allowed(rows []Row, to app.Clearance) error {
	b := st.bounds(to, false)
	for _, r := range rows {
		if err := b.refuse(r.Ref, r.Doc); err != nil {
			return err
		}
	}
	return nil
}

// heldTo refuses a page of the order after which a record that it speaks of lies
// outside of what the replica holds. It has been taken in by then, in this
// transaction. As long as records may be ahead of the order, part of one may be
// here that will be told to be gone, and nobody can judge that.
func (st *step) heldTo(list []news, last int64) error {
	w, err := st.standing()
	if err != nil || w.none || last < w.Ahead {
		return err
	}
	b, seen := st.bounds(clearanceOf(w.Held), true), rowSet{}
	for _, o := range list {
		for _, e := range o.Effects {
			if seen[e.Ref] || e.Gone || b.open(e.Ref.Kind) {
				continue
			}
			seen[e.Ref] = true
			doc, _, err := told{st}.Row(e.Ref)
			if err == nil {
				err = b.refuse(e.Ref, doc)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
