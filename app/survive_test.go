package app_test

import (
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/ticket"
)

// wideItem is an item as a later version knows it.
type wideItem struct {
	Key, Text, Extra string
}

type wideNote struct {
	app.Head
	Title string
	Items []wideItem
}

var wideNotes = app.Describe("note", "メモ", "Notes",
	app.Text("title", "題名", "Title", func(n *wideNote) *string { return &n.Title }),
	app.Rows("items", "項目", "Items", func(n *wideNote) *[]wideItem { return &n.Items },
		app.Text("key", "鍵", "Key", func(i *wideItem) *string { return &i.Key }),
		app.Text("text", "文", "Text", func(i *wideItem) *string { return &i.Text }),
		app.Text("extra", "追加", "Extra", func(i *wideItem) *string { return &i.Extra })))

// TestColumnsOfALaterVersionSurvive: an older program on either side keeps
// what rows hold beyond what it knows.
func TestColumnsOfALaterVersionSurvive(t *testing.T) {
	w, _ := made(t, map[string]string{"title": "題"})
	n := wideNotes.Draft(ref(1).ID)
	if err := wideNotes.Load(n, ref(1), 1, w.rows[ref(1)]); err != nil {
		t.Fatal(err)
	}
	n.Items = []wideItem{{"a", "一", "甲"}, {"b", "二", "乙"}}
	c := edit(w, ken, 1, ref(1), w.rows[ref(1)], nil)
	c.Cells = wideNotes.Diff(n)
	if _, err := w.judge(c); err != nil { // the older server
		t.Fatal(err)
	}
	if got := edit(w, aya, 2, ref(1), w.rows[ref(1)], map[string]string{"title": "新題"}).Cells; len(got) != 1 {
		t.Errorf("an edit of the title changes %v", got)
	}
	if _, err := w.judge(edit(w, aya, 3, ref(1), w.rows[ref(1)], map[string]string{"items": "a|壱\nb|二\nc|三"})); err != nil {
		t.Fatal(err)
	}
	if err := wideNotes.Load(n, ref(1), 1, w.rows[ref(1)]); err != nil {
		t.Fatal(err)
	}
	if want := []wideItem{{"a", "壱", "甲"}, {"b", "二", "乙"}, {"c", "三", ""}}; !slices.Equal(n.Items, want) {
		t.Errorf("%v", n.Items)
	}
}

// TestAnOldNameDoesNotRiseAgain: a field that was emptied stays empty, though
// its value stood under its old name.
func TestAnOldNameDoesNotRiseAgain(t *testing.T) {
	type page struct {
		app.Head
		Text, Other string
	}
	pages := app.Describe("note", "頁", "Pages",
		app.Text("text", "文", "Text", func(p *page) *string { return &p.Text }),
		app.Text("other", "他", "Other", func(p *page) *string { return &p.Other })).Renamed("words", "text")
	w := newWorld()
	w.book.Registers["note"] = pages
	w.rows[ref(1)] = app.Doc(nil).Patch([]app.Cell{{Field: "words", Now: app.TextValue("古い")}, {Field: "number", Now: app.TextValue("1")}})
	change := func(cell app.Cell) {
		w.next++
		if _, err := w.judge(&app.Change{Device: aya, Seq: uint64(w.next), Author: aya, HLC: app.HLC(moment) << 16, Ref: ref(1), Cells: []app.Cell{cell}}); err != nil {
			t.Fatal(err)
		}
	}
	load := func() *page {
		p := pages.Draft(app.ID{})
		if err := pages.Load(p, ref(1), 1, w.rows[ref(1)]); err != nil {
			t.Fatal(err)
		}
		return p
	}
	change(app.Cell{Field: "other", Now: app.TextValue("x")})
	if load().Text != "古い" {
		t.Error("an edit elsewhere lost the value under the old name")
	}
	change(app.Cell{Field: "text", Was: app.TextValue("古い")})
	if got := load().Text; got != "" {
		t.Errorf("emptied, it reads %q", got)
	}
}

func TestRenamedNamesAFieldOfToday(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a field was renamed to one that is not there")
		}
	}()
	app.Describe("note", "頁", "Pages", app.Text("text", "文", "Text", func(n *note) *string { return &n.Body })).Renamed("words", "wordz")
}

// TestATextIsOfferedAsAChoice: what stood there before, and is none of the list, stays.
func TestATextIsOfferedAsAChoice(t *testing.T) {
	type page struct {
		app.Head
		Text string
	}
	plain := app.Describe("note", "頁", "Pages", app.Text("text", "文", "Text", func(p *page) *string { return &p.Text }).Must())
	pages := plain.Offering("text", []app.Choice{{Value: "a", Name: "a", Label: app.Label{JA: "甲", EN: "A"}}})
	p := pages.Draft(app.ID{})
	if err := pages.Load(p, ref(1), 1, app.Doc(nil).Patch([]app.Cell{{Field: "text", Now: app.TextValue("old")}})); err != nil {
		t.Fatal(err)
	}
	if got := pages.Show(p, "text", app.JA); got != "old" || len(pages.Diff(p)) != 0 {
		t.Errorf("it shows %q", got)
	}
	for typed, want := range map[string]string{"a": "a", "甲": "a", "A": "a", "": "", "old": ""} {
		p.Text = ""
		if err := pages.Enter(p, "text", typed); p.Text != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", typed, p.Text, err)
		}
	}
	if s, _ := app.SpecOf(plain, "text"); s.Type != app.TText || len(s.Choices) > 0 {
		t.Error("the other register has changed, too")
	}
	defer func() {
		if recover() == nil {
			t.Error("a choice of what is no field")
		}
	}()
	plain.Offering("word", nil)
}

// TestALinkToAnotherKindIsRefused: a hostile change must not make a rule panic.
func TestALinkToAnotherKindIsRefused(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	w.judge(edit(w, aya, 1, ref(1), seen, map[string]string{"title": "彩の題"}))
	w.judge(edit(w, ken, 2, ref(1), seen, map[string]string{"title": "健の題"}))
	c := edit(w, ken, 3, ref(1), w.rows[ref(1)], map[string]string{"other": open(t, w)[0].Ref.String()})
	if _, err := w.judge(c); err != nil && !app.IsCode(err, app.Invalid) {
		t.Fatal(err)
	}
	c.Seq, c.Cells, c.Command = 99, nil, "finish"
	if _, err := w.judge(c); err != nil && !app.IsCode(err, app.Invalid) {
		t.Error(err)
	}
	if _, err := app.Get(&app.Act{View: w}, noteFields, open(t, w)[0].Ref); !app.IsCode(err, app.Invalid) {
		t.Errorf("a conflict was read as a note: %v", err)
	}
}

func TestOneFieldOnceInAChange(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	c := edit(w, ken, 1, ref(1), seen, map[string]string{"title": "甲"})
	c.Cells = append(c.Cells, app.Cell{Field: "heading", Was: app.TextValue("題"), Now: app.TextValue("乙")})
	if _, err := w.judge(c); !app.IsCode(err, app.Invalid) {
		t.Errorf("one field was set twice: %v", err)
	}
}

func TestACellThatChangesNothingOverrulesNobody(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	w.judge(edit(w, aya, 1, ref(1), seen, map[string]string{"title": "彩の題"}))
	c := edit(w, ken, 2, ref(1), seen, nil)
	c.Cells = []app.Cell{{Field: "title", Was: app.TextValue("題"), Now: app.TextValue("題")}}
	if _, err := w.judge(c); err != nil || len(open(t, w)) != 0 || w.rows[ref(1)].Get("title").Text() != "彩の題" {
		t.Error(w.rows[ref(1)].Get("title").Text(), err)
	}
}

// TestARecordIsNotEmptiedAway: without any field it would be gone, and the
// edits of others with it.
func TestARecordIsNotEmptiedAway(t *testing.T) {
	w := newWorld()
	w.book.Registers["form"] = forms
	r := app.Ref{Kind: "form", ID: app.ID{5}}
	change := func(c app.Cell) error {
		w.next++
		_, err := w.judge(&app.Change{Device: aya, Seq: uint64(w.next), Author: aya, HLC: app.HLC(moment) << 16, Ref: r, New: len(c.Was) == 0, Cells: []app.Cell{c}})
		return err
	}
	if err := change(app.Cell{Field: "text", Now: app.TextValue("x")}); err != nil {
		t.Fatal(err)
	}
	if err := change(app.Cell{Field: "text", Was: app.TextValue("x")}); !app.IsCode(err, app.Invalid) {
		t.Errorf("emptied: %v", err)
	}
}

// TestSavedTwiceIsNumberedOnce, and seen by whoever loads it in the same act.
func TestSavedTwiceIsNumberedOnce(t *testing.T) {
	w, _ := made(t, map[string]string{"title": "題"})
	w.book.Registers["note"] = noteFields.Can(app.Do("twice", "二度", "Twice", func(a *app.Act, n *note, _ struct{}) error {
		part := noteFields.Draft(a.NewID())
		part.Title, part.Other = "部分", n.Ref
		a.Save(part)
		again, err := app.Get(a, noteFields, part.Ref)
		if err != nil {
			return err
		}
		again.Count = 3
		a.Save(again)
		self, err := app.Get(a, noteFields, n.Ref)
		if err != nil {
			return err
		}
		self.Count = 5
		return nil
	}))
	d, err := w.judge(&app.Change{Device: aya, Seq: 77, Author: aya, HLC: app.HLC(moment) << 16, Ref: ref(1), Command: "twice"})
	if err != nil || len(d.Effects) != 2 || w.counts["2026-{n}"] != 2 {
		t.Fatal(d, w.counts, err)
	}
	if w.rows[ref(1)].Get("count").Int() != 5 || w.rows[d.Effects[1].Ref].Get("count").Int() != 3 {
		t.Error("what was set in the act is lost")
	}
}

func TestAnActDecidesMoreThanOnce(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	w.judge(edit(w, aya, 1, ref(1), seen, map[string]string{"title": "彩の題"}))
	a := &app.Act{View: w}
	c := edit(w, ken, 2, ref(1), seen, map[string]string{"title": "健の題"})
	one, err1 := w.book.Decide(a, c)
	two, err2 := w.book.Decide(a, c)
	if err1 != nil || err2 != nil || len(one.Effects) != len(two.Effects) || one.Conflicts[0] != two.Conflicts[0] {
		t.Errorf("%v and %v", one, two)
	}
}

func TestSettlingKnowsItsWords(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題", "count": "1"})
	w.judge(edit(w, aya, 1, ref(1), seen, map[string]string{"count": "2"}))
	w.judge(edit(w, ken, 2, ref(1), seen, map[string]string{"count": "3"}))
	k := open(t, w)[0]
	c := &app.Change{Device: aya, Seq: 50, Author: aya, HLC: app.HLC(moment) << 16, Ref: k.Ref, Command: "resolve",
		Args: app.Doc(nil).Patch([]app.Cell{{Field: "take", Now: app.TextValue("later_version")}})}
	if _, err := w.judge(c); !app.IsCode(err, app.Invalid) {
		t.Errorf("an unknown decision: %v", err)
	}
	c.Args = app.Doc(nil).Patch([]app.Cell{{Field: "take", Now: app.TextValue("shown")}, {Field: "of_tomorrow", Now: app.TextValue("x")}})
	if _, err := w.judge(c); !app.IsCode(err, app.Invalid) {
		t.Errorf("an unknown argument: %v", err)
	}
	err := settleWith(w, k, "take=typed", "value=山田太郎")
	if e := app.ErrorOf(err); !app.IsCode(err, app.Invalid) || strings.Contains(e.Say.JA+e.Say.EN, "山田") {
		t.Errorf("a refusal tells what was typed: %v", err)
	}
}

// TestAConflictShowsWhatTheRecordShows even where a rule had the last word;
// else nobody could take the other value.
func TestAConflictShowsWhatTheRecordShows(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	upper := app.Describe("note", "メモ", "Notes",
		app.Text("title", "題名", "Title", func(n *note) *string { return &n.Title })).Renamed("heading", "title").
		Rule(func(_ *app.Act, _, n *note) error { n.Title = strings.ToUpper(n.Title); return nil })
	w.book.Registers["note"] = upper
	for i, v := range []string{"a", "b"} {
		w.judge(&app.Change{Device: aya, Seq: uint64(60 + i), Author: aya, HLC: app.HLC(moment+app.Stamp(i)) << 16, Ref: ref(1),
			Cells: []app.Cell{{Field: "title", Was: seen.Get("title"), Now: app.TextValue(v)}}})
	}
	k := open(t, w)[0]
	if k.Shown.Text() != "B" {
		t.Errorf("shows %s", k.Shown.JSON())
	}
	if err := settleWith(w, k, "take=other"); err != nil || w.rows[ref(1)].Get("title").Text() != "A" {
		t.Error(w.rows[ref(1)].Get("title").Text(), err)
	}
}

func TestArgumentsKeepTheirRange(t *testing.T) {
	type in struct{ N int }
	g := noteFields.Can(app.Do("set", "定める", "Set", func(_ *app.Act, n *note, i in) error { n.Count = i.N; return nil },
		app.Int("n", "数", "Number", func(i *in) *int { return &i.N }).Range(1, 5)))
	if _, err := app.Args(g, "set", []string{"n=9"}); !app.IsCode(err, app.Invalid) {
		t.Error(err)
	}
}

func TestDispatchOverrulesNobody(t *testing.T) {
	c, err := app.CommandOf(ticket.Register, "dispatch")
	if err != nil || !slices.Contains(c.Pre, "assignee") || !slices.Contains(c.Pre, "wished") {
		t.Errorf("dispatching sets fields that its author need not have seen: %v, %v", c.Pre, err)
	}
}
