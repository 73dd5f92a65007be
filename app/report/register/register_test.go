package register_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/report"
	"daicho/app/report/pdf"
	"daicho/app/report/register"
	"daicho/app/ticket"
	"daicho/assets"
)

var now = register.Reading{At: time.Date(2026, 11, 20, 14, 2, 0, 0, civil.Tokyo)}

func someTicket(t *testing.T) app.Record {
	t.Helper()
	return typed(t, ticket.Register, "title=回線の障害", "channel=phone", "received=2026-11-20 14:02", "minutes=15", "first_line=yes", "body=一行目\n二行目")
}

// typed is a record that a person filled in.
func typed(t *testing.T, g app.AnyRegister, fields ...string) app.Record {
	t.Helper()
	r := g.New()
	r.Meta().Number = "2026-000001"
	for _, f := range fields {
		name, text, _ := strings.Cut(f, "=")
		if err := g.Enter(r, name, text); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func titles(t report.Table) (out []string) {
	for _, c := range t.Columns {
		out = append(out, c.Title)
	}
	return out
}

func TestRowsAreAsTyped(t *testing.T) {
	got := register.Rows(ticket.Register, []app.Record{someTicket(t)}, "number", "title", "channel", "received", "minutes", "first_line")
	want := []string{"2026-000001", "回線の障害", "電話", "2026-11-20 14:02", "15", "はい"}
	if !slices.Equal(got.Rows[0], want) {
		t.Errorf("row %q, want %q", got.Rows[0], want)
	}
	if want := []string{"番号", "件名", "受付経路", "受付日時", "対応工数（分）", "一次受付"}; !slices.Equal(titles(got), want) {
		t.Errorf("titles %q, want %q", titles(got), want)
	}
}

func TestRowsHaveEveryField(t *testing.T) {
	for kind, g := range modules.Book().Registers {
		if got, want := len(register.Rows(g, nil).Columns), len(g.About().Fields); got != want {
			t.Errorf("%s: %d columns, want %d", kind, got, want)
		}
	}
}

func TestListIsDatedByEra(t *testing.T) {
	doc := register.List(ticket.Register, []app.Record{someTicket(t)}, now)
	table := doc.Blocks[1].(report.Table)
	if !doc.Landscape || doc.Handling != "取扱注意" || table.Note != "1件" {
		t.Errorf("landscape %t, handling %q, note %q", doc.Landscape, doc.Handling, table.Note)
	}
	if i := slices.Index(titles(table), "受付日時"); i < 0 || table.Rows[0][i] != "R8.11.20 14:02" {
		t.Errorf("received: %q in %q", table.Rows[0], titles(table))
	}
	if slices.Contains(titles(table), "内容") {
		t.Error("a list has no room for long texts")
	}
}

func TestSheetHoldsEveryField(t *testing.T) {
	doc := register.Sheet(ticket.Register, someTicket(t), now)
	form := doc.Blocks[1].(report.Sheet)
	if len(form.Pairs) != len(ticket.Register.About().Fields) {
		t.Errorf("%d pairs", len(form.Pairs))
	}
	for label, want := range map[string]string{"受付日時": "令和8年11月20日（金）14:02", "完了日時": "", "内容": "一行目\n二行目", "状態": "未着手"} {
		i := slices.IndexFunc(form.Pairs, func(p report.Pair) bool { return p.Label == label })
		if i < 0 || form.Pairs[i].Value != want {
			t.Errorf("%s: %v, want %q", label, form.Pairs, want)
		}
	}
	if doc.Number != "2026-000001" {
		t.Errorf("number %q", doc.Number)
	}
}

func TestSheetHasNestedRowsAsTable(t *testing.T) {
	r := typed(t, document.Register, "title=計画書", "type=plan", "revisions=0.1|2026-04-01|初稿|甲\n1.0||承認|乙 \\| 丙")
	table := register.Sheet(document.Register, r, now).Blocks[2].(report.Table)
	want := [][]string{{"0.1", "R8.4.1", "初稿", "甲"}, {"1.0", "", "承認", "乙 | 丙"}}
	if table.Title != "改訂履歴" || len(table.Rows) != 2 || !slices.Equal(table.Rows[0], want[0]) || !slices.Equal(table.Rows[1], want[1]) {
		t.Errorf("%s %q, want %q", table.Title, table.Rows, want)
	}
}

// What a record links to stands on paper by its name, where that is known.
func TestLinksAreNamed(t *testing.T) {
	who := app.Ref{Kind: app.PersonKind, ID: app.ID{15: 7}}
	r := typed(t, people.Grants, "person="+who.String(), "role=helpdesk")
	for _, c := range []struct {
		names app.Names
		want  string
	}{
		{func(app.Ref) string { return "中村 彩" }, "中村 彩"},
		{func(app.Ref) string { return "" }, who.String()},
		{nil, who.String()},
	} {
		form := register.Sheet(people.Grants, r, register.Reading{At: now.At, Names: c.names}).Blocks[1].(report.Sheet)
		if i := slices.IndexFunc(form.Pairs, func(p report.Pair) bool { return p.Value == c.want }); i < 0 {
			t.Errorf("no field is %q: %+v", c.want, form.Pairs)
		}
	}
}

func TestSheetNamesAttachments(t *testing.T) {
	r := someTicket(t)
	blobs := []app.Blob{{ID: app.BlobID{1}, Name: "写真.png", Size: 2049}}
	if err := ticket.Register.Put(r, "photos", app.FilesValue(blobs)); err != nil {
		t.Fatal(err)
	}
	form := register.Sheet(ticket.Register, r, now).Blocks[1].(report.Sheet)
	if !slices.Contains(form.Pairs, report.Pair{Label: "写真・添付", Value: "写真.png（3 KB）", Wide: true}) {
		t.Errorf("%+v", form.Pairs)
	}
}

// Every register prints, with nothing in it and with one empty record.
func TestEveryRegisterPrints(t *testing.T) {
	press, err := pdf.New(assets.PaperFonts())
	if err != nil {
		t.Fatal(err)
	}
	for kind, g := range modules.Book().Registers {
		for _, doc := range []report.Document{register.List(g, nil, now), register.List(g, []app.Record{g.New()}, now), register.Sheet(g, g.New(), now)} {
			var out bytes.Buffer
			if _, err := press.Write(&out, doc); err != nil {
				t.Errorf("%s: %s: %v", kind, doc.Title, err)
			}
		}
	}
}
