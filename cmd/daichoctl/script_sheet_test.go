package main

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// editSheet does to a CSV what people do in a spreadsheet: sheet FILE NEWFILE EDIT…,
// where an edit is s/OLD/NEW/ for a text, +LINE for a line more, tab for TSV.
func editSheet(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	for _, edit := range args[2:] {
		before := text
		switch parts := strings.Split(edit, "/"); {
		case strings.HasPrefix(edit, "+"):
			text += edit[1:] + "\r\n"
		case edit == "tab":
			text = strings.ReplaceAll(text, ",", "\t")
		case len(parts) == 4:
			text = strings.Replace(text, parts[1], parts[2], 1)
		}
		if text == before {
			ts.Fatalf("%s: %q changes nothing", args[0], edit)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// editBook does to the first sheet of a workbook what people do in Excel: book FILE
// NEWFILE EDIT…, where an edit is OLD=NEW for a cell, -TEXT for the row of a cell.
func editBook(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	sheet := f.GetSheetName(0)
	for _, edit := range args[2:] {
		old, text, isText := strings.Cut(strings.TrimPrefix(edit, "-"), "=")
		at, err := f.SearchSheet(sheet, old)
		ts.Check(err)
		if len(at) != 1 {
			ts.Fatalf("%s: %q stands in %q", args[0], old, at)
		}
		if isText {
			ts.Check(f.SetCellStr(sheet, at[0], text))
			continue
		}
		_, row, err := excelize.CellNameToCoordinates(at[0])
		ts.Check(err)
		ts.Check(f.RemoveRow(sheet, row))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}
