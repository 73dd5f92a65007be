package xlsx_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/xlsx"
)

// foreign is a workbook as another program writes it, of one sheet.
func foreign(t testing.TB, sheet string, more ...string) []byte {
	t.Helper()
	parts := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="177" formatCode="0.0&quot;days&quot;"/></numFmts>
<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="176" fontId="0"/><xf numFmtId="177" fontId="2"/><xf numFmtId="0" fontId="1"/><xf numFmtId="22" fontId="0"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":     `<sst><si><t>氏名</t><rPh sb="0" eb="2"><t>シメイ</t></rPh></si><si><r><t>残す</t></r><r><rPr><strike/></rPr><t>消す</t></r></si></sst>`,
		"xl/worksheets/sheet1.xml": sheet,
	}
	for i := 0; i+1 < len(more); i += 2 {
		parts[more[i]] = more[i+1]
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func lines(t *testing.T, data []byte) []report.Line {
	t.Helper()
	grids, err := xlsx.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(grids) != 1 || grids[0].Name != "表" {
		t.Fatalf("%+v", grids)
	}
	return grids[0].Lines
}

// TestReadCells: each way in which a cell holds what it shows. A formula counts by
// its saved value, and readings beside kanji are no text.
func TestReadCells(t *testing.T) {
	for cell, want := range map[string]string{
		`<c t="s"><v>0</v></c>`:                                   "氏名",
		`<c t="s"><v>9</v></c>`:                                   "",
		`<c t="s"><v>1</v></c>`:                                   "残す消す",
		`<c t="inlineStr"><is><t>甲_x000D_&#10;乙</t></is></c>`:     "甲\n乙",
		`<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c>`:      "_x0041_",
		`<c t="str"><f>HYPERLINK("http://x","y")</f><v>y</v></c>`: "y",
		`<c><f>1+1</f><v>2</v></c>`:                               "2",
		`<c><f>1+1</f></c>`:                                       "",
		`<c t="b"><v>1</v></c>`:                                   "TRUE",
		`<c t="e"><v>#N/A</v></c>`:                                "#N/A",
		`<c t="str"><f>IF(A1="","","x")</f><v></v></c>`:           "",
		`<c><v>1.1000000000000001</v></c>`:                        "1.1",
		`<c><v>1E+5</v></c>`:                                      "100000",
		`<c s="1"><v>46113</v></c>`:                               "2026-04-01",
		`<c s="2"><v>46113</v></c>`:                               "2026-04-01",
		`<c s="3"><v>46113</v></c>`:                               "46113",
		`<c s="5"><v>46113.585416666669</v></c>`:                  "2026-04-01 14:03",
		`<c s="5"><v>46113.99976851852</v></c>`:                   "2026-04-01 23:59", // 23:59:40
		`<c s="5"><v>46113.5854166</v></c>`:                       "2026-04-01 14:03", // 14:02:59.99…
		`<c s="5"><v>0.99976851852</v></c>`:                       "23:59",
		`<c s="5"><v>0.5</v></c>`:                                 "12:00",
		`<c s="99"><v>7</v></c>`:                                  "7",
	} {
		got := lines(t, foreign(t, `<worksheet><sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c>`+strings.Replace(cell, "<c", `<c r="C2"`, 1)+`</row></sheetData></worksheet>`))
		if len(got) != 1 || got[0].N != 2 || got[0].Cell(1) != "x" || got[0].Cell(2) != want {
			t.Errorf("%s: %+v, want %q", cell, got, want)
		}
	}
	old := foreign(t, `<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>44651</v></c></row></sheetData></worksheet>`, "xl/workbook.xml",
		`<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="表" r:id="a"/></sheets></workbook>`)
	if got := lines(t, old); got[0].Cell(0) != "2026-04-01" {
		t.Errorf("days since 1904: %q", got[0].Cells)
	}
}

// A formula that was saved as an error or without its result is none of what people read.
func TestReadNoResult(t *testing.T) {
	got := lines(t, foreign(t, `<worksheet><sheetData><row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"/></row>
<row r="2"><c r="A2"><f>1+1</f><v></v></c></row></sheetData></worksheet>`))
	if len(got) != 2 || !slices.Equal(got[0].Unread, []int{0, 3}) || !slices.Equal(got[1].Unread, []int{0}) {
		t.Errorf("%+v", got)
	}
}

// TestReadLooks: hidden rows, what is struck through, and merged cells.
func TestReadLooks(t *testing.T) {
	got := lines(t, foreign(t, `<worksheet><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row><row r="2" hidden="1"><c r="B2" s="4"><v>2</v></c></row>
<row r="3"><c r="B3" t="s"><v>1</v></c></row><row r="4"><c r="A4"/></row><row r="5"><c r="B5" s="3"><v>5</v></c></row></sheetData>
<mergeCells><mergeCell ref="A1:A3"/><mergeCell ref="ZZ"/></mergeCells></worksheet>`))
	want := []report.Line{{N: 1, Cells: []string{"氏名", "1"}}, {N: 2, Cells: []string{"氏名", "2"}, Hidden: true, Struck: true}, {N: 3, Cells: []string{"氏名", "残す消す"}, Struck: true}, {N: 5, Cells: []string{"", "5"}}}
	if !slices.EqualFunc(got, want, func(a, b report.Line) bool {
		return a.N == b.N && a.Hidden == b.Hidden && a.Struck == b.Struck && slices.Equal(a.Cells, b.Cells)
	}) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// What is written comes back, whatever it looks like.
func TestWrittenComesBack(t *testing.T) {
	texts := []string{"=1+1", "+81", "@x", "'=1", "_x0041_x0042_", " 空白 ", "一\n二", "<&>\"", "０１２", "0123", "𠮟る", "1,134"}
	s := xlsx.Sheet{Table: report.Table{Title: "表", Columns: []report.Column{{Title: "a"}, {Title: "b", Right: true}}}, Made: made, Keys: 1, Choices: [][]string{nil, {"甲,乙", "丙"}}, Base: [][]string{texts}}
	for _, text := range texts {
		s.Table.Rows = append(s.Table.Rows, []string{text, "1,134"})
	}
	var out bytes.Buffer
	if err := xlsx.WriteSheet(&out, s); err != nil {
		t.Fatal(err)
	}
	grids, err := xlsx.Read(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || len(grids) != 3 || grids[2].Name != xlsx.BaseName {
		t.Fatalf("%v %v", grids, err)
	}
	for i, want := range texts {
		if got := grids[0].Lines[i+1]; got.Cell(0) != want || got.Cell(1) != "1134" || grids[2].Lines[0].Cell(i) != want {
			t.Errorf("%q came back as %q, %q", want, got.Cells, grids[2].Lines[0].Cell(i))
		}
	}
	xml := part(t, out.Bytes(), "xl/worksheets/sheet1.xml")
	for _, want := range []string{`<formula1>FALSE</formula1>`, `type="list"`, `hidden="true"`, `state="frozen"`, `<autoFilter ref="$A$1:$B$13"`} {
		if !strings.Contains(xml, want) {
			t.Errorf("no %s", want)
		}
	}
	if book := part(t, out.Bytes(), "xl/workbook.xml"); !strings.Contains(book, `state="veryHidden"`) {
		t.Error("a menu shows the base")
	}
	if csv := office(t, out.Bytes()); !strings.Contains(csv, "=1+1") || !strings.Contains(csv, "_x0041_x0042_") {
		t.Errorf("LibreOffice reads %s", csv)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add(foreign(f, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := xlsx.Read(bytes.NewReader(data), int64(len(data))); err != nil && !app.IsCode(err, app.Invalid) {
			t.Errorf("%v", err)
		}
	})
}

// FuzzReadSheet gives the part of a sheet alone, which the archive would hide.
func FuzzReadSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1" hidden="1"><c r="A1" s="4"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		data := foreign(t, sheet)
		if _, err := xlsx.Read(bytes.NewReader(data), int64(len(data))); err != nil && !app.IsCode(err, app.Invalid) {
			t.Errorf("%v", err)
		}
	})
}
