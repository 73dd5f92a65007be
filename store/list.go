package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"daicho/app"
	"daicho/store/bigram"
)

// List reads one page of records, as they stood at one moment, and where the
// next page begins; nil at the end. A page holds at most [app.MaxList] rows.
func (s *Replica) List(ctx context.Context, kind app.Kind, q app.Query) (recs []app.Record, next *app.Mark, err error) {
	t, q, err := s.asked(kind, q)
	if err != nil {
		return nil, nil, err
	}
	text, args, err := t.page(q, "id, gsn, doc, %s")
	if err != nil {
		return nil, nil, err
	}
	var last app.Mark
	err = s.read(ctx, func(r *reader) error {
		return r.each(whole(text), args, func(scan func(...any) error) error {
			if len(recs) == q.Limit { // one more than asked for: there is a next page
				next = &last
				return nil
			}
			rec, mark, err := t.scan(scan)
			recs, last = append(recs, rec), mark
			return err
		})
	})
	if err != nil {
		return nil, nil, err
	}
	return recs, next, nil
}

// asked finds the table of a query, and puts in what is known only now: who
// asks, what day it is, and how long a list may be.
func (s *Replica) asked(kind app.Kind, q app.Query) (*table, app.Query, error) {
	t := s.tables[kind]
	if t == nil {
		_, err := s.book.Registers.Of(kind)
		return nil, q, err
	}
	if q.Limit <= 0 || q.Limit > app.MaxList {
		q.Limit = app.MaxList
	}
	q, err := q.Resolve(t.g, s.Actor(), s.clock())
	return t, q, err
}

// whole makes a statement find all its rows before it gives the first one: a
// context ends SQLite's work only until then. The order stays, for what has a
// limit keeps its own.
func whole(text string) string {
	return "WITH page AS MATERIALIZED (" + text + ") SELECT * FROM page"
}

// Plan is how SQLite would read a page, in its own words: which index serves
// it, and what must be sorted. Tests hold named lists to one index each.
func (s *Replica) Plan(ctx context.Context, kind app.Kind, q app.Query) (lines []string, err error) {
	t, q, err := s.asked(kind, q)
	if err != nil {
		return nil, err
	}
	text, args, err := t.page(q, "id, gsn, doc, %s")
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(r *reader) error {
		return r.each("EXPLAIN QUERY PLAN "+text, args, func(scan func(...any) error) error {
			var line string
			err := scan(new(int), new(int), new(int), &line)
			lines = append(lines, line)
			return err
		})
	})
	return lines, err
}

// List reads one page of records of a known kind.
func List[T any](ctx context.Context, s *Replica, g *app.Register[T], q app.Query) ([]*T, *app.Mark, error) {
	recs, next, err := s.List(ctx, g.About().Kind, q)
	list := make([]*T, len(recs))
	for i, r := range recs {
		list[i] = any(r).(*T)
	}
	return list, next, err
}

// scan reads one row of a page.
func (t *table) scan(scan func(...any) error) (app.Record, app.Mark, error) {
	var id, doc []byte
	var gsn int64
	var key any
	if err := scan(&id, &gsn, &doc, &key); err != nil {
		return nil, app.Mark{}, err
	}
	ref, err := refOf(string(t.kind), id)
	if err != nil {
		return nil, app.Mark{}, err
	}
	rec := t.g.New()
	return rec, app.Mark{Key: key, ID: ref.ID}, t.g.Load(rec, ref, gsn, doc)
}

// page writes the statement of one page, with one row more than asked for. In
// columns, %s stands for what the page is sorted by.
func (t *table) page(q app.Query, columns string) (text string, args []any, err error) {
	where, args, err := t.where(q, t.steer(q))
	if err != nil {
		return "", nil, err
	}
	key, order, dir, op := "NULL", "id", "ASC", ">"
	if q.Desc {
		dir, op = "DESC", "<"
	}
	if q.Sort != "" {
		f, err := t.column(q.Sort)
		if err != nil {
			return "", nil, err
		}
		key = quote(f.Name)
		order = fmt.Sprintf("%s %s, id", key, dir)
	}
	switch {
	case q.After == nil:
	case q.Sort == "":
		where, args = append(where, "id "+op+" ?"), append(args, q.After.ID[:])
	default:
		where, args = append(where, fmt.Sprintf("(%s, id) %s (?, ?)", key, op)), append(args, q.After.Key, q.After.ID[:])
	}
	return fmt.Sprintf("SELECT %s FROM %s%s ORDER BY %s %s LIMIT %d",
		strings.Replace(columns, "%s", key, 1), quote(string(t.kind)), and(where), order, dir, q.Limit+1), args, nil
}

func and(where []string) string {
	if len(where) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(where, " AND ")
}

var operators = []string{"=", "<>", "<", "<=", ">", ">="}

// where writes what a query asks of a row. SQLite may look for an index for
// the fields that byIndex says; a plus keeps it from others.
func (t *table) where(q app.Query, byIndex func(app.Spec) bool) (where []string, args []any, err error) {
	for _, c := range q.Where {
		f, err := t.column(c.Field)
		if err != nil {
			return nil, nil, err
		}
		if !slices.Contains(operators, c.Op) || !fits(f, c) {
			return nil, nil, badCondition(c.Field)
		}
		name := quote(f.Name)
		if !byIndex(f) {
			name = "+" + name
		}
		if several, is := c.Value.([]string); is {
			where = append(where, name+" IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(several)), ", ")+")")
			for _, one := range several {
				args = append(args, one)
			}
			continue
		}
		if i := slices.IndexFunc(f.Choices, func(o app.Choice) bool { return o.Value == c.Value }); i >= 0 {
			where = append(where, fmt.Sprintf("%s %s %s", name, c.Op, literal(f.Choices[i].Value)))
			continue
		}
		where, args = append(where, fmt.Sprintf("%s %s ?", name, c.Op)), append(args, c.Value)
	}
	if match := bigram.Query(q.Find); match != "" {
		where = append(where, "id IN (SELECT id FROM search JOIN searched ON searched.row = search.rowid WHERE search MATCH ? AND kind = ?)")
		args = append(args, match, string(t.kind))
	}
	return where, args, nil
}

// literal writes a choice of a register into a statement, so that SQLite knows
// at once which partial index serves it. What people type is always an argument.
func literal(choice string) string { return "'" + strings.ReplaceAll(choice, "'", "''") + "'" }

// fits says whether the value of a condition is of the type that the column holds.
func fits(f app.Spec, c app.Cond) bool {
	_, number := app.Value(nil).SQL(f.Type).(int64)
	switch c.Value.(type) {
	case int64:
		return number
	case string:
		return !number
	case []string:
		return !number && c.Op == "="
	}
	return false
}

func badCondition(field string) error {
	return app.Refuse(app.Invalid, field, "この絞り込みの条件は使えません。条件を選び直してください。",
		"cannot be filtered like this: take =, <>, <, <=, > or >= and a value of the field's own type")
}

// Count is how many records match: exact without a filter, from the counter;
// with one at most [app.MaxList]+1, which says more than a list can hold.
func (s *Replica) Count(ctx context.Context, kind app.Kind, q app.Query) (n int, err error) {
	err = s.read(ctx, func(r *reader) error {
		n, err = r.count(kind, q)
		return err
	})
	return n, err
}

func (r *reader) count(kind app.Kind, q app.Query) (n int, err error) {
	t, q, err := r.s.asked(kind, q)
	if err != nil {
		return 0, err
	}
	text, args := "SELECT n FROM counter WHERE kind = ?", []any{string(kind)}
	if len(q.Where) > 0 || bigram.Query(q.Find) != "" {
		var where []string
		if where, args, err = t.where(q, t.steer(app.Query{})); err != nil {
			return 0, err
		}
		text = fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s%s LIMIT %d)", quote(string(kind)), and(where), app.MaxList+1)
	}
	_, err = r.one(text, args, &n)
	return n, err
}
