// Package report is the model of a printed form: what stands on the paper, in
// plain strings and in the order in which it is read. The packages below it write
// the model: pdf as pages, csv as a file for spreadsheets, wrap breaks its lines.
//
// Use it to say what a form contains. It knows no register, no field and no
// rule: whoever builds a Document has already chosen the columns and written the
// values as people read them (civil has the dates). It is not for the screen.
package report

import (
	"errors"
	"fmt"
	"time"
)

// Paper is a sheet size of ISO 216.
type Paper int

// The sizes in which offices file: A4, and A3 that folds to it.
const (
	A4 Paper = iota
	A3
)

// Document is one form or report.
type Document struct {
	Title     string    // name of the form, for the file's properties
	Number    string    // 文書番号 with its 版, in the footer of each page; may be empty
	Handling  string    // 取扱区分 such as 取扱注意, in the header of each page; may be empty
	Made      time.Time // when its data was read; shown and stored in Tokyo time
	Paper     Paper
	Landscape bool
	Mincho    bool // running text in Mincho, as letters have it
	Blocks    []Block
}

// Block is a part of a document. The types of this package are all there are.
type Block interface{ check() error }

// Title is the name of the form, centred, with a line at the right that says as
// of when it holds (現在). A zero At leaves the line out.
type Title struct {
	Text string
	At   time.Time
}

// Letter is the head of a letter: number and date at the right, addressees at the
// left, senders at the right, the subject centred.
type Letter struct {
	Number  string
	Date    time.Time
	To      []string // each with its own 様
	From    []string
	Subject string // with its type in brackets: …について（報告）
}

// Approval is the 承認欄: boxes for seals at the top right.
type Approval struct{ Sides []Side }

// Side is one party's boxes, outermost rank first: 承認, 審査, 作成 or 部長, 課長, 係長, 担当.
type Side struct {
	Name  string // written down the left edge; may be empty
	Boxes []Box
}

// Box is one box of an approval, empty for a seal by hand when Stamp is nil.
type Box struct {
	Rank  string
	Stamp *Stamp
}

// Stamp is an electronic 日付印.
type Stamp struct {
	Office string
	Date   time.Time
	Name   string
	Code   string // by which the approval can be verified, below the stamp
}

// Sheet is a ruled form of names and values, two beside each other.
type Sheet struct{ Pairs []Pair }

// Pair is one entry of a sheet.
type Pair struct {
	Label, Value string
	Wide         bool // takes the whole width
}

// Table is a ruled table whose head is repeated on each page. Without rows it
// says 該当なし.
type Table struct {
	Title   string
	Note    string // small, at the right above the table: （単位：千円）, 12件
	Columns []Column
	Rows    [][]string // a row may be shorter than Columns, never longer
}

// Column is a column of a table.
type Column struct {
	Title  string
	Weight float64 // share of the width; not above 0 counts as 1
	Right  bool    // numbers stand at the right
}

// Heading is numbered by its level as official papers do: 1, (1), ア, (ア).
type Heading struct {
	Level int // 1 to 4
	Text  string
}

// Paragraph is running text.
type Paragraph struct {
	Text  string
	Style Style
}

// Style is how a paragraph is set.
type Style int

// The styles of a paragraph.
const (
	Body   Style = iota
	Centre       // 記
	Right        // 以上
	Small        // sources, remarks
)

// Notes is a list of footnotes, numbered ※1, ※2 …
type Notes struct{ Lines []string }

// Picture is a PNG or JPEG with its label, as large as it fits into a width and a
// height in mm. What is no picture is said to be none.
type Picture struct {
	Label         string
	Data          []byte
	Width, Height float64
}

// PageBreak begins a new page.
type PageBreak struct{}

// ErrUndated is the error for a document that does not say when it was made.
var ErrUndated = errors.New("report: document without the time it was made")

// Check returns an error when the document cannot be written without losing
// something: it has no date, or a table more cells than columns.
func (d Document) Check() error {
	if d.Made.IsZero() {
		return ErrUndated
	}
	for i, b := range d.Blocks {
		if err := b.check(); err != nil {
			return fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	return nil
}

// Check returns an error when a row has more cells than the table has columns.
func (t Table) Check() error {
	if len(t.Columns) == 0 {
		return errors.New("report: table without columns")
	}
	for i, row := range t.Rows {
		if len(row) > len(t.Columns) {
			return fmt.Errorf("report: row %d has %d cells for %d columns", i+1, len(row), len(t.Columns))
		}
	}
	return nil
}

func (t Table) check() error { return t.Check() }

func (h Heading) check() error {
	if h.Level < 1 || h.Level > 4 {
		return fmt.Errorf("report: heading of level %d, want 1 to 4", h.Level)
	}
	return nil
}

func (Title) check() error     { return nil }
func (Letter) check() error    { return nil }
func (Approval) check() error  { return nil }
func (Sheet) check() error     { return nil }
func (Paragraph) check() error { return nil }
func (Notes) check() error     { return nil }
func (Picture) check() error   { return nil }
func (PageBreak) check() error { return nil }
