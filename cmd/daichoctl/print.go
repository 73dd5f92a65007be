package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"

	"daicho/app"
)

// printJSON writes one value on a line.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// printArray writes an array, one element a line, as they come.
func printArray(w io.Writer, each func(element func(json.RawMessage) error) error) error {
	out := bufio.NewWriter(w)
	out.WriteString("[")
	sep := "\n"
	err := each(func(element json.RawMessage) error {
		out.WriteString(sep)
		sep = ",\n"
		_, err := out.Write(element)
		return err
	})
	if err != nil {
		return err
	}
	if sep != "\n" {
		out.WriteString("\n")
	}
	out.WriteString("]\n")
	return out.Flush()
}

// printRecord writes a record as JSON, or field by field for people.
func printRecord(w io.Writer, g app.AnyRegister, r app.Record, asJSON bool) error {
	if asJSON {
		_, err := fmt.Fprintf(w, "%s\n", app.JSON(nil, g, r))
		return err
	}
	t := table{}
	t.add("ID", r.Meta().Ref.ID.String())
	for _, f := range g.About().Fields {
		if text := g.Show(r, f.Name, app.JA); text != "" {
			t.add(f.Label.JA, strings.ReplaceAll(text, "\n", "\n"+tableIndent))
		}
	}
	return t.write(w)
}

// printMade says under which number and id a record can be found again.
func printMade(w io.Writer, g app.AnyRegister, r app.Record, asJSON bool) error {
	if asJSON {
		return printRecord(w, g, r, true)
	}
	_, err := fmt.Fprintln(w, strings.TrimSpace(r.Meta().Number+"  "+r.Meta().Ref.ID.String()))
	return err
}

// table is rows of text, aligned by the cells that a terminal gives to each
// character: two for wide ones (Unicode Standard Annex 11).
type table struct{ rows [][]string }

// tableIndent sets further lines of a text off from the first.
const tableIndent = "    "

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) write(w io.Writer) error {
	widths := t.widths()
	out := bufio.NewWriter(w)
	for _, row := range t.rows {
		line := ""
		for i, cell := range row {
			line += cell
			if i < len(row)-1 {
				line += strings.Repeat(" ", widths[i]-cellsOf(cell)+2)
			}
		}
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
	return out.Flush()
}

func (t *table) widths() (widths []int) {
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cellsOf(cell))
		}
	}
	return widths
}

func cellsOf(s string) (n int) {
	for _, r := range s {
		n += cellsOfRune(r)
	}
	return n
}

func cellsOfRune(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// shortened makes one line of a text, at most so many cells wide.
func shortened(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if cellsOf(s) <= most {
		return s
	}
	n := 0
	for i, r := range s {
		if n += cellsOfRune(r); n >= most {
			return s[:i] + "…"
		}
	}
	return s
}
