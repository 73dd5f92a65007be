package store

import (
	"context"
	"database/sql"
	"slices"

	"daicho/app"
)

// postponeFrom is how many records of a kind must come at once before it is worth
// while to go without indexes.
const postponeFrom = 500

// postpone drops the indexes by which people sort, and notes how they are made:
// keeping them up costs a filling a third of its time, and each is made faster at one
// stroke. Until then such a sort reads the whole register. The indexes of
// named lists stay, since a list is what people open first.
func (st *step) postpone(t *table) error {
	type index struct{ name, made, columns string }
	var all []index
	err := st.each(`SELECT l.name, m.sql, (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno))
		FROM pragma_index_list(?) l JOIN sqlite_schema m ON m.name = l.name WHERE l.origin = 'c' AND NOT l.partial`,
		[]any{string(t.kind)}, func(scan func(...any) error) error {
			var i index
			err := scan(&i.name, &i.made, &i.columns)
			all = append(all, i)
			return err
		})
	for _, i := range all {
		if err == nil && t.onlySorts(i.columns) {
			err = st.exec("INSERT INTO postponed VALUES (?, ?)", i.name, i.made)
			if err == nil {
				err = st.exec("DROP INDEX " + quote(i.name))
			}
		}
	}
	return err
}

// onlySorts says whether an index serves no named list, only who sorts by a column.
func (t *table) onlySorts(columns string) bool {
	return slices.ContainsFunc(t.indexed, func(f app.Spec) bool { return columns == f.Name+",id" }) &&
		!slices.ContainsFunc(t.g.About().Filters, func(f app.Filter) bool { return columns == f.Sort+",id" })
}

// makePostponed makes the indexes that a filling went without, each for itself:
// killed or cancelled, it goes on when it is called again. Mostly there are none, and
// nothing is written.
func (s *Replica) makePostponed(ctx context.Context) error {
	var names []string
	err := s.read(ctx, func(r *reader) error {
		return r.each("SELECT name FROM postponed ORDER BY name", nil, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			names = append(names, name)
			return err
		})
	})
	for _, name := range names {
		if err == nil {
			err = s.transact(ctx, func(st *step) error { return st.makePostponed(name) })
		}
	}
	return err
}

func (st *step) makePostponed(name string) error {
	var made string
	waits, err := st.one("SELECT made FROM postponed WHERE name = ?", []any{name}, &made)
	if err != nil || !waits { // another process made it
		return err
	}
	if err = st.exec(made); err != nil {
		return err
	}
	return st.exec("DELETE FROM postponed WHERE name = ?", name)
}

// postponedSince is the migration of the core that can note what is postponed.
const postponedSince = 7

// makeAllPostponed makes them before a migration, which may be about one of them.
func makeAllPostponed(tx *sql.Tx) error {
	rows, err := tx.Query("SELECT made FROM postponed")
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var made string
		if err := rows.Scan(&made); err != nil {
			return err
		}
		all = append(all, made)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, made := range append(all, "DELETE FROM postponed") {
		if _, err := tx.Exec(made); err != nil {
			return err
		}
	}
	return nil
}
