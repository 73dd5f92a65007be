package roundtrip

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/xlsx"
)

// Layout says how a sheet of somebody's own is read.
type Layout struct {
	Sheet   string            // its name; empty: the sheet whose headings are known best
	Columns map[string]string // field by heading, before the fields' own names; "" leaves a column out
}

// Back is a sheet that came back, with what its columns are.
type Back struct {
	Sheet   string
	Fields  []string // those that have a column
	Ignored []string // headings of columns that are no field
	Hidden  []int    // numbers of lines that people do not see
	Struck  []int    // and of those where something is struck through

	rows []row
	base map[app.ID]sent
	sent []app.ID // in the order sent
	salt []byte   // nil: the file has none
}

// row is one row that came back.
type row struct {
	line          int
	id, hash      string
	version       string
	cells         map[string]string
	copied, blank bool
}

// sent is a row as it was sent.
type sent struct {
	version int64
	cells   map[string]string
}

// headLines is how far down the headings are looked for.
const headLines = 30

// Read finds the sheet, its headings and its rows among what a file holds.
func Read(g app.AnyRegister, grids []report.Grid, by Layout) (*Back, error) {
	b := &Back{base: map[app.ID]sent{}}
	var best *heading
	for _, grid := range grids {
		if grid.Name == xlsx.BaseName {
			if err := b.readBase(g, grid); err != nil {
				return nil, err
			}
			continue
		}
		if h := headingOf(g, grid, by); (by.Sheet == "" || by.Sheet == grid.Name) && h.known > 0 && (best == nil || h.known > best.known) {
			best = h
		}
	}
	if best == nil {
		return nil, app.Refuse(app.Invalid, "", fmt.Sprintf("「%s」の項目の見出しがある行が見つかりません。見出しを項目名に合わせるか、対応表（--map）を指定してください。", g.About().Label.JA),
			"no line has headings that are fields of the register; use their names, or say by --map which heading is which field")
	}
	if err := best.once(); err != nil {
		return nil, err
	}
	b.take(best)
	return b, nil
}

// heading is where the headings of a sheet stand and what they are.
type heading struct {
	grid    report.Grid
	at      int // index of the last line of it
	columns []string
	ignored []string
	known   int
}

const keyPrefix = "\x00" // before the titles of keys, which are no fields

// headingOf finds the line with the most known headings; the last of several, for
// that of merged cells says most.
func headingOf(g app.AnyRegister, grid report.Grid, by Layout) *heading {
	names := namesOf(g, by)
	best := &heading{grid: grid}
	for i := range min(len(grid.Lines), headLines) {
		h := &heading{grid: grid, at: i}
		for c, s := range grid.Lines[i].Cells {
			field, known := names[fold(s)]
			if !known && i > 0 {
				field, known = names[fold(grid.Lines[i-1].Cell(c)+s)] // 受付 above 日時
			}
			h.columns = append(h.columns, field)
			if known && field != "" {
				h.known++
			} else if s != "" {
				h.ignored = append(h.ignored, s)
			}
		}
		if h.known > 0 && h.known >= best.known {
			best = h
		}
	}
	return best
}

// once refuses two columns of one field: nobody could say which counts.
func (h *heading) once() error {
	seen := map[string]bool{}
	for _, f := range h.columns {
		if f != "" && seen[f] {
			return app.Refuse(app.Invalid, f, "同じ項目の列が二つあります。一方の見出しを変えてください。", "two columns are this field; rename one of them")
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

// take reads the rows below the headings.
func (b *Back) take(h *heading) {
	b.Sheet, b.Ignored = h.grid.Name, h.ignored
	for _, f := range h.columns {
		if f != "" && !strings.HasPrefix(f, keyPrefix) {
			b.Fields = append(b.Fields, f)
		}
	}
	for _, l := range h.grid.Lines[h.at+1:] {
		r := row{line: l.N, cells: map[string]string{}, blank: true}
		for c, f := range h.columns {
			r.put(f, tidy(l.Cell(c)))
		}
		if r.blank {
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

// put takes a cell into the row. A row of which only its keys are left was emptied.
func (r *row) put(field, s string) {
	switch field {
	case "":
	case keyPrefix + keys[0]:
		r.id = s
	case keyPrefix + keys[1]:
		r.version = s
	case keyPrefix + keys[2]:
		r.hash = s
	default:
		r.cells[field] = s
		r.blank = r.blank && s == ""
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
