package register_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/xuri/excelize/v2"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
	"daicho/ui/text"
)

// edited is a workbook that a person edited in Excel: f gets the sheet and a way to
// the cell of a heading in a line.
func edited(t *testing.T, book string, change func(f *excelize.File, sheet string, cell func(heading string, line int) string)) string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	change(f, sheet, func(heading string, line int) string {
		for at, row := range rows {
			for i, title := range row {
				if title == heading {
					name, err := excelize.CoordinatesToCellName(i+1, at+1+line)
					if err != nil {
						t.Fatal(err)
					}
					return name
				}
			}
		}
		t.Fatalf("no heading %s in %v", heading, rows[0])
		return ""
	})
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// doImport picks the sheet and shows the card with what it wants.
func (f *fixture) doImport(t *testing.T, name, body string) fyne.Window {
	t.Helper()
	f.host.File, f.host.Body, f.host.Asked = name, body, nil
	for _, a := range f.Actions() {
		if strings.HasPrefix(a.Label.JA, "表の取込み") {
			a.Do()
		}
	}
	if f.host.Asked == nil {
		t.Fatal("no card:", f.host.Said)
	}
	return kittest.Window(t, kit.NewOverlay(f.desk(), f.host.Asked, f.host.Card, nil), 1000, 700)
}

func (f *fixture) subject(t *testing.T, ref app.Ref) string {
	t.Helper()
	rec, err := f.host.Replica.Get(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return rec.(*ticket.Ticket).Title
}

// TestSheetGoesOutAndComesBack: a row edited and one added elsewhere are shown before
// anything is done, and done when the person says so; a second time there is nothing.
func TestSheetGoesOutAndComesBack(t *testing.T) {
	f := open(t, 1100, "端末の故障", "回線の障害")
	f.print(t, "この一覧をExcel")
	book := f.host.Wrote
	was := f.subject(t, f.refs[0])
	back := edited(t, book, func(x *excelize.File, sheet string, cell func(string, int) string) {
		for line := 1; line <= 2; line++ {
			if v, err := x.GetCellValue(sheet, cell("件名", line)); err != nil || v != was {
				continue
			}
			if err := x.SetCellValue(sheet, cell("件名", line), "端末の故障（2階）"); err != nil {
				t.Fatal(err)
			}
		}
		for heading, v := range map[string]string{"件名": "表で足した件", "受付経路": "電話", "受付日時": "R8.11.20 9:00"} {
			if err := x.SetCellValue(sheet, cell(heading, 3), v); err != nil {
				t.Fatal(err)
			}
		}
	})
	card := f.doImport(t, "返却.xlsx", back)
	kittest.Whole(t, card)
	kittest.Shot(t, card, "import")
	markup := test.RenderToMarkup(card.Canvas())
	for _, want := range []string{"追加 1件、変更 1件", "端末の故障（2階）", "表で足した件", "2件を取り込む"} {
		if !strings.Contains(markup, want) {
			t.Errorf("%q is not on the card", want)
		}
	}
	if f.subject(t, f.refs[0]) != was {
		t.Error("something was done before the person said so")
	}
	press(t, card, "2件を取り込む")
	if got := f.subject(t, f.refs[0]); got != "端末の故障（2階）" || !f.shows("表で足した件") {
		t.Errorf("the subject is %q; said %v", got, f.host.Said)
	}
	again := f.doImport(t, "返却.xlsx", back)
	if markup := test.RenderToMarkup(again.Canvas()); !strings.Contains(markup, "取込み済み") || strings.Contains(markup, "を取り込む<") {
		t.Error("the same sheet would be imported twice")
	}
}

// TestConflictIsShown: the cell was changed in the program meanwhile.
func TestConflictIsShown(t *testing.T) {
	f := open(t, 1100, "端末の故障")
	f.print(t, "この一覧をExcel")
	back := edited(t, f.host.Wrote, func(x *excelize.File, sheet string, cell func(string, int) string) {
		if err := x.SetCellValue(sheet, cell("担当", 1), "表の人"); err != nil {
			t.Fatal(err)
		}
	})
	rec, err := f.host.Replica.Get(t.Context(), f.refs[0])
	if err != nil {
		t.Fatal(err)
	}
	rec.(*ticket.Ticket).Assignee = "画面の人"
	if err := f.host.Replica.Save(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
	card := f.doImport(t, "返却.xlsx", back)
	kittest.Shot(t, card, "import-conflict")
	markup := test.RenderToMarkup(card.Canvas())
	for _, want := range []string{"競合 1件", "現在は「画面の人」", "「表の人」"} {
		if !strings.Contains(markup, want) {
			t.Errorf("%q is not on the card", want)
		}
	}
}

// TestRowsThatCannotBe are told with the reason, and left out.
func TestRowsThatCannotBe(t *testing.T) {
	f := open(t, 1100)
	card := f.doImport(t, "一覧.csv", "件名,受付経路,受付日時\n良い行,電話,2026-11-20 09:00\n悪い行,伝書鳩,2026-11-20 09:00\n")
	kittest.Shot(t, card, "import-wrong")
	if markup := test.RenderToMarkup(card.Canvas()); !strings.Contains(markup, "△") || !strings.Contains(markup, "1件を取り込む") {
		t.Error(markup)
	}
	press(t, card, "1件を取り込む")
	if !f.shows("良い行") || f.shows("悪い行") {
		t.Error(f.host.Said)
	}
}

// What is left out stands first and in a sum of its own; lines that people do not see,
// or that are struck through, are named.
func TestImportTellsWhatItLeavesOut(t *testing.T) {
	f := open(t, 1100, "一つ目", "二つ目", "三つ目", "四つ目")
	f.print(t, "この一覧をExcel")
	back := edited(t, f.host.Wrote, func(x *excelize.File, sheet string, cell func(string, int) string) {
		struck, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		for at, v := range map[string]string{
			cell("件名", 1): "良い変更", cell("受付経路", 2): "伝書鳩", cell("ID（変更不可）", 3): "書き換えたID",
			cell("件名", 5): "足した行", cell("受付経路", 5): "電話", cell("受付日時", 5): "R8.11.20 9:00",
		} {
			err = errors.Join(err, x.SetCellValue(sheet, at, v))
		}
		_, heading, nameErr := excelize.CellNameToCoordinates(cell("件名", 0))
		err = errors.Join(err, nameErr, x.SetRowVisible(sheet, heading+1, false), x.SetCellStyle(sheet, cell("件名", 4), cell("件名", 4), struck))
		if err != nil {
			t.Fatal(err)
		}
	})
	card := f.doImport(t, "返却.xlsx", back)
	kittest.Whole(t, card)
	kittest.Shot(t, card, "import-left-out")
	words := kittest.Words(card)
	for _, want := range []string{"追加 1件、変更 1件、競合 0件、取り込めない行 1件、記録なし 1件、取込み済み 0件、行の削除 1件、変更なし 1件",
		"非表示の行も対象に含みます（行番号：2）", "取消線のある行も対象に含みます（行番号：5）", "2件を取り込む"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in %s", want, words)
		}
	}
	if wrong, good := strings.LastIndex(words, "△"), strings.Index(words, "良い変更"); wrong < 0 || good < wrong {
		t.Error("what is left out does not stand first:", words)
	}
	press(t, card, "2件を取り込む")
	again := f.doImport(t, "返却.xlsx", back)
	if words := kittest.Words(again); !strings.Contains(words, "取り込めない行 1件、記録なし 1件、取込み済み 1件") {
		t.Error(words)
	}
}

// A sheet is taken back, and sent out to be, where people edit what records say.
func TestImportIsOfferedWherePeopleEdit(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*register.Config)
		offered bool
	}{
		"people make records":             {func(*register.Config) {}, true},
		"people edit what programs note":  {func(c *register.Config) { c.New, c.Works = app.Label{}, true }, true},
		"people only give commands":       {func(c *register.Config) { c.New, c.Works, c.Fixed = app.Label{}, true, true }, false},
		"people only read what was noted": {func(c *register.Config) { c.New = app.Label{} }, false},
	} {
		cfg := config()
		c.change(&cfg)
		f := openAs(t, cfg, 1100, "端末の故障")
		imports := slices.ContainsFunc(f.Actions(), func(a ui.Action) bool { return a.Label == text.ImportTitle.Label() })
		f.act(t, ui.Ctrl(fyne.KeyP))
		if book := strings.Contains(kittest.Words(kittest.Window(t, f.host.Asked, 440, 300)), "この一覧をExcel"); imports != c.offered || book != c.offered {
			t.Errorf("%s: import offered %t, workbook %t, want %t", name, imports, book, c.offered)
		}
	}
}

// Where programs note the records, a sheet changes those that there are, and adds none.
func TestSheetAddsNothingWhereNobodyMakesRecords(t *testing.T) {
	cfg := config()
	cfg.New, cfg.Works = app.Label{}, true
	f := openAs(t, cfg, 1100, "端末の故障")
	f.print(t, "この一覧をExcel")
	card := f.doImport(t, "返却.xlsx", edited(t, f.host.Wrote, func(x *excelize.File, sheet string, cell func(string, int) string) {
		for at, v := range map[string]string{cell("件名", 1): "端末の故障（2階）", cell("件名", 2): "足した行", cell("受付経路", 2): "電話", cell("受付日時", 2): "R8.11.20 9:00"} {
			if err := x.SetCellValue(sheet, at, v); err != nil {
				t.Fatal(err)
			}
		}
	}))
	kittest.Whole(t, card)
	kittest.Shot(t, card, "import-noted")
	if words := kittest.Words(card); !strings.Contains(words, "行を追加できません") {
		t.Error(words)
	}
	press(t, card, "1件を取り込む")
	if f.shows("足した行") || f.subject(t, f.refs[0]) != "端末の故障（2階）" {
		t.Error(f.host.Said)
	}
}

// TestWhatIsNoSheet is refused with a sentence.
func TestWhatIsNoSheet(t *testing.T) {
	f := open(t, 1100)
	f.host.File, f.host.Body = "x.xlsx", "PK\x03\x04 no workbook"
	for _, a := range f.Actions() {
		if strings.HasPrefix(a.Label.JA, "表の取込み") {
			a.Do()
		}
	}
	if !strings.Contains(f.host.LastSaid(), "表として読めない") {
		t.Error(f.host.Said)
	}
}

var _ ui.Page = (*fixture)(nil)
