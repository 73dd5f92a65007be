package roundtrip

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/xlsx"
)

// Back is a sheet that came back, with what its columns are.
type Back struct {
	Sheet   string
	Fields  []string // those that have a column
	Ignored []string // columns that are no field: their headings, or F列
	Others  []string // sheets that were not read, though something stands there
	Hidden  []int    // numbers of lines that people do not see
	Struck  []int    // and of those where something is struck through
	Aside   []int    // and of those that say something in ignored columns alone

	rows []row
	base map[app.ID]sent
	sent []app.ID // in the order sent
	salt []byte   // nil: the file has none
}

// Rows is how many rows there are.
func (b *Back) Rows() int { return len(b.rows) }

// row is one row that came back.
type row struct {
	line          int
	id, hash      string
	version       string
	cells         map[string]string
	unread        map[string]bool // fields of which nobody can know what stands there
	aside         []aside
	copied, blank bool
}

// aside is a text in a column that is no field.
type aside struct{ column, text string }

// sent is a row as it was sent.
type sent struct {
	version int64
	cells   map[string]string
}

// Read finds the sheet, its headings and its rows among what a file holds.
func Read(g app.AnyRegister, grids []report.Grid, by Layout) (*Back, error) {
	b := &Back{base: map[app.ID]sent{}}
	if err := by.check(g, grids); err != nil {
		return nil, err
	}
	for _, grid := range grids {
		if grid.Name == xlsx.BaseName {
			if err := b.readBase(g, grid); err != nil {
				return nil, err
			}
		}
	}
	best := find(g, grids, by)
	if best == nil || !best.isKnown() {
		return nil, unknownHeadings(g)
	}
	if err := best.once(); err != nil {
		return nil, err
	}
	for _, grid := range grids {
		if IsSheet(grid) && grid.Name != best.grid.Name && len(grid.Lines) > 0 {
			b.Others = append(b.Others, grid.Name)
		}
	}
	b.take(best)
	return b, nil
}

// isKnown says whether a column is a field.
func (h *heading) isKnown() bool {
	return slices.ContainsFunc(h.columns, func(f string) bool { return f != "" && !strings.HasPrefix(f, keyPrefix) })
}

func unknownHeadings(g app.AnyRegister) error {
	return app.Refuse(app.NotFound, "", fmt.Sprintf("「%s」の項目の見出しがある行が見つかりません。見出しを項目名に合わせるか、列の対応を指定してください。", g.About().Label.JA),
		"no line has headings that are fields of the register; use their names, or say by --map which heading is which field")
}

// take reads the rows below the headings.
func (b *Back) take(h *heading) {
	b.Sheet = h.grid.Name
	for _, f := range h.columns {
		if f != "" && !strings.HasPrefix(f, keyPrefix) {
			b.Fields = append(b.Fields, f)
		}
	}
	b.ignore(h)
	for _, l := range h.grid.Lines[h.at+1:] {
		r := row{line: l.N, cells: map[string]string{}, unread: map[string]bool{}, blank: true}
		for c, f := range h.columns {
			r.put(f, tidy(l.Cell(c)), slices.Contains(l.Unread, c))
		}
		for c, s := range l.Cells {
			if s = tidy(s); s != "" && h.isAside(c) {
				r.aside = append(r.aside, aside{h.nameOf(c), s})
			}
		}
		if r.blank {
			if r.id == "" && len(r.aside) > 0 {
				b.Aside = append(b.Aside, l.N)
			}
			continue
		}
		b.rows = append(b.rows, r)
		if l.Hidden {
			b.Hidden = append(b.Hidden, l.N)
		}
		if l.Struck {
			b.Struck = append(b.Struck, l.N)
		}
	}
}

// ignore notes the columns that are no field: those with a heading, and those without
// one in which something stands.
func (b *Back) ignore(h *heading) {
	var some []bool
	for i, l := range h.grid.Lines[h.at:] {
		for c, s := range l.Cells {
			for len(some) <= c {
				some = append(some, false)
			}
			some[c] = some[c] || tidy(s) != "" && (i > 0 || h.text(c) != "")
		}
	}
	for c, is := range some {
		if is && h.isAside(c) {
			b.Ignored = append(b.Ignored, h.nameOf(c))
		}
	}
}

// isAside says whether a column is no field.
func (h *heading) isAside(column int) bool {
	return column >= len(h.columns) || h.columns[column] == ""
}

// nameOf is what people call a column.
func (h *heading) nameOf(column int) string {
	return cmp.Or(h.text(column), xlsx.ColumnName(column)+"列")
}

// put takes a cell into the row. A row of which only its keys are left was emptied.
func (r *row) put(field, s string, unread bool) {
	switch field {
	case "":
	case keyPrefix + keys[0]:
		r.id = s
	case keyPrefix + keys[1]:
		r.version = s
	case keyPrefix + keys[2]:
		r.hash = s
	default:
		r.cells[field], r.unread[field] = s, unread
		r.blank = r.blank && s == "" && !unread
	}
}

// tidy takes away what nobody sees.
func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// readBase reads the sheet that no menu shows.
func (b *Back) readBase(g app.AnyRegister, grid report.Grid) error {
	if len(grid.Lines) == 0 || grid.Lines[0].Cell(0) != format {
		return nil // of a later version, or somebody's own: then nothing is known of what was sent
	}
	head := grid.Lines[0]
	if kind := head.Cell(1); kind != string(g.About().Kind) {
		return app.Refuse(app.Invalid, "", "このブックは別の台帳から書き出されています。書き出した台帳に取り込んでください。",
			fmt.Sprintf("this workbook was exported from %q, not from %q; import it there", kind, g.About().Kind))
	}
	var names []string
	salt, err := hex.DecodeString(head.Cell(2))
	if err == nil {
		err = json.Unmarshal([]byte(head.Cell(3)), &names)
	}
	if err != nil {
		return damagedBase(err)
	}
	b.salt = salt
	for _, l := range grid.Lines[1:] {
		if err := b.readSent(names, l); err != nil {
			return err
		}
	}
	return nil
}

func (b *Back) readSent(names []string, l report.Line) error {
	id, err := app.ParseID(l.Cell(0))
	if err != nil {
		return damagedBase(err)
	}
	version, err := strconv.ParseInt(l.Cell(1), 10, 64)
	if err != nil {
		return damagedBase(err)
	}
	var cells []string
	if err := json.Unmarshal([]byte(strings.Join(l.Cells[2:], "")), &cells); err != nil || len(cells) != len(names) {
		return damagedBase(err)
	}
	s := sent{version, make(map[string]string, len(names))}
	for i, n := range names {
		s.cells[n] = cells[i]
	}
	b.base[id] = s
	b.sent = append(b.sent, id)
	return nil
}

func damagedBase(err error) error {
	return app.Because(err, app.Damaged, "ブックの控えのシートが壊れています。もう一度書き出して、変更を移してください。",
		"the hidden sheet of the workbook is damaged; export again and carry the edits over")
}
