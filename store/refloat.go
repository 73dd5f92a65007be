package store

import (
	"context"

	"daicho/app"
)

// filled says whether the replica was, in part, filled with records as they
// stood: then its order alone does not make them. stood is how far it had
// followed the order.
func (r *repair) filled(ctx context.Context) (filled bool, stood int64, err error) {
	err = r.to.read(ctx, func(q *reader) error {
		w, err := q.standing()
		if err != nil {
			return err
		}
		var base int64
		_, err = q.one("SELECT gsn, base FROM cursor", nil, &stood, &base)
		filled = base > 0 || w.Step != still
		return err
	})
	return filled, stood, err
}

// keepRows takes over the records that can be read, as the server confirmed them,
// with their history, and has the next sync fill the replica anew: what stood on
// bad pages, or has changed since, comes with it.
func (r *repair) keepRows(ctx context.Context, stood int64) error {
	if err := r.rows(ctx, func(of object) bool { return r.to.tables[app.Kind(of.name)] != nil }, 0); err != nil {
		return err
	}
	if err := r.rows(ctx, func(of object) bool { return of.name == "confirmed" }, 1); err != nil {
		return err
	}
	at, ceiling := int64(0), r.ceiling()
	for more := true; more; {
		err := r.to.transact(ctx, func(st *step) (err error) {
			at, more, err = st.recall(at, ceiling)
			return err
		})
		if err != nil {
			return err
		}
	}
	r.found.Again = stood
	return r.to.transact(ctx, func(st *step) error {
		if err := st.exec("UPDATE cursor SET gsn = 0, base = 0"); err != nil {
			return err
		}
		return st.exec("DELETE FROM setting WHERE key = ?", clearanceKey)
	})
}

// rows puts records of tables in their place: kind, where skip is 1, then id,
// version and document.
func (r *repair) rows(ctx context.Context, want func(object) bool, skip int) error {
	var list []Row
	flush := func() error {
		some := list
		list = nil
		return r.to.transact(ctx, func(st *step) error {
			for _, row := range some {
				if err := st.put(row.Ref, row.GSN, row.Doc); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := r.wreck.each(ctx, want, func(of object, _ int64, v []any) error {
		row, ok := r.row(of, v, skip)
		if !ok || row.Doc.Check() != nil {
			return nil
		}
		if list = append(list, row); len(list) < carryBatch {
			return nil
		}
		return flush()
	}, func() {})
	if err != nil {
		return err
	}
	return flush()
}

// row reads a record of a damaged table.
func (r *repair) row(of object, v []any, skip int) (row Row, ok bool) {
	kind := of.name
	if skip == 1 {
		if !like(v, "", 16, int64(0), -1) || len(v) < 4 {
			return row, false
		}
		kind = v[0].(string)
	}
	v = v[min(skip, len(v)):]
	if len(v) < 3 || !like(v, 16, int64(0), -1) || r.to.tables[app.Kind(kind)] == nil {
		return row, false
	}
	return Row{app.Ref{Kind: app.Kind(kind), ID: app.ID(v[0].([]byte))}, v[1].(int64), v[2].([]byte)}, true
}

// recall notes of lines of the order that are here which records they concern.
func (st *step) recall(after, upto int64) (at int64, more bool, err error) {
	list, err := st.lines(after, upto)
	at = after
	for _, n := range list {
		o, err := app.DecodeOutcome(n.body, noKeys{})
		if err != nil {
			return at, false, err
		}
		if err := st.remember(*o); err != nil {
			return at, false, err
		}
		at = o.GSN
	}
	return at, len(list) == foldBatch, err
}
