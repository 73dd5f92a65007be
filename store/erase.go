package store

import (
	"context"
	"errors"
	"slices"

	"daicho/app"
)

// Erasures are records whose personal values the server has erased.
type Erasures struct {
	Refs []app.Ref
	UpTo int64 // number of the last one, as the server counts
}

// Erased is the number of the last erasure that was carried out here, in the order
// that is followed.
func (s *Replica) Erased(ctx context.Context) (n int64, err error) {
	err = s.read(ctx, func(r *reader) error {
		_, err := r.one("SELECT erased FROM cursor", nil, &n)
		return err
	})
	return n, err
}

// Erase is the door for erasures; sync/client alone uses it. In one transaction it
// destroys the records' keys, takes their personal values out of the rows, and lets
// go of their attachments and drafts; then it takes what the files keep of that out of them.
// What is pending on them goes on without these values. It may be done again.
func (s *Replica) Erase(ctx context.Context, e Erasures) error {
	err := s.transact(ctx, func(st *step) error {
		fresh, err := st.bury(e)
		if err != nil {
			return err
		}
		blobs, err := st.blobsOf(fresh)
		if err != nil {
			return err
		}
		if err = st.destroyKeys(fresh); err != nil {
			return err
		}
		for _, ref := range fresh {
			if err = st.dropSettings(ref); err != nil {
				return err
			}
		}
		if err = st.eraseRows(fresh); err != nil {
			return err
		}
		if err = st.destroyBlobs(blobs); err != nil {
			return err
		}
		return st.exec("UPDATE cursor SET erased = max(erased, ?)", e.UpTo)
	})
	if err != nil {
		return err
	}
	return s.purgeForgotten(ctx)
}

// bury notes what was erased, and gives what was not before.
func (st *step) bury(e Erasures) (fresh []app.Ref, err error) {
	for _, ref := range e.Refs {
		n, err := st.count("INSERT INTO erased VALUES (?, ?, ?) ON CONFLICT DO NOTHING", ref.ID[:], string(ref.Kind), e.UpTo)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			fresh = append(fresh, ref)
		}
	}
	if len(fresh) == 0 {
		return nil, nil
	}
	st.noneErased = false
	return fresh, st.setMark(purgeKey)
}

// isErased says whether a subject was erased.
func (r *reader) isErased(subject app.ID) (bool, error) {
	return r.one("SELECT 1 FROM erased WHERE id = ?", []any{subject[:]}, new(int))
}

// destroyKeys empties the keys of subjects, and takes them out of the second copies.
func (st *step) destroyKeys(refs []app.Ref) error {
	gone := map[app.ID]bool{}
	for _, ref := range refs {
		gone[ref.ID] = true
		delete(st.came, ref.ID)
		if err := st.exec("UPDATE subject_key SET key = x'' WHERE subject = ?", ref.ID[:]); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	lists := map[int64][]byte{}
	err := st.each("SELECT seq, keys FROM spare", nil, func(scan func(...any) error) error {
		var seq int64
		var list []byte
		err := scan(&seq, &list)
		if rest := without(list, gone); len(rest) < len(list) {
			lists[seq] = rest
		}
		return err
	})
	for seq, rest := range lists {
		if err == nil {
			err = st.exec("UPDATE spare SET keys = ? WHERE seq = ?", rest, seq)
		}
	}
	return err
}

// without is a list of keys, as [step.spareKeys] writes it, without those of some
// subjects.
func without(list []byte, gone map[app.ID]bool) []byte {
	const one = len(app.ID{}) + 32
	rest := []byte{}
	for ; len(list) >= one; list = list[one:] {
		if !gone[app.ID(list[:len(app.ID{})])] {
			rest = append(rest, list[:one]...)
		}
	}
	return append(rest, list...)
}

// eraseRows takes personal values out of rows, and shows again what is pending on
// them, without such values.
func (st *step) eraseRows(refs []app.Ref) error {
	dirty := rowSet{}
	for _, ref := range refs {
		dirty[ref] = true
	}
	return st.rebase(dirty, func() error {
		if err := st.unshow(); err != nil {
			return err
		}
		for _, ref := range refs {
			if err := st.eraseRow(ref); err != nil {
				return err
			}
		}
		return nil
	})
}

// eraseRow does it in one row. Of a kind that only a newer version knows nobody
// here can tell what is personal: nothing of it stays, unless the server has been
// through it already.
func (st *step) eraseRow(ref app.Ref) error {
	if t := st.s.tables[ref.Kind]; t != nil {
		doc, gsn, err := st.Row(ref)
		if err != nil || doc.IsEmpty() {
			return err
		}
		if doc, err = st.pure(ref, doc); err != nil {
			return err
		}
		return st.put(ref, gsn, doc)
	}
	var doc []byte
	there, err := st.one("SELECT doc FROM deferred_row WHERE kind = ? AND id = ?", []any{string(ref.Kind), ref.ID[:]}, &doc)
	if err != nil || !there {
		return err
	}
	left, err := st.pure(ref, doc)
	if err != nil {
		return err
	}
	return st.exec("UPDATE deferred_row SET doc = ? WHERE kind = ? AND id = ?", []byte(left), string(ref.Kind), ref.ID[:])
}

// known are the cells of fields that this version knows. What a newer one knows not
// to be personal must stay; the line of the order that erases clears the rest.
func known(g app.AnyRegister, cells []app.Cell) []app.Cell {
	return slices.DeleteFunc(cells, func(c app.Cell) bool {
		_, is := app.SpecOf(g, c.Field)
		name, _ := g.Upcast(c.Field, nil)
		return !is && name == c.Field && c.Field != app.ErasedField
	})
}

// purified are records as a server has them, without what was erased.
func (st *step) purified(rows []Row) ([]Row, error) {
	rows = slices.Clone(rows)
	for i, r := range rows {
		var err error
		if rows[i].Doc, err = st.pure(r.Ref, r.Doc); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// pure is a document without personal values, if they were erased: a server that was
// put back to an older state may know less of that.
func (st *step) pure(ref app.Ref, doc app.Doc) (app.Doc, error) {
	if st.noneErased || doc.IsEmpty() {
		return doc, nil
	}
	if some, err := st.one("SELECT 1 FROM erased LIMIT 1", nil, new(int)); err != nil || !some {
		st.noneErased = err == nil
		return doc, err
	}
	if erased, err := st.isErased(ref.ID); err != nil || !erased {
		return doc, err
	}
	t := st.s.tables[ref.Kind]
	switch {
	case t == nil && len(doc.Get(app.ErasedField)) > 0: // the server knew what is personal in it
		return doc, nil
	case t == nil:
		return app.Doc(nil).Patch(app.Erasure(nil, nil)), nil
	}
	return doc.Patch(known(t.g, app.Erasure(t.g, doc))), nil
}

// blobsOf are the attachments that records ever named, as far as is known here. It
// must be asked before their keys are gone.
func (st *step) blobsOf(refs []app.Ref) (ids []app.BlobID, err error) {
	for _, ref := range refs {
		named, err := st.blobs("SELECT blob FROM attached WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
		if err != nil {
			return nil, err
		}
		told, err := st.blobsTold(ref)
		if err != nil {
			return nil, err
		}
		own, err := st.blobsSaid(ref)
		if err != nil {
			return nil, err
		}
		ids = slices.Concat(ids, named, told, own)
	}
	return ids, nil
}

// blobsTold are those of a record's history.
func (st *step) blobsTold(ref app.Ref) (ids []app.BlobID, err error) {
	gsns, err := st.numbers("SELECT gsn FROM history WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
	for _, gsn := range gsns {
		var body []byte
		if _, err = st.one("SELECT body FROM outcome WHERE gsn = ?", []any{int64(gsn)}, &body); err != nil {
			return nil, err
		}
		o, err := app.DecodeOutcome(body, &lenient{SubjectKeys: st.keys()})
		if err != nil {
			return nil, err
		}
		ids = append(ids, st.spokenOf(*o, ref)...)
	}
	return ids, err
}

// blobsSaid are those that own changes of it added.
func (st *step) blobsSaid(ref app.Ref) (ids []app.BlobID, err error) {
	err = st.each("SELECT body FROM journal WHERE kind = ? AND id = ?", []any{string(ref.Kind), ref.ID[:]}, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		some, err := app.BlobsOf(body)
		ids = append(ids, some...)
		return err
	})
	return ids, err
}

// destroyBlobs lets go of attachments, whoever still waits for them. Each is sealed
// to one record, so no other names it. The files follow the commit.
func (st *step) destroyBlobs(ids []app.BlobID) error {
	for _, id := range ids {
		if err := errors.Join(st.exec("DELETE FROM attached WHERE blob = ?", id[:]), st.exec("DELETE FROM blob WHERE id = ?", id[:])); err != nil {
			return err
		}
		st.due = append(st.due, id)
	}
	return nil
}
