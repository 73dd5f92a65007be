package main

import (
	"io"

	"daicho/app"
)

// most is how wide a column for people gets, in cells of a terminal.
const most = 40

// printTable prints records for people. Where a register gives no numbers, the
// id stands first, for that is how its records are named.
func printTable(w io.Writer, g app.AnyRegister, records []app.Record, columns []string) error {
	specs := tableColumns(g, columns)
	withID := !numbered(records)
	t := table{}
	t.add(tableRow(withID, "ID", specs, func(s app.Spec) string { return s.Label.JA })...)
	for _, r := range records {
		t.add(tableRow(withID, r.Meta().Ref.ID.String(), specs, func(s app.Spec) string {
			return shortened(g.Show(r, s.Name, app.JA), most)
		})...)
	}
	return t.write(w)
}

func tableRow(withID bool, id string, specs []app.Spec, cell func(app.Spec) string) (row []string) {
	if withID {
		row = append(row, id)
	}
	for _, s := range specs {
		row = append(row, cell(s))
	}
	return row
}

// tableColumns are the fields asked for, or those that lists are sorted by.
func tableColumns(g app.AnyRegister, names []string) (out []app.Spec) {
	for _, s := range app.Columns(g, names...) {
		if len(names) > 0 || s.Indexed {
			out = append(out, s)
		}
	}
	return out
}

func numbered(records []app.Record) bool {
	for _, r := range records {
		if r.Meta().Number == "" {
			return false
		}
	}
	return true
}
