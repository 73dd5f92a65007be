package roundtrip_test

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/report/roundtrip"
	"daicho/app/report/xlsx"
	"daicho/app/ticket"
)

//go:embed testdata/city.bas
var city string

// edited is a workbook as LibreOffice saves it after a macro edited it.
func edited(t *testing.T, macro string, data []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	from, to := filepath.Join(dir, "sent.xlsx"), filepath.Join(dir, "back.xlsx")
	if err := os.WriteFile(from, data, 0o600); err != nil {
		t.Fatal(err)
	}
	home := (&url.URL{Scheme: "file", Path: filepath.Join(dir, "home")}).String()
	office := func(arg string) {
		if out, err := exec.Command("soffice", "-env:UserInstallation="+home, "--headless", "--norestore", arg).CombinedOutput(); err != nil {
			t.Fatalf("soffice (package libreoffice-calc): %v %s", err, out)
		}
	}
	office("--terminate_after_init") // the first start makes empty libraries
	keepMacro(t, filepath.Join(dir, "home", "user", "basic", "Standard"))
	office(fmt.Sprintf(`macro:///Standard.City.%s("%s","%s")`, macro, from, to))
	back, err := os.ReadFile(to)
	if err != nil {
		why, _ := os.ReadFile(to + ".failed")
		t.Fatalf("%v; the macro says: %s", err, why)
	}
	return back
}

// keepMacro puts the macro where LibreOffice looks for a person's own.
func keepMacro(t *testing.T, basic string) {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE %[1]s PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "%[2]s.dtd">
`
	library := fmt.Sprintf(head, "library:library", "library") + `<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">%s</library:library>`
	module := fmt.Sprintf(head, "script:module", "module") + `<script:module xmlns:script="http://openoffice.org/2000/script" script:name="City" script:language="StarBasic">` +
		strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(city) + `</script:module>`
	for path, text := range map[string]string{"City.xba": module, "script.xlb": fmt.Sprintf(library, `<library:element library:name="City"/>`)} {
		if err := os.WriteFile(filepath.Join(basic, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// The city edits twelve rows, adds three, deletes one, sorts, inserts a column,
// renames the sheet, hides a row, strikes one through, and saves: the preview says
// exactly that.
func TestCity(t *testing.T) {
	all := tickets(t, 40)
	back := edited(t, "Edit", workbook(t, all))
	b := readBook(t, back)
	p := compare(t, b, all)
	if p.Count(roundtrip.Changed) != 12 || p.Count(roundtrip.Added) != 3 || p.Count(roundtrip.Deleted) != 1 || p.Unchanged != 27 || len(p.Changes) != 16 {
		t.Errorf("%d changed, %d added, %d deleted, %d unchanged, %d in all", p.Count(roundtrip.Changed), p.Count(roundtrip.Added), p.Count(roundtrip.Deleted), p.Unchanged, len(p.Changes))
	}
	var got []string
	for _, c := range p.Changes {
		if err := c.Err(false); err != nil {
			t.Errorf("line %d: %v", c.Line, err)
		}
		name := c.Number
		for _, cell := range c.Cells {
			got = append(got, fmt.Sprintf("%s %s %s: %s > %s", c.What, name, cell.Spec.Name, cell.Was, cell.Now))
		}
		if c.What == roundtrip.Deleted {
			got = append(got, "deleted "+name)
		}
	}
	slices.Sort(got)
	want := []string{
		"added  channel:  > メール", "added  channel:  > 窓口", "added  channel:  > 電話",
		"added  received:  > 2026-12-02 09:30", "added  title:  > 新しい件その1", "added  title:  > 新しい件その2", "added  title:  > 新しい件その3",
		"changed T-001 title: 件名 1 > 直した 1", "changed T-002 title: 件名 2 > 直した 2", "changed T-003 title: 件名 3 > 直した 3", "changed T-004 title: 件名 4 > 直した 4",
		"changed T-005 minutes: 5 > ７５", "changed T-006 minutes: 6 > 76", "changed T-007 received: 2026-11-01 09:07 > R8.11.3 10:00",
		"changed T-008 received: 2026-11-01 09:08 > 令和8年11月4日 11時5分", "changed T-009 first_line: いいえ > ○", "changed T-010 first_line: いいえ > 済",
		"changed T-011 body: 一行目\n二行目 > 一行目\n二行目\n三行目", "changed T-012 channel: 電話 > メール", "deleted T-020",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if b.Sheet != "課題（市回答）" || !slices.Equal(b.Ignored, []string{"市の備考"}) || len(b.Hidden) != 1 || len(b.Struck) != 1 {
		t.Errorf("sheet %q, ignored %q, hidden %v, struck %v", b.Sheet, b.Ignored, b.Hidden, b.Struck)
	}
	if p.Changes[len(p.Changes)-1].What != roundtrip.Deleted || sorted(p) {
		t.Error("the rows are not in the order of the sheet, which was sorted")
	}
}

// What people do to a sheet that a program cannot follow is told cell by cell, and row
// by row what is not read at all; the rest is read as they meant it.
func TestMessyCity(t *testing.T) {
	all := tickets(t, 8)
	b := readBook(t, edited(t, "Mess", workbook(t, all)))
	p := compare(t, b, all)
	var got []string
	for _, c := range p.Changes {
		name := fmt.Sprintf("%s %s", c.What, c.Number)
		for _, cell := range c.Cells {
			why := ""
			if cell.Wrong != nil {
				why = " (" + app.ErrorOf(cell.Wrong).Field + ")"
			}
			got = append(got, fmt.Sprintf("%s %s: %s > %s%s", name, cell.Spec.Name, cell.Was, cell.Now, why))
		}
		for _, l := range c.Left {
			got = append(got, fmt.Sprintf("%s leaves %s: %s", name, l.Column.JA, l.Text))
			if l.Why == nil {
				t.Errorf("no reason why %s is left out", l.Column.JA)
			}
		}
	}
	slices.Sort(got)
	want := []string{
		"added  channel:  > 電話", "added  channel:  > 電話", "added  channel:  > 電話",
		"added  minutes:  > #DIV/0! (minutes)", "added  received:  > 2026/12/32 (received)",
		"added  title:  > 三件目", "added  title:  > 二件目", "added  title:  > 足した行",
		"added  leaves 写真・添付: 画面.png", "added  leaves 市の備考: 至急", "added  leaves 状態: 完了", "added  leaves 番号: 市-7", "added  leaves " + b.Ignored[1] + ": 欄外のメモ",
		"changed T-001 received: 2026-11-01 09:01 > ２０２６年１１月３日　１０：００", "changed T-002 minutes: 2 > １２０", "changed T-003 minutes: 3 > #DIV/0! (minutes)",
		"changed T-004 title: 件名 4 > 結合", "changed T-005 title: 件名 5 > 結合", "changed T-006 title: 件名 6 > 隠した行",
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if p.Unchanged != 2 || len(b.Hidden) != 1 || len(b.Aside) != 1 || !slices.Equal(b.Others, []string{"別表"}) || len(b.Ignored) != 2 || b.Ignored[0] != "市の備考" || !strings.HasSuffix(b.Ignored[1], "列") {
		t.Errorf("%d unchanged, hidden %v, aside %v, others %q, ignored %q", p.Unchanged, b.Hidden, b.Aside, b.Others, b.Ignored)
	}
}

// sorted says whether the changes stand in the order in which they were sent.
func sorted(p *roundtrip.Preview) bool {
	var numbers []string
	for _, c := range p.Changes {
		if c.What == roundtrip.Changed {
			numbers = append(numbers, c.Number)
		}
	}
	return slices.IsSorted(numbers)
}

func readBook(t *testing.T, data []byte) *roundtrip.Back {
	t.Helper()
	grids, err := xlsx.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := roundtrip.Read(ticket.Register, grids, roundtrip.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compare(t *testing.T, b *roundtrip.Back, all []app.Record) *roundtrip.Preview {
	t.Helper()
	p, err := roundtrip.Compare(ticket.Register, b, roundtrip.File{Written: xlsx.Fit, Secret: []byte("secret")}, shelf(all))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
