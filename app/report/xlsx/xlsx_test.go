package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"daicho/app/report"
	"daicho/app/report/xlsx"
)

var made = time.Date(2026, 11, 20, 5, 2, 0, 0, time.UTC)

func write(t *testing.T, blocks ...report.Block) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Write(&out, report.Document{Title: "見本", Number: "8葉情第1号", Made: made, Blocks: blocks}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// part is one file of the workbook.
func part(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var evil = []string{`=1+1`, `=cmd|' /C calc'!A0`, `+81-55-000`, `-2+3`, `@SUM(A1)`, "\t=1", `＝1`, `=HYPERLINK("http://example.jp","x")`, `'=1`}

// TestNoFormula: what people typed is there as they typed it, and is no formula to
// this reader, nor to LibreOffice, which writes out what it made of it.
func TestNoFormula(t *testing.T) {
	table := report.Table{Title: "件名", Columns: []report.Column{{Title: "=A1"}, {Title: "数", Right: true}}}
	for _, s := range evil {
		table.Rows = append(table.Rows, []string{s, s})
	}
	data := write(t, table)
	if xml := part(t, data, "xl/worksheets/sheet1.xml"); strings.Contains(xml, "<f>") || strings.Contains(xml, "<f ") {
		t.Error("a formula:", xml)
	}
	f := read(t, data)
	for i, s := range evil {
		for _, column := range []string{"A", "B"} {
			cell := fmt.Sprint(column, i+2)
			got, err := f.GetCellValue("件名", cell)
			if err != nil || got != s {
				t.Errorf("%s: %q, %v, want %q", cell, got, err, s)
			}
		}
	}
	csv := office(t, data)
	for _, s := range []string{"=1+1", "-2+3", "＝1"} {
		if !strings.Contains(csv, s) {
			t.Errorf("LibreOffice made something of %s: %s", s, csv)
		}
	}
}

// office is the first sheet as LibreOffice reads it.
func office(t *testing.T, data []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.xlsx"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "home"), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", dir, filepath.Join(dir, "a.xlsx"))
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("soffice (package libreoffice-calc): %v %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestNumbers(t *testing.T) {
	table := report.Table{Title: "数", Columns: []report.Column{{Title: "a", Right: true}}}
	for _, s := range []string{"1,134", "▲2", "+3", "-1", "12.34 %（1/8）", "－", "0123456789012345678", "1,23"} {
		table.Rows = append(table.Rows, []string{s})
	}
	data := write(t, table)
	xml := part(t, data, "xl/worksheets/sheet1.xml")
	for _, want := range []string{"<v>1134</v>", "<v>-2</v>", "<v>3</v>", "<v>-1</v>"} {
		if !strings.Contains(xml, want) {
			t.Errorf("no %s", want)
		}
	}
	f := read(t, data)
	for cell, want := range map[string]string{"A2": "1,134", "A3": "▲2", "A6": "12.34 %（1/8）", "A7": "－", "A8": "0123456789012345678", "A9": "1,23"} {
		if got, _ := f.GetCellValue("数", cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}

// TestSheets: a form and tables, names that no sheet may have, and names twice.
func TestSheets(t *testing.T) {
	column := []report.Column{{Title: "名称"}, {Title: "備考"}}
	long := strings.Repeat("長", 40)
	data := write(t, report.Sheet{Pairs: []report.Pair{{Label: "期間", Value: "令和8年11月"}}}, report.Heading{Level: 1, Text: "一"},
		report.Table{Title: "所属/別[1]", Columns: column, Rows: [][]string{{"福祉課"}, {"総務課", "改行\nあり\x00"}}}, report.Table{Title: long, Columns: column}, report.Table{Title: long, Columns: column}, report.Table{Columns: column})
	f := read(t, data)
	names := f.GetSheetList()
	if len(names) != 5 || names[0] != "概要" || names[1] != "所属_別_1_" || names[2] == names[3] || names[4] != "表5" {
		t.Fatalf("%q", names)
	}
	if got, _ := f.GetCellValue("概要", "B2"); got != "令和8年11月" {
		t.Errorf("%q", got)
	}
	if got, _ := f.GetCellValue(names[1], "B3"); got != "改行\nあり〓" {
		t.Errorf("%q", got)
	}
	xml := part(t, data, "xl/worksheets/sheet2.xml")
	for _, want := range []string{`state="frozen"`, `<autoFilter ref="$A$1:$B$3"`, `ySplit="1"`} {
		if !strings.Contains(xml, want) {
			t.Errorf("no %s in %s", want, xml)
		}
	}
}

func TestUndated(t *testing.T) {
	if err := xlsx.Write(io.Discard, report.Document{}); err == nil {
		t.Error("a document without its time was written")
	}
}
