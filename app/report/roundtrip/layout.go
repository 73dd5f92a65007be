package roundtrip

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/unicode/norm"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/xlsx"
)

// Layout says how a sheet of somebody's own is read. It is kept as TOML.
type Layout struct {
	Sheet   string            `toml:"sheet,omitempty"` // its name; empty: the sheet whose headings are known best
	Line    int               `toml:"line,omitempty"`  // of its headings, as spreadsheets count; 0: the line that is known best
	Columns map[string]string `toml:"columns"`         // field by heading, before the fields' own names; "" leaves a column out
}

// ParseLayout reads a layout as it is kept.
func ParseLayout(data []byte) (l Layout, err error) {
	meta, err := toml.Decode(string(data), &l)
	if err == nil && len(meta.Undecoded()) > 0 {
		err = fmt.Errorf("%s means nothing; write sheet, line, or lines below [columns]", meta.Undecoded()[0])
	}
	if err != nil {
		return l, app.Because(err, app.Invalid, "列の対応表として読めません。書き方を確かめてください。", "this is no table of columns: "+err.Error())
	}
	return l, nil
}

// LayoutKey is the name under which a device remembers a layout that a person named.
func LayoutKey(kind app.Kind, name string) string { return "layout/" + string(kind) + "/" + name }

// Bytes is the layout as it is kept.
func (l Layout) Bytes() ([]byte, error) {
	var out bytes.Buffer
	err := toml.NewEncoder(&out).Encode(l)
	return out.Bytes(), err
}

// check refuses a layout that names what there is not: a column would be left out
// without a word.
func (l Layout) check(g app.AnyRegister, grids []report.Grid) error {
	if l.Sheet != "" && !slices.ContainsFunc(grids, func(grid report.Grid) bool { return grid.Name == l.Sheet }) {
		return app.Refuse(app.Invalid, "", fmt.Sprintf("「%s」というシートはありません。シートを選び直してください。", l.Sheet), fmt.Sprintf("there is no sheet %q; name another one", l.Sheet))
	}
	for _, heading := range slices.Sorted(maps.Keys(l.Columns)) {
		field := l.Columns[heading]
		if _, there := app.SpecOf(g, field); field != "" && !there {
			return app.Refuse(app.Invalid, field, fmt.Sprintf("「%s」に対応させた項目「%s」は、この台帳にありません。対応を選び直してください。", heading, field),
				fmt.Sprintf("the column %q is to be the field %q, which the register has not; name another one", heading, field))
		}
	}
	return nil
}

// Headings is a line of a sheet that is taken for its headings.
type Headings struct {
	Sheet   string
	Line    int
	Columns []Heading // those that have one
}

// Heading is that of one column.
type Heading struct {
	Text  string // by which a [Layout] names it
	Field string // what the column is taken for; empty: for nothing
}

// Look says which line [Read] takes for the headings, and each of them for what. Of no
// line there are no columns.
func Look(g app.AnyRegister, grids []report.Grid, by Layout) Headings {
	found := find(g, grids, by)
	if found == nil {
		return Headings{}
	}
	all := Headings{Sheet: found.grid.Name, Line: found.grid.Lines[found.at].N}
	for c, field := range found.columns {
		if text := found.text(c); text != "" && !strings.HasPrefix(field, keyPrefix) {
			all.Columns = append(all.Columns, Heading{text, field})
		}
	}
	return all
}

// IsSheet says whether a sheet is one that people see.
func IsSheet(g report.Grid) bool { return g.Name != xlsx.BaseName && g.Name != xlsx.ChoicesName }

// heading is where the headings of a sheet stand and what they are.
type heading struct {
	grid    report.Grid
	at      int // index of the last line of it
	columns []string
	known   int
}

const keyPrefix = "\x00" // before the titles of keys, which are no fields

// HeadLines is how far down the headings are looked for.
const HeadLines = 30

// find finds the sheet and the line whose headings are known best; nil: there is none,
// but that which the layout names.
func find(g app.AnyRegister, grids []report.Grid, by Layout) (best *heading) {
	for _, grid := range grids {
		if !IsSheet(grid) || by.Sheet != "" && by.Sheet != grid.Name {
			continue
		}
		if h := headingOf(g, grid, by); h != nil && (h.known > 0 || by.Line > 0) && (best == nil || h.known > best.known) {
			best = h
		}
	}
	return best
}

// headingOf finds the line with the most known headings, or the one that the layout
// names; the last of several, for that of merged cells says most.
func headingOf(g app.AnyRegister, grid report.Grid, by Layout) (best *heading) {
	names := namesOf(g, by)
	for i, l := range grid.Lines {
		if by.Line > 0 && l.N != by.Line || by.Line == 0 && i >= HeadLines {
			continue
		}
		h := &heading{grid: grid, at: i}
		for c, s := range l.Cells {
			field, known := names[fold(s)]
			if joined, both := names[fold(h.above(c)+s)]; both && !known {
				field, known = joined, true // 受付 above 日時
			}
			h.columns = append(h.columns, field)
			if known && field != "" {
				h.known++
			}
		}
		if best == nil || h.known > 0 && h.known >= best.known {
			best = h
		}
	}
	return best
}

// above is what stands in the line above a heading.
func (h *heading) above(column int) string {
	if h.at == 0 {
		return ""
	}
	return h.grid.Lines[h.at-1].Cell(column)
}

// text is the heading of a column: with what stands above it, where another column is
// called the same.
func (h *heading) text(column int) string {
	line := h.grid.Lines[h.at]
	s := tidy(line.Cell(column))
	for c := range line.Cells {
		if c != column && s != "" && fold(line.Cell(c)) == fold(s) {
			return tidy(h.above(column)) + s
		}
	}
	return s
}

// once refuses two columns of one field: nobody could say which counts.
func (h *heading) once() error {
	seen := map[string]bool{}
	for _, f := range h.columns {
		if f != "" && seen[f] {
			return app.Refuse(app.Invalid, f, "同じ項目の列が二つあります。一方の見出しを変えるか、一方の列を取り込まないようにしてください。", "two columns are this field; rename one of them, or leave one out by --map")
		}
		seen[f] = true
	}
	return nil
}

// namesOf are the headings that are understood: those of the layout, the names
// people read, those machines read.
func namesOf(g app.AnyRegister, by Layout) map[string]string {
	names := map[string]string{}
	for _, s := range g.About().Fields {
		names[fold(s.Name)] = s.Name
	}
	for _, s := range slices.Backward(g.About().Fields) {
		names[fold(s.Label.EN)], names[fold(s.Label.JA)] = s.Name, s.Name
	}
	for _, k := range keys {
		names[fold(k)] = keyPrefix + k
	}
	for heading, field := range by.Columns {
		names[fold(heading)] = field
	}
	delete(names, "")
	return names
}

// fold makes headings alike that differ in width, case and blanks only.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}
