package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"daicho/app"
)

// querier is what reads: a transaction of either side.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// reader is one snapshot of the replica: everything read through it stood
// there at one commit.
type reader struct {
	ctx context.Context
	s   *Replica
	sql querier
}

// read runs f over one snapshot.
func (s *Replica) read(ctx context.Context, f func(*reader) error) error {
	tx, err := s.db.Read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return machine(err)
	}
	defer tx.Rollback() // nothing was written
	return machine(f(&reader{ctx, s, tx}))
}

// one reads one row; false if there is none.
func (r *reader) one(query string, args []any, into ...any) (bool, error) {
	err := r.sql.QueryRowContext(r.ctx, query, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls f for every row; scan within f reads its columns. The rows are
// all read before anything else may be asked, so f must only collect.
func (r *reader) each(query string, args []any, f func(scan func(...any) error) error) error {
	rows, err := r.sql.QueryContext(r.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// refs reads rows of kind and id.
func (r *reader) refs(query string, args ...any) (refs []app.Ref, err error) {
	err = r.each(query, args, func(scan func(...any) error) error {
		var kind string
		var id []byte
		if err := scan(&kind, &id); err != nil {
			return err
		}
		ref, err := refOf(kind, id)
		refs = append(refs, ref)
		return err
	})
	return refs, err
}

// numbers reads rows of one whole number.
func (r *reader) numbers(query string, args ...any) (list []uint64, err error) {
	err = r.each(query, args, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		list = append(list, uint64(n))
		return err
	})
	return list, err
}

func refOf(kind string, id []byte) (app.Ref, error) {
	if len(id) != len(app.ID{}) {
		return app.Ref{}, fmt.Errorf("an id of %d bytes in the replica", len(id))
	}
	return app.Ref{Kind: app.Kind(kind), ID: app.ID(id)}, nil
}

// Row is a record's document and version; an empty document if there is none.
func (r *reader) Row(ref app.Ref) (app.Doc, int64, error) {
	t := r.s.tables[ref.Kind]
	if t == nil {
		return nil, 0, nil
	}
	var doc []byte
	var gsn int64
	_, err := r.one(t.get, []any{ref.ID[:]}, &doc, &gsn)
	return doc, gsn, err
}

// Linked are the records of a kind that link to one, in the order of their ids.
func (r *reader) Linked(to app.Ref, from app.Kind) ([]app.Ref, error) {
	return r.refs("SELECT from_kind, from_id FROM link WHERE to_kind = ? AND to_id = ? AND from_kind = ? ORDER BY from_id",
		string(to.Kind), to.ID[:], string(from))
}

// load reads a record of any kind.
func (r *reader) load(ref app.Ref) (app.Record, error) {
	g, err := r.s.book.Registers.Of(ref.Kind)
	if err != nil {
		return nil, err
	}
	doc, gsn, err := r.Row(ref)
	if err != nil {
		return nil, err
	}
	if doc.IsEmpty() {
		return nil, notHere
	}
	rec := g.New()
	return rec, g.Load(rec, ref, gsn, doc)
}
