package server

import (
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

// Rows tells a device records as they stand, as far as its person may read them.
func (s *Sequencer) Rows(ctx context.Context, device app.ID, p *wire.Rows, at app.Stamp) (*wire.RowsPage, error) {
	if len(p.Refs) > wire.PageChanges {
		return nil, errTooMuch
	}
	out := &wire.RowsPage{}
	err := s.ask(ctx, device, p.Epoch, at, func(a *asking) error {
		out.Head = a.head
		if out.Clearance = a.differs(p.Clearance); out.Clearance != nil {
			return nil
		}
		if len(p.Refs) > 0 {
			return a.named(p.Refs, out)
		}
		return a.rows(p, out)
	})
	return out, err
}

// rows are a page of all records that may be read.
func (a *asking) rows(p *wire.Rows, out *wire.RowsPage) (err error) {
	may, err := a.may(p.Only)
	if err != nil {
		return err
	}
	after := refOf(p.After)
	if after.IsZero() {
		if out.Total, err = a.tx.CountRows(may); err != nil {
			return err
		}
	}
	rows, err := a.tx.RowsAfter(after, may, a.pages.rows, wire.RowsBytes)
	if err != nil || len(rows) == 0 {
		return err
	}
	if rows, err = a.unlock(rows, out); err != nil {
		return err
	}
	for _, r := range rows {
		out.Rows = append(out.Rows, wire.Row{Ref: wire.Ref{Kind: string(r.Ref.Kind), ID: r.Ref.ID}, GSN: r.GSN, Doc: r.Doc})
	}
	more, err := a.tx.RowsAfter(rows[len(rows)-1].Ref, may, 1, 0)
	out.More = len(more) > 0
	return err
}

// unlock adds the keys of rows to a page, and leaves out the last rows where
// there are more keys than a message may hold.
func (a *asking) unlock(rows []Row, out *wire.RowsPage) ([]Row, error) {
	keys, err := a.tx.KeysOfRows(naming(a.book.Registers, rows))
	if n := len(rows); err == nil && len(keys) > a.pages.keys && n > 1 {
		return a.unlock(rows[:n/2], out)
	}
	out.Keys = wire.KeysOf(keys)
	return rows, err
}

// naming are the rows that name attachments. Only these need their keys: nothing in
// a row is sealed by itself, and history brings the keys that it takes. Keys are
// what cannot be packed, and would be a quarter of a page.
func naming(book app.Registers, rows []Row) (refs []app.Ref) {
	for _, r := range rows {
		g := book[r.Ref.Kind]
		if g == nil {
			continue
		}
		names := false
		_ = r.Doc.Each(func(name string, v app.Value) { // it was checked when it was written
			name, v = g.Upcast(name, v)
			spec, ok := app.SpecOf(g, name)
			names = names || ok && spec.Type == app.TFiles && len(v.Blobs()) > 0
		})
		if names {
			refs = append(refs, r.Ref)
		}
	}
	return refs
}

func refOf(r wire.Ref) app.Ref { return app.Ref{Kind: app.Kind(r.Kind), ID: r.ID} }

// named are single records. One that may not be read is as one that is not there.
func (a *asking) named(refs []wire.Ref, out *wire.RowsPage) error {
	may, err := a.may(nil)
	if err != nil {
		return err
	}
	size := 0
	for _, ref := range refs {
		row, keys, err := a.one(refOf(ref), may)
		if err != nil {
			return err
		}
		if size += len(row.Doc); size > wire.RowsBytes && len(out.Rows) > 0 {
			out.More = true
			return nil
		}
		out.Rows = append(out.Rows, wire.Row{Ref: ref, GSN: row.GSN, Doc: row.Doc})
		out.Keys = append(out.Keys, wire.KeysOf(keys)...)
	}
	return nil
}

func (a *asking) one(ref app.Ref, may func(app.Scope) bool) (r Row, keys []app.SubjectKey, err error) {
	scope, there, err := a.tx.ScopeAt(ref)
	if err != nil || !there || may != nil && !may(scope) {
		return r, nil, err
	}
	if r.Doc, r.GSN, err = a.tx.Row(ref); err != nil {
		return r, nil, err
	}
	keys, err = a.tx.KeysOf(ref.ID)
	return r, keys, err
}
