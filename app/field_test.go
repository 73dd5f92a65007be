package app_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/civil"
)

func date(y, m, d int) civil.Date { return civil.Date{Year: y, Month: time.Month(m), Day: d} }

// form has a field of every type.
type form struct {
	app.Head
	Text  string
	Long  string
	Kind  string
	Int   int
	Yes   bool
	Day   app.Day
	Time  app.Stamp
	Link  app.Ref
	Links []app.Ref
	Tags  []string
	Files []app.Blob
	Rows  []item
}

var forms = app.Describe("form", "様式", "Forms",
	app.Text("text", "文", "Text", func(f *form) *string { return &f.Text }),
	app.Long("long", "長文", "Long text", func(f *form) *string { return &f.Long }),
	app.One("kind", "種類", "Kind", func(f *form) *string { return &f.Kind }, app.First("", "none", "なし", "None"), app.Is("a", "甲", "A")),
	app.Int("int", "数", "Number", func(f *form) *int { return &f.Int }),
	app.Bool("yes", "可否", "Yes or no", func(f *form) *bool { return &f.Yes }),
	app.On("day", "日", "Day", func(f *form) *app.Day { return &f.Day }),
	app.At("time", "時", "Time", func(f *form) *app.Stamp { return &f.Time }),
	app.Link("link", "関連", "Link", "form", func(f *form) *app.Ref { return &f.Link }),
	app.Links("links", "関連", "Links", func(f *form) *[]app.Ref { return &f.Links }),
	app.Tags("tags", "タグ", "Tags", func(f *form) *[]string { return &f.Tags }),
	app.Files("files", "添付", "Files", func(f *form) *[]app.Blob { return &f.Files }),
	app.Rows("rows", "行", "Rows", func(f *form) *[]item { return &f.Rows },
		app.Text("key", "鍵", "Key", func(i *item) *string { return &i.Key }),
		app.Text("text", "文", "Text", func(i *item) *string { return &i.Text })),
	app.Shown("length", "長さ", "Length", func(f *form) int64 { return int64(len(f.Text)) }),
	app.ShownOne("weight", "重さ", "Weight", func(f *form) string { return f.Kind + "!" }, app.Is("!", "軽", "light"), app.Is("a!", "重", "heavy")),
)

func TestEnterAndShow(t *testing.T) {
	for _, c := range []struct{ field, typed, shown, english, bad string }{
		{"text", "  障害  ", "障害", "障害", ""},
		{"long", "一\r\n二", "一\n二", "一\n二", ""},
		{"kind", "甲", "甲", "A", "乙"},
		{"kind", "none", "なし", "None", ""},
		{"int", "１，２３４", "1234", "1234", "多い"},
		{"yes", "はい", "はい", "yes", "たぶん"},
		{"day", "R8.11.20", "2026-11-20", "2026-11-20", "11月末"},
		{"day", "令和8年11月20日", "2026-11-20", "2026-11-20", "2026-02-30"},
		{"time", "2026-11-20 14:02", "2026-11-20 14:02", "2026-11-20 14:02", "昼過ぎ"},
		{"time", "2026-11-20T14:02:05+09:00", "2026-11-20T14:02:05+09:00", "2026-11-20T14:02:05+09:00", "2026-11-20 25:00"},
		{"link", "form:" + ref(1).ID.String(), "form:" + ref(1).ID.String(), "form:" + ref(1).ID.String(), "form"},
		{"tags", "乙 甲 乙", "乙 甲", "乙 甲", ""},
		{"rows", `a|一\|二`, `a|一\|二`, `a|一\|二`, "a|b|c"},
		{"files", "", "", "", "x.png"},
		{"length", "", "0", "0", "3"},
		{"weight", "", "軽", "light", "重"},
	} {
		f := forms.Draft(app.ID{})
		if c.field != "files" && c.field != "length" && c.field != "weight" {
			if err := forms.Enter(f, c.field, c.typed); err != nil {
				t.Errorf("%s %q: %v", c.field, c.typed, err)
			}
		}
		loaded := forms.Draft(app.ID{})
		if err := forms.Load(loaded, f.Ref, 1, app.Doc(nil).Patch(forms.Diff(f))); err != nil {
			t.Fatal(err)
		}
		if ja, en := forms.Show(loaded, c.field, app.JA), forms.Show(loaded, c.field, app.EN); ja != c.shown || en != c.english {
			t.Errorf("%s %q shows as %q and %q", c.field, c.typed, ja, en)
		}
		if c.bad != "" {
			err := forms.Enter(f, c.field, c.bad)
			e := app.ErrorOf(err)
			if err == nil || e.Field != c.field || e.Say.JA == "" || e.Say.EN == "" {
				t.Errorf("%s %q: %v", c.field, c.bad, err)
			}
		}
	}
	if err := forms.Enter(forms.New(), "nothing", "x"); !app.IsCode(err, app.Invalid) {
		t.Error(err)
	}
}

func TestJSONIsStable(t *testing.T) {
	f := forms.Draft(app.ID{15: 1})
	f.Text, f.Kind, f.Day, f.Time, f.Tags = "<障害>", "a", app.DayOf(date(2026, 11, 20)), moment, []string{"甲"}
	f.Rows, f.Files = []item{{"a", "一"}}, []app.Blob{{ID: app.BlobID{31: 1}, Name: "写真.jpg", Size: 9, Type: "image/jpeg"}}
	f.Link = ref(1)
	doc := app.Doc(nil).Patch(append(forms.Diff(f), app.Cell{Field: "of_tomorrow", Now: app.TextValue("x")}))
	if err := forms.Load(f, f.Ref, 1, doc); err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"00000000000000000000000000000001","number":"","text":"<障害>","long":"","kind":"a","int":0,"yes":false,` +
		`"day":"2026-11-20","time":"2026-11-18T20:06:40+09:00","link":"note:01000000000000000000000000000000","links":[],"tags":["甲"],` +
		`"files":[{"blob":"0000000000000000000000000000000000000000000000000000000000000001","name":"写真.jpg","size":9,"type":"image/jpeg"}],` +
		`"rows":[{"key":"a","text":"一"}],"length":8,"weight":"a!","of_tomorrow":"x"}`
	got := string(app.JSON(nil, forms, f))
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !json.Valid([]byte(got)) {
		t.Error("not JSON")
	}
}

// TestTypedIsReadBack: what a field shows can be typed in again unchanged.
func TestTypedIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := forms.Draft(app.ID{})
		f.Int = rapid.Int().Draw(t, "int")
		f.Day = app.Day(rapid.IntRange(-30_000, 60_000).Draw(t, "day"))
		f.Time = app.Stamp(rapid.Int64Range(-2_000_000_000_000, 4_000_000_000_000).Draw(t, "time"))
		text := rapid.StringMatching(`[a-z|\\障害]{0,8}`)
		for range rapid.IntRange(0, 3).Draw(t, "rows") {
			f.Rows = append(f.Rows, item{"k" + text.Draw(t, "key"), text.Draw(t, "text")})
		}
		for _, name := range []string{"int", "day", "time", "rows"} {
			was := forms.Column(f, name)
			if err := forms.Enter(f, name, forms.Show(f, name, app.JA)); err != nil {
				t.Fatal(name, err)
			}
			if !forms.Column(f, name).Equal(was) {
				t.Fatalf("%s: %s became %s", name, was.JSON(), forms.Column(f, name).JSON())
			}
		}
	})
}

func TestBlobsOfOtherValuesAreNone(t *testing.T) {
	f := forms.Draft(app.ID{})
	f.Tags, f.Links, f.Rows = []string{"甲"}, []app.Ref{ref(1)}, []item{{"a", "b"}}
	for _, name := range []string{"tags", "links", "rows", "text"} {
		if got := forms.Column(f, name).Blobs(); got != nil {
			t.Errorf("%s holds attachments: %v", name, got)
		}
	}
	want := app.Blob{ID: app.BlobID{1}, Name: "x", Size: 3, Type: "text/plain"}
	if got := app.FilesValue([]app.Blob{want}).Blobs(); len(got) != 1 || got[0] != want {
		t.Errorf("%v", got)
	}
}
