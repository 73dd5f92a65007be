package extract

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
)

// TestManySheets: a book of more sheets than anyone has ends at the limit.
func TestManySheets(t *testing.T) {
	var parts []part
	for i := range 2000 {
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i), `<worksheet><row><c r="A1"><v>7</v></c></row></worksheet>`})
	}
	r := toldWithin(t, "a.xlsx", xlsxOf(t, parts...), Limits{Entries: 100})
	r.want(t, "a.xlsx", XLSX, ProtectNone, Partial, ReasonTooMany)

	sheets := bytes.Repeat(joined(bof8, rec(biffNumber, 0, 0, 0, 7.0), eof), 1500)
	r = told(t, "a.xls", oleOf(t, olePart{"Workbook", sheets}))
	r.want(t, "a.xls", XLS, ProtectNone, Full, "")
	if got := r.text["a.xls"]; len(got) != 1500*2 {
		t.Errorf("%d bytes", len(got))
	}
}

// TestManyTexts: the texts of a book that do not fit the memory are told all the
// same, and the book, whose rows lack them, is not told as read.
func TestManyTexts(t *testing.T) {
	var texts strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&texts, "<si><t>氏名%d</t></si>", i)
	}
	r := toldWithin(t, "a.xlsx", zipOf(t, part{"xl/workbook.xml", "<workbook/>"}, part{"xl/sharedStrings.xml", "<sst>" + texts.String() + "</sst>"},
		part{"xl/worksheets/sheet1.xml", `<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1999</v></c></row>`}), Limits{Buffer: 5000})
	r.want(t, "a.xlsx", XLSX, ProtectNone, Partial, ReasonTooMuchText)
	got := shown(r.text["a.xlsx"])
	if !strings.Contains(got, "氏名0|\n") || !strings.Contains(got, "氏名1999\n") {
		t.Errorf("%d bytes: %.60q", len(got), got)
	}
}

// TestSharedStream: many streams in the same sectors cannot make a small file large.
func TestSharedStream(t *testing.T) {
	parts := []olePart{{"Workbook", joined(bof8, eof)}}
	for i := range 15 {
		parts = append(parts, olePart{fmt.Sprintf("MBD%04d/CONTENTS", i), bytes.Repeat([]byte("text\n"), 100)})
	}
	r := toldWithin(t, "a.xls", oleOf(t, parts...), Limits{Inflated: 5_000})
	r.want(t, "a.xls", XLS, ProtectNone, Partial, ReasonInflated)
}

// longest is a Visitor that remembers the longest piece, and how much there was.
type longest struct {
	transcript
	piece, all int
}

func (l *longest) Text(p Piece) {
	l.piece, l.all = max(l.piece, len(p.Text)), l.all+len(p.Text)
}

// TestEndlessLines: a line without end is told in pieces, in every format that
// is read as a stream.
func TestEndlessLines(t *testing.T) {
	const size = 8 << 20
	text := strings.Repeat("本文です", size/12)
	for name, doc := range map[string]string{
		"a.html": "<html>" + text, "a.xml": "<?xml?><a>" + text + "</a>", "a.json": `{"a":"` + text + text + text + `"}`,
		"a.sql": "INSERT INTO t VALUES ('" + text + "');\n", "a.rtf": `{\rtf1 ` + strings.Repeat(`\u26412?`, size/3) + "}",
	} {
		l := &longest{}
		src := Source{Path: name, Size: int64(len(doc)), R: strings.NewReader(doc)}
		if err := new(Reader).Extract(context.Background(), src, l); err != nil {
			t.Fatal(err)
		}
		if f := l.file(t, name); f.Scanned != Full || l.piece > 3*maxLine || l.all < size-12 {
			t.Errorf("%s is %s (%s): %d bytes, at most %d at once", name, f.Scanned, f.Reason, l.all, l.piece)
		}
	}
}
