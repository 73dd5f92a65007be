package app

import "context"

// Shelf is where records are read from, whether a screen or a program reads them.
type Shelf interface {
	// Get loads one record; a NotFound error if it is not here.
	Get(context.Context, Ref) (Record, error)
	// IDs answers a query with the ids alone, in its order.
	IDs(context.Context, Kind, Query) ([]ID, error)
	// Rows loads records; one that is gone is nil in its place.
	Rows(context.Context, Kind, []ID) ([]Record, error)
}

// Every reads all records that a query finds, in its order, [MaxList] at most.
func Every[T any](ctx context.Context, s Shelf, g *Register[T], q Query) (all []*T, err error) {
	ids, err := s.IDs(ctx, g.about.Kind, q)
	if err != nil {
		return nil, err
	}
	rows, err := s.Rows(ctx, g.about.Kind, ids)
	for _, r := range rows {
		if r != nil {
			all = append(all, any(r).(*T))
		}
	}
	return all, err
}

// pageRows is how many records [Pages] holds at once.
const pageRows = 500

// Pages hands over all records that a query finds, in its order, some at a time: so no
// more are in memory, however many there are. Each page is as it stands when it is read.
func Pages[T any](ctx context.Context, s Shelf, g *Register[T], q Query, take func([]*T) error) error {
	q.Limit = pageRows
	for {
		ids, err := s.IDs(ctx, g.about.Kind, q)
		if err != nil {
			return err
		}
		rows, err := s.Rows(ctx, g.about.Kind, ids)
		if err != nil {
			return err
		}
		var page []*T
		for _, r := range rows {
			if r != nil {
				page, q.After = append(page, any(r).(*T)), g.mark(r, q.Sort)
			}
		}
		if err := take(page); err != nil || len(ids) < pageRows || len(page) == 0 {
			return err
		}
	}
}

// mark is where a record stands in the order of a field; of none: in that of creation.
func (g *Register[T]) mark(r Record, field string) *Mark {
	m := &Mark{ID: r.Meta().Ref.ID}
	if s, ok := SpecOf(g, field); ok {
		m.Key = g.Column(r, field).SQL(s.Type)
	}
	return m
}
