package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// pour writes the workbook and puts the rows into it one after the other: held as
// cells, 20,000 rows of a register take more than 500 MB, and what excelize writes
// row by row it keeps in files that are not encrypted.
func (b *book) pour(w io.Writer, s Sheet) error {
	frame, err := b.file.WriteToBuffer()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(frame.Bytes()), int64(frame.Len()))
	if err != nil {
		return err
	}
	out := zip.NewWriter(w)
	for _, f := range z.File {
		if err := b.part(out, f, s); err != nil {
			return err
		}
	}
	return out.Close()
}

// part copies a part of the workbook, with its rows if it is a sheet that has some.
func (b *book) part(out *zip.Writer, f *zip.File, s Sheet) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	w, err := out.Create(f.Name)
	if err != nil {
		return err
	}
	rows := b.rowsOf(f.Name, s)
	if rows == nil {
		_, err = io.Copy(w, in)
		return err
	}
	var all bytes.Buffer
	if _, err := all.ReadFrom(in); err != nil {
		return err
	}
	before, after, ok := strings.Cut(strings.Replace(all.String(), "<sheetData/>", "<sheetData></sheetData>", 1), "</sheetData>")
	if !ok {
		return fmt.Errorf("%s has no rows", f.Name)
	}
	if _, err := io.WriteString(w, before); err != nil {
		return err
	}
	if err := rows(w); err != nil {
		return err
	}
	_, err = io.WriteString(w, "</sheetData>"+after)
	return err
}

// rowsOf writes the rows of a sheet: the table is on the first one, the base on the
// last one; nil for every other part.
func (b *book) rowsOf(part string, s Sheet) func(io.Writer) error {
	switch part {
	case "xl/worksheets/sheet1.xml":
		return func(w io.Writer) error { return b.tableRows(w, s) }
	case fmt.Sprintf("xl/worksheets/sheet%d.xml", b.file.SheetCount):
		return func(w io.Writer) error {
			for n, line := range s.Base {
				if err := b.writeRow(w, n+1, line, func(int, string) int { return 0 }); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return nil
}

func (b *book) tableRows(w io.Writer, s Sheet) error {
	for n, row := range s.Table.Rows {
		cells := make([]string, len(s.Table.Columns))
		copy(cells, row)
		style := func(i int, text string) int {
			st := b.styleOf(s.Table.Columns[i])
			if _, is := wholeNumber(text); is && st == b.right {
				return b.number
			}
			return st
		}
		if err := b.writeRow(w, n+2, cells, style); err != nil {
			return err
		}
	}
	return nil
}

// writeRow writes one row; what is in the style of numbers is a number.
func (b *book) writeRow(w io.Writer, n int, cells []string, style func(int, string) int) error {
	var row bytes.Buffer
	fmt.Fprintf(&row, `<row r="%d">`, n)
	for i, text := range cells {
		at, err := excelize.CoordinatesToCellName(i+1, n)
		if err != nil {
			return err
		}
		st := style(i, text)
		number, _ := wholeNumber(text)
		switch {
		case text == "":
			fmt.Fprintf(&row, `<c r="%s" s="%d"/>`, at, st)
		case st == b.number:
			fmt.Fprintf(&row, `<c r="%s" s="%d"><v>%d</v></c>`, at, st, number)
		default:
			fmt.Fprintf(&row, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">`, at, st)
			if err := xml.EscapeText(&row, []byte(escape(Fit(text)))); err != nil {
				return err
			}
			row.WriteString(`</t></is></c>`)
		}
	}
	row.WriteString(`</row>`)
	_, err := row.WriteTo(w)
	return err
}

// escape keeps a text that looks like an escaped character from becoming one.
func escape(s string) string {
	if !escaped.MatchString(s) {
		return s
	}
	return strings.ReplaceAll(s, "_x", "_x005F_x")
}
