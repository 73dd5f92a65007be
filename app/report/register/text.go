package register

import (
	"encoding/json"
	"strconv"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
)

// style is how a paper writes days and moments.
type style struct {
	day    func(civil.Date) string
	moment func(app.Stamp) string
}

var (
	// short is for the cells of lists: R8.11.20 14:02.
	short = style{civil.Date.WarekiShort, func(s app.Stamp) string {
		t := s.Time()
		return civil.DateOf(t).WarekiShort() + " " + civil.Clock(t)
	}}
	// long is for forms: 令和8年11月20日（金）14:02.
	long = style{civil.Date.WarekiWeekday, func(s app.Stamp) string { return civil.Moment(s.Time()) }}
)

// text is one field on paper; a link is what it points to, as far as that is known.
func text(g app.AnyRegister, r app.Record, s app.Spec, st style, names app.Names) string {
	v := g.Column(r, s.Name)
	switch s.Type {
	case app.TDay, app.TTime:
		return st.date(s.Type, v.Int())
	case app.TFiles:
		return fileNames(v.Blobs())
	case app.TLink, app.TLinks:
		if known := app.ShowNamed(g, s.Name, v, names, app.JA); known != "" {
			return known
		}
	}
	return g.Show(r, s.Name, app.JA)
}

// date writes a day or a moment; zero is not entered.
func (st style) date(t app.Type, n int64) string {
	switch {
	case n == 0:
		return ""
	case t == app.TDay:
		return st.day(app.Day(n).Civil())
	}
	return st.moment(app.Stamp(n))
}

// fileNames lists attachments with their sizes, one a line.
func fileNames(blobs []app.Blob) string {
	lines := make([]string, len(blobs))
	for i, b := range blobs {
		lines[i] = b.Name + "（" + kilobytes(b.Size) + "）"
	}
	return strings.Join(lines, "\n")
}

// kilobytes rounds up, so that no file is said to have nothing in it.
func kilobytes(size int64) string { return strconv.FormatInt((size+1023)/1024, 10) + " KB" }

// nested is the table of rows that lie in one field.
func nested(s app.Spec, v app.Value) report.Table {
	t := report.Table{Title: s.Label.JA}
	for i, c := range s.Columns {
		col := column(c)
		if i == 0 {
			col.Weight /= 2 // the key of a row is short
		}
		t.Columns = append(t.Columns, col)
	}
	for _, fields := range rowsOf(v) {
		row := make([]string, len(s.Columns))
		for i, c := range s.Columns {
			row[i] = cellOf(c, fields[c.Name])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// rowsOf reads nested rows by the names of their columns; none if the value
// holds something else.
func rowsOf(v app.Value) (rows []map[string]any) {
	d := json.NewDecoder(strings.NewReader(v.JSON()))
	d.UseNumber()
	if d.Decode(&rows) != nil {
		return nil
	}
	return rows
}

func cellOf(s app.Spec, v any) string {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if err == nil && (s.Type == app.TDay || s.Type == app.TTime) {
			return short.date(s.Type, n)
		}
		return v.String()
	case bool:
		return "○"
	case string:
		return choiceLabel(s, v)
	}
	return ""
}

func choiceLabel(s app.Spec, value string) string {
	for _, c := range s.Choices {
		if c.Value == value {
			return c.Label.JA
		}
	}
	return value
}
