// Package xlsx writes the page model of package report as a workbook: each table is
// a sheet with a head that stays and filters, forms stand on the first one.
//
// Use it for what people sort and reckon with; what is signed and filed is a PDF.
// Headings, running text and seals are left out. No cell is a formula: texts are
// stored as texts, and marked so that they stay texts when somebody edits them, so
// nothing of them has to be changed. Whole numbers in columns of numbers are numbers.
package xlsx

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"daicho/app/report"
)

// Write writes the forms and tables of a document.
func Write(w io.Writer, doc report.Document) error {
	if err := doc.Check(); err != nil {
		return err
	}
	b := &book{file: excelize.NewFile(), names: map[string]bool{}}
	defer b.file.Close()
	err := b.fill(doc)
	if err == nil {
		err = b.file.Write(w)
	}
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}

// book is a workbook that is being filled.
type book struct {
	file                      *excelize.File
	names                     map[string]bool // of sheets, in small letters
	head, text, right, number int             // styles
}

func (b *book) fill(doc report.Document) error {
	if err := b.styles(); err != nil {
		return err
	}
	about := report.Table{Title: "概要", Columns: []report.Column{{Title: "項目"}, {Title: "内容"}}}
	var tables []report.Table
	for _, block := range doc.Blocks {
		switch t := block.(type) {
		case report.Sheet:
			for _, p := range t.Pairs {
				about.Rows = append(about.Rows, []string{p.Label, p.Value})
			}
		case report.Table:
			tables = append(tables, t)
		}
	}
	if len(about.Rows) > 0 || len(tables) == 0 {
		tables = append([]report.Table{about}, tables...)
	}
	for i, t := range tables {
		if err := b.sheet(i, t); err != nil {
			return err
		}
	}
	return b.file.SetDocProps(&excelize.DocProperties{Title: doc.Title, Identifier: doc.Number, Created: doc.Made.UTC().Format("2006-01-02T15:04:05Z"), Modified: doc.Made.UTC().Format("2006-01-02T15:04:05Z")})
}

func (b *book) styles() (err error) {
	font := &excelize.Font{Family: "BIZ UDGothic", Size: 10}
	bold := *font
	bold.Bold = true
	line := func(side string) excelize.Border { return excelize.Border{Type: side, Color: "808080", Style: 1} }
	all := []excelize.Border{line("left"), line("right"), line("top"), line("bottom")}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	const asText = 49 // the number of the format that keeps a text a text
	negative := "#,##0;▲#,##0"
	for style, is := range map[*int]*excelize.Style{
		&b.head:   {Font: &bold, Border: all, NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7ECF2"}}},
		&b.text:   {Font: font, Border: all, NumFmt: asText, Alignment: top},
		&b.right:  {Font: font, Border: all, NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right", WrapText: true}},
		&b.number: {Font: font, Border: all, CustomNumFmt: &negative, Alignment: &excelize.Alignment{Vertical: "top"}},
	} {
		if *style, err = b.file.NewStyle(is); err != nil {
			return err
		}
	}
	return nil
}

// sheet writes a table as the sheet at a place.
func (b *book) sheet(at int, t report.Table) error {
	name := b.name(t.Title, at)
	if err := b.frame(name, at, t); err != nil {
		return err
	}
	for n, row := range t.Rows {
		cells := make([]string, len(t.Columns))
		copy(cells, row)
		if err := b.row(name, n+2, cells, func(i int) int { return b.styleOf(t.Columns[i]) }); err != nil {
			return err
		}
	}
	return nil
}

// frame makes the sheet of a table, with all but its rows.
func (b *book) frame(name string, at int, t report.Table) error {
	if at == 0 {
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	for i, width := range widths(t) {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err == nil {
			err = b.file.SetColWidth(name, column, column, width)
		}
		if err != nil {
			return err
		}
	}
	if err := b.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	if err := b.row(name, 1, titles, func(int) int { return b.head }); err != nil {
		return err
	}
	return b.printed(name, t)
}

// styleOf is the style of texts in a column.
func (b *book) styleOf(c report.Column) int {
	if c.Right {
		return b.right
	}
	return b.text
}

// row writes the cells of a row in the styles of its columns.
func (b *book) row(sheet string, n int, cells []string, styleOf func(column int) int) error {
	for i, s := range cells {
		at, err := excelize.CoordinatesToCellName(i+1, n)
		if err != nil {
			return err
		}
		style := styleOf(i)
		if number, is := wholeNumber(s); is && style == b.right {
			style, err = b.number, b.file.SetCellInt(sheet, at, number)
		} else {
			err = b.file.SetCellStr(sheet, at, Fit(s))
		}
		if err == nil {
			err = b.file.SetCellStyle(sheet, at, at, style)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// whole is a number as tables have it: 1,134, ▲2, +3.
var whole = regexp.MustCompile(`^[-▲+±]?[0-9]{1,3}(,?[0-9]{3})*$`)

// wholeNumber reads one that a cell keeps to the last digit.
func wholeNumber(s string) (n int64, is bool) {
	if !whole.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", "▲", "-", "+", "", "±", "").Replace(s), 10, 64)
	return n, err == nil && n > -1e15 && n < 1e15
}

// cellRune is a character as XML can hold it.
func cellRune(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff || r == utf8.RuneError {
		return report.Geta
	}
	return r
}

// printed sets filters, and how the sheet comes out on paper: on A4, as wide as it,
// with the head on each page.
func (b *book) printed(name string, t report.Table) error {
	last, err := excelize.CoordinatesToCellName(len(t.Columns), len(t.Rows)+1)
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	a4, landscape, yes, wide, high := 9, "landscape", true, 1, 0
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + strings.ReplaceAll(name, "'", "''") + "'!$1:$1", Scope: name})
}

// name is the table's title as the name of a sheet: 31 characters, none twice.
func (b *book) name(title string, at int) string {
	clean := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return '_'
		}
		return r
	}, title), "' ")
	if clean == "" {
		clean = fmt.Sprintf("表%d", at+1)
	}
	for n := 1; ; n++ {
		end := ""
		if n > 1 {
			end = fmt.Sprintf(" (%d)", n)
		}
		r := []rune(clean)
		name := string(r[:min(len(r), excelize.MaxSheetNameLength/2-len(end))]) + end
		if !b.names[strings.ToLower(name)] {
			b.names[strings.ToLower(name)] = true
			return name
		}
	}
}

// narrowest and widest are widths of columns, in digits of the font.
const narrowest, widest = 6, 60

// widths are as wide as the longest line of a column, of the first rows.
func widths(t report.Table) []float64 {
	all := make([]float64, len(t.Columns))
	measure := func(row []string) {
		for i, s := range row {
			for line := range strings.SplitSeq(s, "\n") {
				all[i] = max(all[i], digits(line)+3)
			}
		}
	}
	for i, c := range t.Columns {
		all[i] = max(narrowest, digits(c.Title)+4) // with the filter's arrow
	}
	for _, row := range t.Rows[:min(len(t.Rows), 1000)] {
		measure(row)
	}
	for i := range all {
		all[i] = min(all[i], widest)
	}
	return all
}

// digits is how many digits wide a text is: a character beyond Latin is two.
func digits(s string) (n float64) {
	for _, r := range s {
		if n++; r > 0xff {
			n++
		}
	}
	return n
}
