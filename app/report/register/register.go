// Package register turns records of any register into tables and forms of
// package report: the list of a register (管理表), the sheet of one record, the
// rows for a spreadsheet.
//
// It works from the register's description alone. Reports that follow from
// several registers, or that reckon, are written by whoever knows them.
package register

import (
	"fmt"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/report"
)

// Rows is the table of records as people type and read them, for a spreadsheet:
// every field, or those named, with days as 2026-11-20.
func Rows(g app.AnyRegister, records []app.Record, fields ...string) report.Table {
	return table(g, records, app.Columns(g, fields...), func(r app.Record, s app.Spec) string {
		return g.Show(r, s.Name, app.JA)
	})
}

// Reading is what a paper says of the records on it beside themselves.
type Reading struct {
	At    time.Time // when they were read
	Names app.Names // of what they link to; nil: nobody knows any
	Which string    // of all records a list holds; empty: all
}

// List is the printed list of a register: A4 landscape, dates by era. Without
// names it has the fields that lists are sorted by; the rest has no room.
func List(g app.AnyRegister, records []app.Record, at Reading, fields ...string) report.Document {
	specs := Listed(g, fields...)
	t := table(g, records, specs, func(r app.Record, s app.Spec) string { return text(g, r, s, short, at.Names) })
	t.Note = strings.TrimSpace(fmt.Sprintf("%s　%d件", at.Which, len(records)))
	title := g.About().Label.JA + "管理表"
	doc := document(g, title, at.At, report.Title{Text: title, At: at.At}, t)
	doc.Landscape = true
	return doc
}

// Sheet is one record as a form: A4 portrait, dates by era, nested rows as
// tables of their own below the form.
func Sheet(g app.AnyRegister, r app.Record, at Reading) report.Document {
	title := g.About().Label.JA + "票"
	var form report.Sheet
	var tables []report.Block
	for _, s := range g.About().Fields {
		if s.Type == app.TRows {
			tables = append(tables, nested(s, g.Column(r, s.Name)))
			continue
		}
		form.Pairs = append(form.Pairs, report.Pair{Label: s.Label.JA, Value: text(g, r, s, long, at.Names), Wide: isWide(s)})
	}
	blocks := append([]report.Block{report.Title{Text: title, At: at.At}, form}, tables...)
	doc := document(g, title, at.At, blocks...)
	doc.Number = r.Meta().Number
	return doc
}

// document adds what every paper of a register says.
func document(g app.AnyRegister, title string, at time.Time, blocks ...report.Block) report.Document {
	about := g.About()
	doc := report.Document{Title: title, Made: at, Blocks: blocks}
	if len(about.Clauses) > 0 {
		source := "仕様書 " + strings.Join(about.Clauses, "、")
		doc.Blocks = append(doc.Blocks, report.Paragraph{Text: source, Style: report.Small})
	}
	if isPersonal(about.Fields) {
		doc.Handling = "取扱注意"
	}
	return doc
}

func table(g app.AnyRegister, records []app.Record, specs []app.Spec, cell func(app.Record, app.Spec) string) (t report.Table) {
	for _, s := range specs {
		c := column(s)
		if isTitle(s) {
			c.Weight *= 2
		}
		t.Columns = append(t.Columns, c)
	}
	for _, r := range records {
		row := make([]string, len(specs))
		for i, s := range specs {
			row[i] = cell(r, s)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Listed are the fields of a list: those named, or those that have room there.
func Listed(g app.AnyRegister, fields ...string) (out []app.Spec) {
	for _, s := range app.Columns(g, fields...) {
		if s.Indexed || len(fields) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func isPersonal(specs []app.Spec) bool {
	for _, s := range specs {
		if s.Personal {
			return true
		}
	}
	return false
}

// isWide says whether a value needs the whole width of a form.
func isWide(s app.Spec) bool {
	return s.Type == app.TLong || s.Type == app.TFiles || s.Type == app.TLinks || isTitle(s)
}

// weights share out the width of a list.
var weights = map[app.Type]float64{
	app.TText: 4, app.TLong: 9, app.TChoice: 3.5, app.TInt: 2, app.TBool: 2, app.TDay: 3, app.TTime: 4,
	app.TLink: 6, app.TLinks: 6, app.TTags: 4, app.TFiles: 5, app.TRows: 9, app.TRaw: 5,
}

func column(s app.Spec) report.Column {
	return report.Column{Title: s.Label.JA, Weight: weights[s.Type], Right: s.Type == app.TInt}
}

// isTitle says whether a field is what a record is called.
func isTitle(s app.Spec) bool { return s.Type == app.TText && s.Required }
