package store

import (
	"context"
	"encoding/binary"
	"errors"
	"math"

	"daicho/store/internal/btree"
	"daicho/store/vfs"
)

// wreck is a damaged database, read page by page past SQLite.
type wreck struct {
	*vfs.Salvage
	bad   []int64          // pages that are not what was written
	above map[int64]above  // of each page that another points at
	free  map[int64]bool   // pages that belong to nothing
	roots map[int64]object // first pages of tables and indexes
}

// above says which page points at another, and what is known of it by that.
type above struct {
	page  int64
	after int64 // in a table: the rows below have greater numbers than this
	row   int64 // of a record that goes on in the page
	over  bool  // it is such a page
}

// object is a table or an index.
type object struct{ name, table string }

// schemaTable is SQLite's own list of tables; its first page is page 1.
const schemaTable = "sqlite_schema"

// survey reads every page once and finds out which are bad and what belongs
// together.
func survey(ctx context.Context, s *vfs.Salvage, step func()) (*wreck, error) {
	w := &wreck{Salvage: s, above: map[int64]above{}, free: map[int64]bool{}, roots: map[int64]object{1: {schemaTable, schemaTable}}}
	w.readFree()
	for n := int64(1); n <= s.Pages(); n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := w.look(n); err != nil {
			return nil, err
		}
		step()
	}
	return w, w.readSchema(1)
}

// readFree lists the pages that are in no use: what stands in them is old. The
// list is as long as it can be read.
func (w *wreck) readFree() {
	first, err := w.Page(1)
	if err != nil {
		return
	}
	for next := int64(binary.BigEndian.Uint32(first[32:])); next > 0 && !w.free[next]; {
		w.free[next] = true
		trunk, err := w.Page(next)
		if err != nil {
			return
		}
		n := min(int(binary.BigEndian.Uint32(trunk[4:])), len(trunk)/4-2)
		for i := range n {
			w.free[int64(binary.BigEndian.Uint32(trunk[8+4*i:]))] = true
		}
		next = int64(binary.BigEndian.Uint32(trunk))
	}
}

// look reads one page and remembers what it points at.
func (w *wreck) look(n int64) error {
	bytes, err := w.Page(n)
	if errors.Is(err, vfs.ErrDamaged) {
		if !w.free[n] {
			w.bad = append(w.bad, n)
		}
		return nil
	}
	if err != nil || w.free[n] {
		return err
	}
	p, err := btree.Open(n, bytes)
	if err != nil {
		return nil // where a long record goes on
	}
	w.lookBelow(p)
	w.lookAcross(p)
	return nil
}

func (w *wreck) lookBelow(p btree.Page) {
	if !p.IsInterior() {
		return
	}
	children, err := p.Children()
	if err != nil {
		return
	}
	for _, c := range children {
		w.above[c.N] = above{page: p.N, after: c.After}
	}
}

// lookAcross follows long records to the pages where they go on.
func (w *wreck) lookAcross(p btree.Page) {
	records, err := p.Records()
	if err != nil {
		return
	}
	for _, r := range records {
		from := p.N
		if r.Next > 0 {
			_, _ = r.Values(w.Page, func(n int64) { // a page that cannot be read is met on its own
				w.above[n] = above{page: from, row: r.Row, over: true}
				from = n
			})
		}
	}
}

// readSchema reads the list of tables below a page of it, as far as it can be read.
func (w *wreck) readSchema(n int64) error {
	p, err := w.tree(n)
	if err != nil {
		return nil
	}
	children, err := []btree.Child(nil), error(nil)
	if p.IsInterior() {
		children, err = p.Children()
	}
	for _, c := range children {
		err = errors.Join(err, w.readSchema(c.N))
	}
	records, more := p.Records()
	for _, r := range records {
		v, err := r.Values(w.Page, func(int64) {})
		if err != nil || len(v) < 4 {
			continue
		}
		name, _ := v[1].(string)
		table, _ := v[2].(string)
		if root, is := v[3].(int64); is && root > 0 {
			w.roots[root] = object{name, table}
		}
	}
	return errors.Join(err, more)
}

func (w *wreck) tree(n int64) (btree.Page, error) {
	bytes, err := w.Page(n)
	if err != nil {
		return btree.Page{}, err
	}
	return btree.Open(n, bytes)
}

// owner is what a page belongs to; empty if nobody can say.
func (w *wreck) owner(n int64) object {
	for range w.Pages() {
		a, there := w.above[n]
		if !there {
			break
		}
		n = a.page
	}
	return w.roots[n]
}

// floor is a number that all rows below a page of a table are above.
func (w *wreck) floor(n int64) int64 {
	for range w.Pages() {
		a, there := w.above[n]
		switch {
		case !there:
			return math.MinInt64
		case a.over && a.row > 0:
			return a.row - 1
		case !a.over && a.after > math.MinInt64:
			return a.after
		}
		n = a.page
	}
	return math.MinInt64
}

// each calls f for every record of every page that is in use, those whose table
// is known first. A record that cannot be read to its end is nil.
func (w *wreck) each(ctx context.Context, want func(object) bool, f func(of object, row int64, values []any) error, step func()) error {
	for _, known := range []bool{true, false} {
		for n := int64(1); n <= w.Pages(); n++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			of := w.owner(n)
			if known {
				step()
			}
			if (of.name != "") != known || known && !want(of) || w.free[n] {
				continue
			}
			if err := w.records(n, func(row int64, values []any) error { return f(of, row, values) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// records reads the records of one page; of a bad page, and of one that holds
// none, there are none.
func (w *wreck) records(n int64, f func(row int64, values []any) error) error {
	p, err := w.tree(n)
	if errors.Is(err, vfs.ErrDamaged) || errors.Is(err, btree.ErrShape) {
		return nil
	}
	if err != nil {
		return err
	}
	records, err := p.Records()
	if err != nil {
		return nil
	}
	for _, r := range records {
		values, err := r.Values(w.Page, func(int64) {})
		if err != nil && !errors.Is(err, vfs.ErrDamaged) && !errors.Is(err, btree.ErrShape) {
			return err
		}
		if len(values) > 0 && values[0] == nil && p.IsTable() {
			values[0] = r.Row // SQLite stores a row's number once
		}
		if err := f(r.Row, values); err != nil {
			return err
		}
	}
	return nil
}
