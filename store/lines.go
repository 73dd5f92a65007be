package store

import (
	"context"

	"daicho/app"
)

// IDs answers a query with the ids alone, in its order, at most
// [app.MaxList]: what a long list holds while it asks for the rows in sight.
func (s *Replica) IDs(ctx context.Context, kind app.Kind, q app.Query) (ids []app.ID, err error) {
	t, q, err := s.asked(kind, q)
	if err != nil {
		return nil, err
	}
	text, args, err := t.page(q, "id")
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(r *reader) error {
		return r.each(whole(text), args, func(scan func(...any) error) error {
			var id []byte
			if err := scan(&id); err != nil || len(ids) == q.Limit {
				return err
			}
			ref, err := refOf(string(kind), id)
			ids = append(ids, ref.ID)
			return err
		})
	})
	return ids, err
}

// Rows loads records as they stood at one moment; one that is gone is nil in
// its place.
func (s *Replica) Rows(ctx context.Context, kind app.Kind, ids []app.ID) ([]app.Record, error) {
	recs := make([]app.Record, len(ids))
	err := s.read(ctx, func(r *reader) error {
		for i, id := range ids {
			rec, err := r.load(app.Ref{Kind: kind, ID: id})
			if err != nil && !app.IsCode(err, app.NotFound) {
				return err
			}
			if err == nil {
				recs[i] = rec
			}
		}
		return nil
	})
	return recs, err
}

// Linked names the records that link to one.
func (s *Replica) Linked(ctx context.Context, ref app.Ref) ([]Hit, error) {
	var refs []app.Ref
	err := s.read(ctx, func(r *reader) (err error) {
		refs, err = r.refs("SELECT from_kind, from_id FROM link WHERE to_kind = ? AND to_id = ? ORDER BY from_kind, from_id", string(ref.Kind), ref.ID[:])
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Names(ctx, refs)
}

// Names gives each reference the number and title of its record; of one that
// is not here, neither.
func (s *Replica) Names(ctx context.Context, refs []app.Ref) ([]Hit, error) {
	hits := make([]Hit, len(refs))
	err := s.read(ctx, func(r *reader) error {
		for i, ref := range refs {
			h, known, err := r.hit(ref, nil)
			if err != nil && !app.IsCode(err, app.NotFound) {
				return err
			}
			if hits[i].Ref = ref; known && err == nil {
				hits[i] = h
			}
		}
		return nil
	})
	return hits, err
}
