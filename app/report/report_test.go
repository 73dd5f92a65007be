package report_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"daicho/app/report"
)

func TestCheck(t *testing.T) {
	made := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	columns := []report.Column{{Title: "番号"}, {Title: "件名"}}
	for name, c := range map[string]struct {
		block report.Block
		ok    bool
	}{
		"table":           {report.Table{Columns: columns, Rows: [][]string{{"1", "2"}, {"1"}, nil}}, true},
		"a cell too many": {report.Table{Columns: columns, Rows: [][]string{{"1", "2", "3"}}}, false},
		"no columns":      {report.Table{}, false},
		"heading":         {report.Heading{Level: 4}, true},
		"heading 0":       {report.Heading{}, false},
		"heading 5":       {report.Heading{Level: 5}, false},
		"title":           {report.Title{}, true}, "letter": {report.Letter{}, true}, "approval": {report.Approval{}, true}, "sheet": {report.Sheet{}, true},
		"paragraph": {report.Paragraph{}, true}, "notes": {report.Notes{}, true}, "page break": {report.PageBreak{}, true},
	} {
		doc := report.Document{Made: made, Blocks: []report.Block{c.block}}
		if err := doc.Check(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (report.Document{}).Check(); !errors.Is(err, report.ErrUndated) {
		t.Errorf("a document without a date: %v", err)
	}
}

func TestCensus(t *testing.T) {
	var c report.Census
	if c.Missing() != nil {
		t.Error("an empty census counts")
	}
	for _, place := range []string{"1 件名", "1 件名", "2 件名", "3 件名", "4 件名", "5 件名", "6 件名", "7 件名"} {
		c.Add('𠮷', place)
	}
	c.Add('\x01', "1 内容")
	missing := c.Missing()
	table := report.MissingTable(missing)
	want := [][]string{{"U+0001", "1", "1 内容"}, {"U+20BB7", "8", "1 件名、2 件名、3 件名、4 件名、5 件名　ほか2か所"}}
	if !slices.EqualFunc(table.Rows, want, slices.Equal) {
		t.Errorf("got %q", table.Rows)
	}
	missing[1].Places[0] = "changed"
	if c.Missing()[1].Places[0] != "1 件名" {
		t.Error("what a caller does to the answer changes the census")
	}
	if table.Check() != nil {
		t.Error("the list itself cannot be written")
	}
}

// Each group of a recovery key stands on its sheet once, in its order.
func TestRecoveryKey(t *testing.T) {
	groups := []string{"R1AB", "2CDE", "3FGH", "4JKM", "5NPQ", "6RST"}
	k := report.RecoveryKey{Groups: groups, Device: "7QK4", Made: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
	doc := k.Document()
	var on []string
	for _, b := range doc.Blocks {
		if table, is := b.(report.Table); is {
			for _, row := range table.Rows {
				on = append(on, row[1:]...)
			}
		}
	}
	if err := doc.Check(); err != nil || !slices.Equal(on, groups) {
		t.Errorf("%q, %v", on, err)
	}
}

// The server can open whatever is carried, so the slip names it first.
func TestSlipNamesTheServer(t *testing.T) {
	s := report.Slip{Made: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), To: []string{"7QK4 髙橋 直"}}
	for _, b := range s.Document().Blocks {
		if about, is := b.(report.Sheet); is && about.Pairs[2].Value == "サーバー、7QK4 髙橋 直" {
			return
		}
	}
	t.Error("the slip does not say who can open it")
}
