package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"daicho/app/report"
)

// sheet reads one sheet.
func (p *reading) sheet(name, part string) (report.Grid, error) {
	s := &sheetReading{reading: p, grid: report.Grid{Name: name}}
	r, err := p.open(part)
	if err != nil || r == nil {
		return s.grid, errors.Join(err, missingPart(part, r))
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			s.endLine()
			s.fillMerged()
			return s.grid, nil
		}
		if err == nil {
			err = s.token(d, t)
		}
		if err != nil {
			return s.grid, err
		}
	}
}

// What nobody needs and a hostile file could fill the memory with is left out:
// columns so far to the right, and so many cells that are merged with others.
const maxColumns, maxMerged = 1024, 1_000_000

// sheetReading is a sheet that is being read.
type sheetReading struct {
	*reading
	grid   report.Grid
	line   report.Line
	column int // of the cell that comes next, from 0
	merged []string
}

func (s *sheetReading) token(d *xml.Decoder, t xml.Token) error {
	e, is := t.(xml.StartElement)
	if !is {
		return nil
	}
	switch e.Name.Local {
	case "row":
		s.endLine()
		n, err := strconv.Atoi(attr(e, "r"))
		if err != nil {
			n = s.line.N + 1
		}
		hidden := attr(e, "hidden")
		s.line, s.column = report.Line{N: n, Hidden: hidden == "1" || hidden == "true"}, 0
	case "c":
		return s.cell(d, e)
	case "mergeCell":
		s.merged = append(s.merged, attr(e, "ref"))
	}
	return nil
}

// endLine keeps a line in which something stands.
func (s *sheetReading) endLine() {
	if len(s.line.Unread) > 0 || strings.TrimSpace(strings.Join(s.line.Cells, "")) != "" {
		s.grid.Lines = append(s.grid.Lines, s.line)
	}
	s.line = report.Line{N: s.line.N}
}

// cell reads one cell; a formula counts by its saved value. What was saved as an error,
// or by a program that does not reckon, has none.
func (s *sheetReading) cell(d *xml.Decoder, e xml.StartElement) error {
	if column, _, err := excelize.CellNameToCoordinates(attr(e, "r")); err == nil {
		s.column = column - 1
	}
	var raw strings.Builder
	var one text
	inValue, formula := false, false
	for done := false; !done; {
		t, err := d.RawToken()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inValue, formula = t.Name.Local == "v", formula || t.Name.Local == "f"
			if t.Name.Local == "is" {
				if one, err = richText(d, "is"); err != nil {
					return err
				}
			}
		case xml.EndElement:
			inValue = false
			done = t.Name.Local == "c"
		case xml.CharData:
			if inValue {
				raw.Write(t)
			}
		}
	}
	kind := attr(e, "t")
	if kind != "inlineStr" {
		one = s.shown(raw.String(), kind, s.styleOf(e))
	}
	if (kind == "e" || formula && kind != "str" && raw.Len() == 0) && s.column < maxColumns {
		s.line.Unread = append(s.line.Unread, s.column)
	}
	s.put(one, s.styleOf(e).struck)
	return nil
}

func (s *sheetReading) put(one text, struck bool) {
	if one.s != "" && s.column < maxColumns {
		for len(s.line.Cells) <= s.column {
			s.line.Cells = append(s.line.Cells, "")
		}
		s.line.Cells[s.column] = one.s
		s.line.Struck = s.line.Struck || one.struck || struck
	}
	s.column++
}

// shown is what a cell shows.
func (s *sheetReading) shown(raw, kind string, st style) text {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(raw)); err == nil && n >= 0 && n < len(s.shared) {
			return s.shared[n]
		}
		return text{}
	case "str":
		return text{s: unescape(raw)}
	case "b":
		return text{s: map[string]string{"1": "TRUE", "0": "FALSE"}[raw]}
	case "e", "d":
		return text{s: raw}
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return text{s: raw}
	}
	if st.date {
		return text{s: moment(f + s.first)}
	}
	return text{s: strconv.FormatFloat(f, 'f', -1, 64)}
}

// fillMerged gives cells that are merged downwards the text of the first one.
func (s *sheetReading) fillMerged() {
	at := make(map[int]int, len(s.grid.Lines))
	for i, l := range s.grid.Lines {
		at[l.N] = i
	}
	left := maxMerged
	for _, ref := range s.merged {
		from, to, _ := strings.Cut(ref, ":")
		column, top, err := excelize.CellNameToCoordinates(from)
		_, bottom, err2 := excelize.CellNameToCoordinates(to)
		first, there := at[top]
		if err != nil || err2 != nil || !there || column > maxColumns {
			continue
		}
		for i := first + 1; left > 0 && i < len(s.grid.Lines) && s.grid.Lines[i].N <= bottom; i++ {
			left--
			l := &s.grid.Lines[i]
			for len(l.Cells) < column {
				l.Cells = append(l.Cells, "")
			}
			l.Cells[column-1] = s.grid.Lines[first].Cell(column - 1)
		}
	}
}

// ColumnName is what spreadsheets call a column, from 0: A, B, … AA.
func ColumnName(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return strconv.Itoa(column + 1)
	}
	return name
}

// escaped is a character as Excel writes it where XML cannot hold it: _x000D_
// (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	s = escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
	return strings.ReplaceAll(s, "\r\n", "\n")
}
