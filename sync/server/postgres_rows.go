package server

import (
	"fmt"
	"strconv"
	"strings"
)

// newRows are rows of one table that wait to be inserted together: one
// statement takes each column as an array.
type newRows struct {
	table, columns string
	arrays         []any // []int64 or [][]byte
	count          int
}

func (r *newRows) add(values []any) error {
	if r.arrays == nil {
		r.arrays = make([]any, len(values))
	}
	for i, v := range values {
		switch v := v.(type) {
		case int64:
			all, _ := r.arrays[i].([]int64)
			r.arrays[i] = append(all, v)
		case []byte:
			all, _ := r.arrays[i].([][]byte)
			r.arrays[i] = append(all, v)
		default:
			return fmt.Errorf("table %s: a %T in column %d", r.table, v, i+1)
		}
	}
	r.count++
	return nil
}

// statement inserts them all.
func (r *newRows) statement() string {
	var arrays []string
	for i, a := range r.arrays {
		kind := "bytea[]"
		if _, numbers := a.([]int64); numbers {
			kind = "bigint[]"
		}
		arrays = append(arrays, "$"+strconv.Itoa(i+1)+"::"+kind)
	}
	return "INSERT INTO " + r.table + " (" + r.columns + ") SELECT * FROM unnest(" + strings.Join(arrays, ", ") + ")"
}

// insert keeps a row until the next statement that reads, or the commit.
func (p *pipeline) insert(table, columns string, values ...any) error {
	row, err := parameters(values)
	if err != nil {
		return err
	}
	r := p.rows[table]
	if r == nil {
		r = &newRows{table: table, columns: columns}
		p.rows[table], p.tables = r, append(p.tables, table)
	}
	if err = r.add(row); err != nil || r.count < maxQueued {
		return err
	}
	p.queueRows()
	return p.flush()
}

// queueRows queues the rows that wait.
func (p *pipeline) queueRows() {
	for _, table := range p.tables {
		p.queue(p.rows[table].statement(), p.rows[table].arrays...)
	}
	clear(p.rows)
	p.tables = nil
}
