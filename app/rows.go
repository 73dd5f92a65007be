package app

import (
	"slices"
	"strings"
)

// Rows is a list of small records with fields of their own; the first column
// is each row's key, and edits of different rows merge. Rows have no life of
// their own: what is numbered, assigned or approved alone is a record that
// links back.
func Rows[T, E any](name, ja, en string, at func(*T) *[]E, columns ...Field[E]) Field[T] {
	f := field(name, ja, en, TRows, at, listCodec(rowCodec(columns), "\n")).Merge(Keyed)
	for _, c := range columns {
		f.Columns = append(f.Columns, c.Spec)
	}
	return f
}

func rowCodec[E any](columns []Field[E]) codec[E] {
	byName := slices.Clone(columns)
	slices.SortFunc(byName, func(a, b Field[E]) int { return before(a.Name, b.Name) })
	return codec[E]{
		append: func(b []byte, e E) []byte {
			var patch []Cell
			for _, f := range byName {
				patch = append(patch, Cell{Field: f.Name, Now: f.append(nil, &e)})
			}
			return append(b, Doc(nil).Patch(patch)...)
		},
		read: func(v Value) (e E, err error) {
			if err = Doc(v).Check(); err != nil {
				return e, err
			}
			for _, f := range columns {
				if err = f.read(Doc(v).Get(f.Name), &e); err != nil {
					return e, err
				}
			}
			return e, nil
		},
		text:  func(e E, lang Lang) string { return rowText(columns, e, lang) },
		parse: func(s string) (E, error) { return parseRow(columns, s) },
	}
}

// keepColumns puts into rows what a later version wrote beside the columns that
// this one knows. Rows are told apart as in a merge.
func keepColumns(s Spec, was, now Value) Value {
	w, err1 := keyedItems(was, keyOf(s))
	n, err2 := keyedItems(now, keyOf(s))
	if err1 != nil || err2 != nil || len(w.order) == 0 {
		return now
	}
	rows := make([]Value, len(n.order))
	for i, k := range n.order {
		cells := make([]Cell, len(s.Columns))
		for j, c := range s.Columns {
			cells[j] = Cell{Field: c.Name, Now: Doc(n.item[k]).Get(c.Name)}
		}
		rows[i] = Value(Doc(w.item[k]).Patch(cells))
	}
	return arrayOf(rows)
}

var rowEscape = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "\n", `\n`)

func rowText[E any](columns []Field[E], e E, lang Lang) string {
	s := make([]string, len(columns))
	for i, f := range columns {
		s[i] = rowEscape.Replace(f.text(&e, lang))
	}
	return strings.Join(s, "|")
}

func parseRow[E any](columns []Field[E], s string) (e E, err error) {
	for i, part := range splitRow(s) {
		if i >= len(columns) {
			return e, Refuse(Invalid, "", "列が多すぎます。「|」で区切る列の数を確かめてください。", "too many columns in a row; write \\| for a bar in a text")
		}
		if err = columns[i].parse(&e, part); err != nil {
			return e, err
		}
	}
	return e, nil
}

// splitRow cuts at bars that no backslash escapes.
func splitRow(s string) (parts []string) {
	var b strings.Builder
	escaped := false
	for _, r := range s {
		switch {
		case escaped:
			b.WriteRune(pick(r == 'n', '\n', r))
			escaped = false
		case r == '\\':
			escaped = true
		case r == '|':
			parts = append(parts, b.String())
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	return append(parts, b.String())
}
