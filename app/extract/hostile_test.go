package extract

import (
	"bytes"
	"fmt"
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

// TestSharedStream: many streams in the same sectors cannot make a small file large.
func TestSharedStream(t *testing.T) {
	parts := []olePart{{"Workbook", joined(bof8, eof)}}
	for i := range 15 {
		parts = append(parts, olePart{fmt.Sprintf("MBD%04d/CONTENTS", i), bytes.Repeat([]byte("text\n"), 100)})
	}
	r := toldWithin(t, "a.xls", oleOf(t, parts...), Limits{Inflated: 5_000})
	r.want(t, "a.xls", XLS, ProtectNone, Partial, ReasonInflated)
}
