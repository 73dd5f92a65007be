package server

import (
	"fmt"
	"strings"
)

// sealedColumns are the columns that PostgreSQL holds sealed, by table, with the
// key of the row that each value is bound to.
var sealedColumns = map[string]struct{ key, columns []string }{
	"standing":      {[]string{"device"}, []string{"lost_by", "reason"}},
	"credential":    {[]string{"person"}, []string{"password", "totp", "recovery"}},
	"impounded_key": {[]string{"device", "subject", "key_id"}, []string{"key"}},
	"subject_key":   {[]string{"subject", "key_id"}, []string{"key"}},
	"record":        {[]string{"kind", "id"}, []string{"doc", "ticks"}},
	"log":           {[]string{"gsn"}, []string{"body", "outcome"}},
	"person":        {[]string{"id"}, []string{"name"}},
	"device":        {[]string{"id"}, []string{"name"}},
	"setting":       {[]string{"name"}, []string{"value"}},
	"held":          {[]string{"device", "first"}, []string{"segment"}},
	"impounded":     {[]string{"device", "first", "head"}, []string{"segment"}},
}

// table is what a backup says before the rows of one.
type table struct {
	Name    string   `cbor:"1,keyasint"`
	Columns []string `cbor:"2,keyasint"`

	text map[string]bool // columns of text; PostgreSQL has none
}

// value is a column as it comes: a number or bytes.
type value struct{ any }

// Scan makes it a sql.Scanner.
func (v *value) Scan(from any) error {
	switch x := from.(type) {
	case int64:
		v.any = x
	case int32:
		v.any = int64(x)
	case string:
		v.any = []byte(x)
	case []byte:
		v.any = append([]byte{}, x...)
	default:
		return fmt.Errorf("column of %T", from)
	}
	return nil
}

// tables are those that a backup holds, with their columns as the migrations made them.
func (t *sqlTx) tables() (list []table, err error) {
	query := "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid"
	if t.vault != nil {
		query = `SELECT CAST(table_name AS varchar), CAST(column_name AS varchar), CAST(data_type AS varchar) FROM information_schema.columns
			WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`
	}
	err = t.each(query, nil, func(scan func(...any) error) (bool, error) {
		var name, column, kind value
		if err := scan(&name, &column, &kind); err != nil {
			return false, err
		}
		n, c := string(name.any.([]byte)), string(column.any.([]byte))
		if n == "migration" || n == "writer" {
			return true, nil
		}
		if len(list) == 0 || list[len(list)-1].Name != n {
			list = append(list, table{Name: n, text: map[string]bool{}})
		}
		last := &list[len(list)-1]
		last.Columns, last.text[c] = append(last.Columns, c), string(kind.any.([]byte)) == "TEXT"
		return true, nil
	})
	return list, err
}

// rowsOf gives each row of a table, opened.
func (t *sqlTx) rowsOf(of table, give func([]any) error) error {
	return t.each("SELECT "+strings.Join(of.Columns, ", ")+" FROM "+of.Name, nil, func(scan func(...any) error) (bool, error) {
		cells, into := make([]value, len(of.Columns)), make([]any, len(of.Columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := scan(into...); err != nil {
			return false, err
		}
		row := make([]any, len(cells))
		for i := range cells {
			row[i] = cells[i].any
		}
		if err := t.bare(of, row); err != nil {
			return false, err
		}
		return true, give(row)
	})
}

// bare opens what is sealed in a row.
func (t *sqlTx) bare(of table, row []any) error {
	if t.vault == nil {
		return nil
	}
	s := sealedColumns[of.Name]
	for _, c := range s.columns {
		i := of.at(c)
		sealed, _ := row[i].([]byte)
		plain, err := t.vault.open(of.Name+"."+c, sealed, of.pick(row, s.key))
		if err != nil {
			return err
		}
		row[i] = column(plain)
	}
	return nil
}

// putRow writes a row as it was, sealed where that must be.
func (t *sqlTx) putRow(of table, text map[string]bool, row []any) error {
	out := make([]any, len(row))
	for i, v := range row {
		switch x := v.(type) {
		case []byte:
			if text[of.Columns[i]] {
				v = string(x)
			}
		case uint64:
			v = int64(x)
		}
		out[i] = v
	}
	s := sealedColumns[of.Name]
	key := of.pick(out, s.key)
	for _, c := range s.columns {
		if i := of.at(c); i >= 0 {
			out[i] = t.seal(of.Name+"."+c, out[i], key...)
		}
	}
	return t.insert(of.Name, strings.Join(of.Columns, ", "), out...)
}

func (of *table) at(column string) int {
	for i, c := range of.Columns {
		if c == column {
			return i
		}
	}
	return -1
}

func (of *table) pick(row []any, columns []string) (key []any) {
	for _, c := range columns {
		if i := of.at(c); i >= 0 {
			key = append(key, row[i])
		}
	}
	return key
}
