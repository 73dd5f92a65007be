// Package csv writes a table of package report as a file for spreadsheets:
// RFC 4180 with a head line, commas and CRLF, in UTF-8 with a byte order mark, by
// which Excel in Japan recognises it, or in CP932 for older programs.
//
// Cells that a spreadsheet would run as a formula are made harmless (Neutralize).
// Use encoding/csv for files that no spreadsheet opens: those must not be changed.
package csv

import (
	"bufio"
	"io"
	"strings"

	"daicho/app/report"
)

// Encoding is the character encoding of a file.
type Encoding int

// The encodings that offices use.
const (
	UTF8  Encoding = iota // with a byte order mark
	CP932                 // Windows-31J, what Windows calls Shift_JIS
)

const byteOrderMark = "\ufeff"

// Write writes the titles of the columns and the rows; short rows are filled with
// empty cells. The table's own title and note are left out. Line ends within
// a cell stay as they are. It returns the characters that the encoding has not,
// which are written as 〓.
func Write(w io.Writer, t report.Table, enc Encoding) ([]report.Missing, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	out := &writer{Writer: bufio.NewWriter(w), enc: enc}
	if enc == UTF8 {
		out.text(byteOrderMark, "")
	}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	out.record(titles, titles)
	for _, row := range t.Rows {
		cells := make([]string, len(titles))
		copy(cells, row)
		out.record(cells, titles)
	}
	return out.census.Missing(), out.Flush()
}

// writer writes records in an encoding. Errors of the file come with Flush.
type writer struct {
	*bufio.Writer
	enc    Encoding
	census report.Census
}

// record writes one line; places of missing characters are named by the first
// cell and the title of the column.
func (w *writer) record(cells, titles []string) {
	for i, cell := range cells {
		if i > 0 {
			w.text(",", "")
		}
		place := titles[i]
		if i > 0 && cells[0] != titles[0] {
			place = cells[0] + " " + place
		}
		w.text(quote(Neutralize(cell)), place)
	}
	w.text("\r\n", "")
}

// text writes s in the encoding.
func (w *writer) text(s, place string) {
	if w.enc == CP932 {
		s = toCP932(s, func(r rune) { w.census.Add(r, place) })
	}
	_, _ = w.WriteString(s) // bufio keeps the error for Flush
}

// quote puts a cell in quotation marks where RFC 4180 asks for them, and where a
// reader might trim it.
func quote(cell string) string {
	if !strings.ContainsAny(cell, "\",\r\n") && strings.TrimSpace(cell) == cell {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}
