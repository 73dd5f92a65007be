package roundtrip_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/roundtrip"
	"daicho/app/report/xlsx"
	"daicho/app/ticket"
)

// shelf is a register as it stands today.
type shelf []app.Record

func (s shelf) ByID(id app.ID) (app.Record, error) {
	for _, r := range s {
		if r.Meta().Ref.ID == id {
			return r, nil
		}
	}
	return nil, nil
}

func (s shelf) ByNumber(number string) (app.Record, error) {
	for _, r := range s {
		if r.Meta().Number == number {
			return r, nil
		}
	}
	return nil, nil
}

// tickets are records as a replica holds them, of version 7.
func tickets(t *testing.T, n int) (all []app.Record) {
	t.Helper()
	for i := 1; i <= n; i++ {
		all = append(all, stored(t, i, "title="+fmt.Sprintf("件名 %d", i), "channel=phone", "received="+fmt.Sprintf("2026-11-01 09:%02d", i%60), "minutes="+fmt.Sprint(i), "body=一行目\n二行目"))
	}
	return all
}

// stored is a record with these fields.
func stored(t *testing.T, n int, fields ...string) app.Record {
	t.Helper()
	r := ticket.Register.New()
	id := app.ID{1}
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	ref := app.Ref{Kind: ticket.Kind, ID: id}
	edit(t, r, append(fields, "")...)
	doc := app.Doc(nil).Patch(append(ticket.Register.Diff(r), app.Cell{Field: "number", Now: app.TextValue(fmt.Sprintf("T-%03d", n))}))
	if err := ticket.Register.Load(r, ref, 7, doc); err != nil {
		t.Fatal(err)
	}
	return r
}

func edit(t *testing.T, r app.Record, fields ...string) {
	t.Helper()
	for _, f := range fields {
		if f == "" {
			continue
		}
		name, text, _ := bytes.Cut([]byte(f), []byte("="))
		if err := ticket.Register.Enter(r, string(name), string(text)); err != nil {
			t.Fatal(err)
		}
	}
}

// later is the records, of which one was edited in the program meanwhile.
func later(t *testing.T, all []app.Record, n int, fields ...string) []app.Record {
	t.Helper()
	out := append([]app.Record{}, all...)
	old := all[n-1]
	r := ticket.Register.New()
	if err := ticket.Register.Load(r, old.Meta().Ref, 7, old.Meta().Seen()); err != nil {
		t.Fatal(err)
	}
	edit(t, r, fields...)
	if err := ticket.Register.Load(r, old.Meta().Ref, 8, old.Meta().Seen().Patch(ticket.Register.Diff(r))); err != nil {
		t.Fatal(err)
	}
	out[n-1] = r
	return out
}

var made = time.Date(2026, 11, 20, 5, 2, 0, 0, time.UTC)

func workbook(t *testing.T, all []app.Record) []byte {
	t.Helper()
	sheet, err := roundtrip.Workbook(ticket.Register, all, made, roundtrip.Salt{1})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := xlsx.WriteSheet(&out, sheet); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// grids are the workbook as it comes back, to be edited.
func grids(t *testing.T, all []app.Record) []report.Grid {
	t.Helper()
	data := workbook(t, all)
	g, err := xlsx.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// cell is the place of a text in the sheet, by heading and number of the row.
func cell(t *testing.T, g *report.Grid, title string, row int) *string {
	t.Helper()
	for i, s := range g.Lines[0].Cells {
		if s != title {
			continue
		}
		l := &g.Lines[row]
		for len(l.Cells) <= i {
			l.Cells = append(l.Cells, "")
		}
		return &l.Cells[i]
	}
	t.Fatalf("no column %s", title)
	return nil
}

func back(t *testing.T, grids []report.Grid) *roundtrip.Back {
	t.Helper()
	b, err := roundtrip.Read(ticket.Register, grids, roundtrip.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// One cell was edited on both sides, another one on neither: the change is told
// against what was sent, so that the decision on it is that of every other conflict.
func TestBothSides(t *testing.T) {
	all := tickets(t, 3)
	sent := grids(t, all)
	*cell(t, &sent[0], "件名", 2) = "市の件名"
	*cell(t, &sent[0], "内容", 2) = "一行目\n二行目\n市の行"
	*cell(t, &sent[0], "担当", 3) = "水野"
	now := later(t, all, 2, "title=こちらの件名", "body=こちらの行\n一行目\n二行目", "minutes=50")
	now = later(t, now, 3, "minutes=51")
	p := compare(t, back(t, sent), now)
	if len(p.Changes) != 2 || p.Changes[0].What != roundtrip.Conflict || p.Changes[1].What != roundtrip.Changed {
		t.Fatalf("%+v", p.Changes)
	}
	title, body := p.Changes[0].Cells[0], p.Changes[0].Cells[1]
	if len(p.Changes[0].Cells) != 2 || title.Was != "件名 2" || title.Today != "こちらの件名" || title.Now != "市の件名" || !title.Clash || title.Merged != "" {
		t.Errorf("%+v", title)
	}
	if body.Merged != "こちらの行\n一行目\n二行目\n市の行" {
		t.Errorf("merged %q", body.Merged)
	}
	rec, err := p.Record(p.Changes[0])
	if err != nil {
		t.Fatal(err)
	}
	cells := ticket.Register.Diff(rec)
	if len(cells) != 2 || rec.Meta().GSN != 7 || cells[1].Was.Text() != "件名 2" || cells[1].Now.Text() != "市の件名" || cells[0].Was.Text() != "一行目\n二行目" {
		t.Errorf("version %d, %v", rec.Meta().GSN, cells)
	}
	if p.Changes[0].Err(false) != nil {
		t.Error("a conflict can be applied")
	}
}

// A row that was copied is a record of its own; one whose id was typed over, or
// whose record is not here, is told and never made.
func TestCopiedForeignAndGone(t *testing.T) {
	all := tickets(t, 3)
	sent := grids(t, all)
	g := &sent[0]
	copied := report.Line{N: 5, Cells: append([]string{}, g.Lines[1].Cells...)}
	*cell(t, g, "件名", 1) = "件名 1 の写し" // the copy was left as it was, the original edited
	g.Lines = append(g.Lines, copied)
	g.Lines[3].Cells[0] = "変えた"
	p := compare(t, back(t, sent), all[:1])
	if len(p.Changes) != 3 || p.Changes[0].What != roundtrip.Added || !p.Changes[0].Copied || p.Changes[1].What != roundtrip.Gone || p.Changes[2].What != roundtrip.Gone || p.Unchanged != 1 {
		t.Fatalf("%+v", p.Changes)
	}
	if p.Changes[1].Err(true) == nil || p.Changes[2].Err(true) == nil {
		t.Error("what is not here was applied")
	}
	id := p.Changes[0].ID
	if again := compare(t, back(t, sent), all[:1]); again.Changes[0].ID != id {
		t.Error("the id of an added row is another one the second time")
	}
}

// A row whose id was emptied is that of its number, so it was not deleted; a second
// row of one record is refused, whichever of the two has the id.
func TestRowsByNumber(t *testing.T) {
	all := tickets(t, 2)
	sent := grids(t, all)
	g := &sent[0]
	g.Lines[1].Cells[0] = ""
	*cell(t, g, "件名", 1) = "市の件名"
	p := compare(t, back(t, sent), all)
	if len(p.Changes) != 1 || p.Changes[0].What != roundtrip.Changed || p.Changes[0].Number != "T-001" || p.Unchanged != 1 {
		t.Fatalf("%+v", p.Changes)
	}
	named, bare := g.Lines[2], g.Lines[2]
	bare.Cells = append([]string{""}, named.Cells[1:]...)
	for _, both := range [][2]report.Line{{named, bare}, {bare, named}, {bare, bare}} {
		g.Lines = []report.Line{g.Lines[0], g.Lines[1], both[0], both[1]}
		p := compare(t, back(t, sent), all)
		if len(p.Changes) != 2 || p.Unchanged != 1 || app.ErrorOf(p.Changes[1].Err(true)) == nil || app.ErrorOf(p.Changes[1].Err(true)).Field != "number" {
			t.Errorf("twice: %+v", p.Changes)
		}
	}
}

// A deleted row says nothing of what somebody has written in its record since.
func TestADeletedRowOfAChangedRecord(t *testing.T) {
	all := tickets(t, 2)
	sent := grids(t, all)
	sent[0].Lines = sent[0].Lines[:2]
	for stale, now := range map[bool][]app.Record{false: all, true: later(t, all, 2, "minutes=90")} {
		p := compare(t, back(t, sent), now)
		if len(p.Changes) != 1 || p.Changes[0].What != roundtrip.Deleted || p.Changes[0].Err(true) != nil || app.IsCode(p.Changes[0].Err(false), app.Stale) != stale {
			t.Errorf("stale %v: %+v", stale, p.Changes)
		}
	}
}

// A new row that is like one imported before is told with its line, not passed over.
func TestARowThatIsThereAlready(t *testing.T) {
	own := []report.Grid{{Name: "一覧", Lines: []report.Line{{N: 1, Cells: []string{"件名", "受付経路"}}, {N: 2, Cells: []string{"回線", "電話"}}}}}
	first := compare(t, back(t, own), nil)
	made, err := first.Record(first.Changes[0])
	if err != nil {
		t.Fatal(err)
	}
	p := compare(t, back(t, own), []app.Record{made})
	if len(p.Changes) != 1 || p.Changes[0].What != roundtrip.Already || p.Changes[0].Line != 2 || p.Changes[0].ID != made.Meta().Ref.ID || p.Unchanged != 0 {
		t.Errorf("%+v", p)
	}
}

// What cannot be typed in cannot be imported, and nothing is lost that the file could not hold.
func TestRefusedCells(t *testing.T) {
	for _, c := range []struct{ title, text, code string }{
		{"状態", "完了", "state"}, {"件名", "", "title"}, {"受付経路", "のろし", "channel"}, {"対応工数（分）", "たくさん", "minutes"},
		{"対応工数（分）", "-1", "minutes"}, {"受付日時", "R8.13.1 10:00", "received"}, {"内容", "〓野家", "body"}, {"写真・添付", "a.png", "photos"},
	} {
		all := tickets(t, 1)
		sent := grids(t, all)
		*cell(t, &sent[0], c.title, 1) = c.text
		if p := compare(t, back(t, sent), all); len(p.Changes) != 1 || app.ErrorOf(p.Changes[0].Err(true)) == nil || app.ErrorOf(p.Changes[0].Err(true)).Field != c.code {
			t.Errorf("%s = %q: %+v", c.title, c.text, p.Changes)
		}
	}
}

// How people write things in sheets: what means the same is no edit.
func TestMeansTheSame(t *testing.T) {
	all := []app.Record{stored(t, 1, "title=一", "channel=phone", "received=2026-04-01 09:00", "minutes=1000", "first_line=はい", "tags=甲 乙", "impact=A 業務停止")}
	for title, texts := range map[string][]string{
		"受付日時":    {"R8.4.1 9:00", "令和8年4月1日　９：００", "2026/4/1 09:00", "令和８年４月１日 午前9時"},
		"対応工数（分）": {"１０００", "1,000", "1000.0", "１，０００"},
		"一次受付":    {"○", "〇", "◯", "済", "レ", "TRUE", "有り"},
		"受付経路":    {"電 話", "phone", "電話 "},
		"影響":      {"Ａ　業務停止", "A業務停止"},
		"タグ":      {"乙　甲", "甲\n乙"},
	} {
		for _, s := range texts {
			sent := grids(t, all)
			*cell(t, &sent[0], title, 1) = s
			if p := compare(t, back(t, sent), all); len(p.Changes) != 0 {
				t.Errorf("%s = %q: %+v", title, s, p.Changes[0].Cells)
			}
		}
	}
}

// The headings of somebody's own sheet: below a title, over two lines, by a mapping.
func TestOwnHeadings(t *testing.T) {
	own := []report.Grid{{Name: "表紙", Lines: []report.Line{{N: 1, Cells: []string{"令和8年度"}}}}, {Name: "一覧", Lines: []report.Line{
		{N: 1, Cells: []string{"", "課題一覧"}},
		{N: 3, Cells: []string{"No", "件　名", "受付", "", "備考"}},
		{N: 4, Cells: []string{"No", "件　名", "日時", "ルート"}},
		{N: 5, Cells: []string{"1", "回線", "R8.4.1 9:00", "電話", "至急"}},
		{N: 6, Cells: []string{"2"}},
	}}}
	b, err := roundtrip.Read(ticket.Register, own, roundtrip.Layout{Columns: map[string]string{"ルート": "channel", "No": ""}})
	if err != nil {
		t.Fatal(err)
	}
	p := compare(t, b, nil)
	if len(p.Changes) != 1 || p.Changes[0].Line != 5 || len(p.Changes[0].Cells) != 3 || p.Changes[0].Err(false) != nil {
		t.Fatalf("%q %+v", b.Fields, p.Changes)
	}
	if _, err := roundtrip.Read(ticket.Register, own[:1], roundtrip.Layout{}); !app.IsCode(err, app.NotFound) {
		t.Errorf("a sheet without headings: %v", err)
	}
	own[1].Lines[2].Cells[0] = "title"
	if _, err := roundtrip.Read(ticket.Register, own, roundtrip.Layout{Columns: map[string]string{"ルート": "channel"}}); app.ErrorOf(err) == nil || app.ErrorOf(err).Field != "title" {
		t.Errorf("two columns of one field: %v", err)
	}
}

// A layout is kept as a text, names line and sheet, and nothing that there is not.
func TestLayout(t *testing.T) {
	own := []report.Grid{{Name: "古い一覧", Lines: []report.Line{{N: 1, Cells: []string{"件名", "受付経路"}}, {N: 2, Cells: []string{"古い", "電話"}}}}, {Name: "一覧", Lines: []report.Line{
		{N: 1, Cells: []string{"受付", "受付", "完了", "", "備考"}},
		{N: 2, Cells: []string{"日", "ルート", "日"}},
		{N: 3, Cells: []string{"R8.4.1 9:00", "電話", "R8.4.2", "", "回線"}},
	}}}
	by := roundtrip.Layout{Sheet: "一覧", Line: 2, Columns: map[string]string{"受付日": "received", "ルート": "channel", "完了日": ""}}
	kept, err := by.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := roundtrip.ParseLayout(kept)
	if err != nil || again.Sheet != by.Sheet || again.Line != 2 || !maps.Equal(again.Columns, by.Columns) {
		t.Errorf("%s came back as %+v (%v)", kept, again, err)
	}
	looked := roundtrip.Look(ticket.Register, own, again)
	want := []roundtrip.Heading{{Text: "受付日", Field: "received"}, {Text: "ルート", Field: "channel"}, {Text: "完了日"}}
	if looked.Sheet != "一覧" || looked.Line != 2 || !slices.Equal(looked.Columns, want) {
		t.Errorf("%+v", looked)
	}
	b, err := roundtrip.Read(ticket.Register, own, again)
	if err != nil || !slices.Equal(b.Ignored, []string{"完了日", "E列"}) || !slices.Equal(b.Others, []string{"古い一覧"}) {
		t.Fatalf("%+v %v", b, err)
	}
	if first := roundtrip.Look(ticket.Register, own, roundtrip.Layout{}); first.Sheet != "古い一覧" || first.Line != 1 {
		t.Errorf("of itself %+v", first)
	}
	for name, l := range map[string]roundtrip.Layout{"no such sheet": {Sheet: "無い"}, "no such field": {Columns: map[string]string{"日": "recieved"}}} {
		if _, err := roundtrip.Read(ticket.Register, own, l); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, s := range []string{"[columms]\n", "line = \"two\"\n", "= ="} {
		if _, err := roundtrip.ParseLayout([]byte(s)); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: %v", s, err)
		}
	}
}

// A sheet of which only the ids are left says nothing of any record.
func TestOnlyKeysAreLeft(t *testing.T) {
	sent := grids(t, tickets(t, 2))
	for i := range sent[0].Lines {
		sent[0].Lines[i].Cells = sent[0].Lines[i].Cells[:3]
	}
	if _, err := roundtrip.Read(ticket.Register, sent, roundtrip.Layout{}); !app.IsCode(err, app.NotFound) {
		t.Error(err)
	}
}

// A whole register of 20,000 rows comes back: each edit and each new row is found, and
// nothing else.
func TestTwentyThousandRows(t *testing.T) {
	const rows = 20_000
	all := tickets(t, rows)
	sent := grids(t, all)
	if len(sent[0].Lines) != rows+1 {
		t.Fatalf("%d lines", len(sent[0].Lines))
	}
	for i := 1; i <= rows; i += 100 {
		*cell(t, &sent[0], "件名", i) = fmt.Sprint("直した ", i)
	}
	for i := range 50 {
		sent[0].Lines = append(sent[0].Lines, report.Line{N: rows + 2 + i})
		*cell(t, &sent[0], "件名", rows+1+i) = fmt.Sprint("足した ", i)
		*cell(t, &sent[0], "受付経路", rows+1+i) = "電話"
	}
	byID := make(map[app.ID]app.Record, rows)
	for _, r := range all {
		byID[r.Meta().Ref.ID] = r
	}
	p, err := roundtrip.Compare(ticket.Register, back(t, sent), roundtrip.File{Written: xlsx.Fit}, indexed(byID))
	if err != nil {
		t.Fatal(err)
	}
	if p.Count(roundtrip.Changed) != rows/100 || p.Count(roundtrip.Added) != 50 || p.Unchanged != rows-rows/100 || len(p.Changes) != rows/100+50 {
		t.Errorf("%d changed, %d added, %d unchanged, %d in all", p.Count(roundtrip.Changed), p.Count(roundtrip.Added), p.Unchanged, len(p.Changes))
	}
	for _, c := range p.Changes {
		if err := c.Err(false); err != nil || c.What == roundtrip.Changed && c.Cells[0].Now != fmt.Sprint("直した ", c.Line-1) {
			t.Fatalf("line %d: %+v %v", c.Line, c.Cells, err)
		}
	}
}

// indexed is a large register as it stands today; nobody asks it for a number.
type indexed map[app.ID]app.Record

func (s indexed) ByID(id app.ID) (app.Record, error) {
	if r, there := s[id]; there {
		return r, nil
	}
	return nil, nil
}

func (s indexed) ByNumber(number string) (app.Record, error) {
	return nil, fmt.Errorf("asked for %s", number)
}

// A workbook of another register, and one whose hidden sheet is damaged, are
// refused; one without it goes by the hashes of its rows.
func TestHiddenSheet(t *testing.T) {
	all := tickets(t, 2)
	sent := grids(t, all)
	if _, err := roundtrip.Read(ticket.Notes, sent, roundtrip.Layout{}); !app.IsCode(err, app.Invalid) {
		t.Errorf("another register: %v", err)
	}
	var bare []report.Grid
	for _, g := range sent {
		if g.Name == xlsx.BaseName {
			damaged := g
			damaged.Lines = append([]report.Line{}, g.Lines...)
			damaged.Lines[1].Cells = damaged.Lines[1].Cells[:2]
			if _, err := roundtrip.Read(ticket.Register, []report.Grid{damaged, sent[0]}, roundtrip.Layout{}); !app.IsCode(err, app.Damaged) {
				t.Errorf("a damaged sheet: %v", err)
			}
			continue
		}
		bare = append(bare, g)
	}
	*cell(t, &bare[0], "件名", 1) = "市の件名"
	if p := compare(t, back(t, bare), all); len(p.Changes) != 1 || p.Changes[0].What != roundtrip.Changed || p.Changes[0].Err(false) != nil {
		t.Errorf("by hash: %+v", p.Changes)
	}
	now := later(t, all, 1, "minutes=30")
	if p := compare(t, back(t, bare), now); len(p.Changes) != 1 || p.Changes[0].What != roundtrip.Conflict || p.Changes[0].Err(false) == nil || p.Changes[0].Err(true) != nil {
		t.Errorf("by another hash: %+v", p.Changes)
	}
}
