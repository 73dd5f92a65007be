package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"daicho/app"
)

// carried are the tables that nothing else can be made from again. What a
// record of each looks like tells it where the list of tables is damaged; a
// record that is there twice, an old copy beside the present one, is settled by
// what comes after INSERT.
var carried = map[string]struct {
	looks func(v []any) bool
	twice string
}{
	"self":       {func(v []any) bool { return like(v, int64(1), "", 16, 32) }, nothing},
	"spare_self": {func(v []any) bool { return len(v) == 4 && like(v, int64(1), "", 16, 32) }, nothing},
	"spare": {func(v []any) bool {
		return len(v) == 9 && like(v, int64(0), "", 16, "", -1, 32, 32, int64(0), -1) && bodyFits(v)
	}, nothing},
	"cursor": {func(v []any) bool {
		return len(v) >= 4 && len(v) <= 6 && like(v, int64(1), 16, int64(0), int64(0), int64(0))
	},
		"ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, gsn = max(gsn, excluded.gsn), acked = max(acked, excluded.acked), base = max(base, excluded.base)"},
	"setting": {func(v []any) bool { return len(v) == 2 && like(v, "", -1) }, nothing},
	"journal": {func(v []any) bool { return len(v) >= 15 && like(v, int64(0), "", 16, "", -1, 32, 32) && bodyFits(v) },
		"ON CONFLICT (seq) DO UPDATE SET state = excluded.state, gsn = excluded.gsn, verdict = excluded.verdict, code = excluded.code, field = excluded.field, ja = excluded.ja, en = excluded.en WHERE journal.state = 'pending'"},
	"segment": {func(v []any) bool { return len(v) == 4 && like(v, int64(0), int64(0), 32, 64) }, nothing},
	"outcome": {func(v []any) bool { return len(v) == 2 && like(v, int64(0), -1) && isOutcome(v) }, nothing},
	"subject_key": {func(v []any) bool { return len(v) == 4 && like(v, int64(0), 16, 16, -1) },
		"ON CONFLICT DO UPDATE SET key = excluded.key WHERE length(excluded.key) = 0"},
	"erased":    {func(v []any) bool { return len(v) == 3 && like(v, 16, "", int64(0)) }, nothing},
	"directory": {func(v []any) bool { return len(v) == 2 && like(v, 16, "") }, nothing},
	"blob":      {func(v []any) bool { return len(v) >= 2 && like(v, 32, "") && isBlobState(v[1]) }, nothing},
	"cargo": {func(v []any) bool {
		return len(v) == 12 && like(v, int64(0), 16, int64(0), int64(0), 32, 64, 32, -1, 16, int64(0), "", -1)
	}, nothing},
}

// formerly are carried tables by the names that an older program gave them.
var formerly = map[string]string{"person": "directory"}

const nothing = "ON CONFLICT DO NOTHING"

// like says whether values begin as the pattern does: an int64 or a string
// stands for any, a number n for n bytes, -1 for bytes of any length.
func like(v []any, pattern ...any) bool {
	for i, want := range pattern {
		if i == len(v) {
			return false
		}
		ok := false
		switch got := v[i].(type) {
		case int64:
			_, ok = want.(int64)
		case string:
			_, ok = want.(string)
		case []byte:
			n, is := want.(int)
			ok = is && (n < 0 || n == len(got))
		}
		if !ok {
			return false
		}
	}
	return true
}

func bodyFits(v []any) bool {
	sum := app.BodyHash(v[4].([]byte))
	return string(v[5].([]byte)) == string(sum[:])
}

// isOutcome tells an outcome from pieces of the word index, which look alike.
func isOutcome(v []any) bool {
	o, err := app.DecodeOutcome(v[1].([]byte), noKeys{})
	return err == nil && o.GSN == v[0]
}

func isBlobState(v any) bool {
	return slices.Contains([]string{"unsent", "here", "missing"}, v.(string))
}

// noKeys opens nothing: what is sealed reads as if it were erased.
type noKeys struct{}

func (noKeys) Find(app.ID, app.KeyID) (app.SubjectKey, error) { return app.SubjectKey{}, app.ErrErased }
func (noKeys) For(app.ID) (app.SubjectKey, error)             { return app.SubjectKey{}, app.ErrErased }

// tableOf is where a record belongs; empty if it is none that is carried.
func tableOf(of object, v []any) string {
	if now := formerly[of.name]; now != "" && carried[now].looks(v) {
		return now
	}
	if of.name != "" {
		if _, wanted := carried[of.name]; wanted {
			return of.name
		}
		return ""
	}
	for name, c := range carried {
		if c.looks(v) {
			return name
		}
	}
	return ""
}

// carrier writes records of a damaged database into a new one.
type carrier struct {
	s       *Replica
	columns map[string][]string
	waiting []carriedRow
}

type carriedRow struct {
	table  string
	values []any
}

// carryBatch is how many records go into one transaction.
const carryBatch = 1000

func (c *carrier) put(ctx context.Context, table string, values []any) error {
	c.waiting = append(c.waiting, carriedRow{table, values})
	if len(c.waiting) < carryBatch {
		return nil
	}
	return c.flush(ctx)
}

func (c *carrier) flush(ctx context.Context) error {
	err := c.s.transact(ctx, func(st *step) error {
		for _, row := range c.waiting {
			if err := c.insert(st, row); err != nil {
				return err
			}
		}
		return nil
	})
	c.waiting = c.waiting[:0]
	return err
}

// insert writes one record. An older program's has fewer columns than the table
// has now: those that came later take their default.
func (c *carrier) insert(st *step, row carriedRow) error {
	columns, err := c.columnsOf(st, row.table)
	if err != nil {
		return err
	}
	n := min(len(columns), len(row.values))
	return st.exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) %s", row.table, strings.Join(columns[:n], ", "),
		strings.TrimSuffix(strings.Repeat("?, ", n), ", "), carried[row.table].twice), row.values[:n]...)
}

func (c *carrier) columnsOf(st *step, table string) ([]string, error) {
	if c.columns[table] != nil {
		return c.columns[table], nil
	}
	var names []string
	err := st.each("SELECT name FROM pragma_table_info(?) ORDER BY cid", []any{table}, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, quote(name))
		return err
	})
	c.columns[table] = names
	return names, err
}
