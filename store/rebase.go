package store

import (
	"maps"
	"slices"

	"daicho/app"
)

// rowSet is a set of records.
type rowSet map[app.Ref]bool

// rebase undoes what is pending on the rows given, takes in what the server says
// of them, and shows again what is still pending, in the order of the journal.
func (st *step) rebase(dirty rowSet, take func() error) error {
	pending, err := st.undo(dirty)
	if err != nil {
		return err
	}
	if err := take(); err != nil {
		return err
	}
	for {
		if err := st.unshow(); err != nil {
			return err
		}
		more, err := st.replay(pending, dirty)
		if err != nil || len(more) == 0 {
			return err
		}
		maps.Copy(dirty, more)
		if pending, err = st.undo(dirty); err != nil {
			return err
		}
	}
}

// undo puts rows back to what the server confirmed and lists the pending
// changes that concern them. A change that concerned another row too pulls that
// row in, and all that is pending on it: dirty grows to the closure.
func (st *step) undo(dirty rowSet) (pending []uint64, err error) {
	found := map[uint64]bool{}
	todo := slices.Collect(maps.Keys(dirty))
	held, known, err := st.held()
	if err != nil {
		return nil, err
	}
	for len(todo) > 0 {
		ref := todo[0]
		todo = todo[1:]
		if known && !held[ref] {
			continue
		}
		if err := st.restore(ref); err != nil {
			return nil, err
		}
		seqs, err := st.numbers("SELECT seq FROM touched WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
		if err != nil {
			return nil, err
		}
		for _, seq := range seqs {
			if found[seq] {
				continue
			}
			found[seq] = true
			others, err := st.touchedBy(seq)
			if err != nil {
				return nil, err
			}
			for _, r := range others {
				if !dirty[r] {
					dirty[r] = true
					todo = append(todo, r)
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// heldMost is how many rows under pending changes are looked at together.
const heldMost = 5_000

// held are the rows in which pending changes are shown, or which one concerns; not
// known if they are very many. A page of the order is mostly about others.
func (st *step) held() (held rowSet, known bool, err error) {
	refs, err := st.refs("SELECT kind, id FROM touched UNION SELECT kind, id FROM confirmed LIMIT ?", heldMost)
	held = rowSet{}
	for _, ref := range refs {
		held[ref] = true
	}
	return held, len(refs) < heldMost, err
}

// restore goes back to what the server confirmed of a row, if pending changes are
// shown in it. The row is written later, see unshow.
func (st *step) restore(ref app.Ref) error {
	key := []any{string(ref.Kind), ref.ID[:]}
	var doc []byte
	var gsn int64
	there, err := st.one("SELECT doc, gsn FROM confirmed WHERE kind = ? AND id = ?", key, &doc, &gsn)
	if err != nil || !there {
		return err
	}
	st.restored[ref] = Row{ref, gsn, doc}
	return st.exec("DELETE FROM confirmed WHERE kind = ? AND id = ?", key...)
}

// unshow writes the rows that went back to what was confirmed. Most verdicts
// confirm what is shown: whoever puts such a row before this is called writes it
// once, and not what stands as it stood.
func (st *step) unshow() error {
	for _, ref := range slices.SortedFunc(maps.Keys(st.restored), byID) {
		r := st.restored[ref]
		if err := st.put(ref, r.GSN, r.Doc); err != nil {
			return err
		}
	}
	return nil
}

// Row is part of [app.View]: a row as it stands in this transaction.
func (st *step) Row(ref app.Ref) (app.Doc, int64, error) {
	if r, there := st.restored[ref]; there {
		return r.Doc, r.GSN, nil
	}
	return st.reader.Row(ref)
}

func (st *step) touchedBy(seq uint64) ([]app.Ref, error) {
	return st.refs("SELECT kind, id FROM touched WHERE seq = ?", int64(seq))
}

// free lets go of the rows that a change touched, and adds them to dirty.
func (st *step) free(seq uint64, dirty rowSet) error {
	refs, err := st.touchedBy(seq)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		dirty[ref] = true
	}
	return st.exec("DELETE FROM touched WHERE seq = ?", int64(seq))
}

// replay shows pending changes again. One that no longer passes stays pending
// all the same: the server will say why. One whose key is not here waits for it. If a change now touches a row that it
// did not touch before, and others wait on that row, the order of things there
// may be wrong: such rows are returned, to be undone and replayed too.
func (st *step) replay(pending []uint64, dirty rowSet) (rowSet, error) {
	more := rowSet{}
	for _, seq := range pending {
		c, whole, err := st.change(seq)
		if err != nil {
			return nil, err
		}
		if err := st.exec("DELETE FROM touched WHERE seq = ?", int64(seq)); err != nil {
			return nil, err
		}
		done := deed{touched: rowSet{c.Ref: true}}
		if whole {
			done, err = st.decide(c)
		}
		if err != nil && !refused(err) {
			return nil, err
		}
		for ref := range done.touched {
			if err := st.reach(ref, dirty, more); err != nil {
				return nil, err
			}
		}
		if err := st.show(seq, done); err != nil {
			return nil, err
		}
	}
	return more, nil
}

// reach notes that a replayed change gets to a row.
func (st *step) reach(ref app.Ref, dirty, more rowSet) error {
	if dirty[ref] {
		return nil
	}
	waiting, err := st.one("SELECT 1 FROM touched WHERE kind = ? AND id = ? LIMIT 1", []any{string(ref.Kind), ref.ID[:]}, new(int))
	if waiting {
		more[ref] = true
	} else {
		dirty[ref] = true // nobody waits there: it is in order from the start
	}
	return err
}
