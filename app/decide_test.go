package app_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
)

// note is a small kind for tests of the machinery, with a field of each policy.
type note struct {
	app.Head
	Title string
	Body  string
	Mark  string
	Tags  []string
	Items []item
	Other app.Ref
	State string
	Count int
}

type item struct {
	Key  string
	Text string
}

// noteFields is what commands load other notes with; notes adds the commands.
var noteFields = app.Describe("note", "メモ", "Notes",
	app.Text("title", "題名", "Title", func(n *note) *string { return &n.Title }).Must(),
	app.Long("body", "本文", "Body", func(n *note) *string { return &n.Body }),
	app.Text("mark", "印", "Mark", func(n *note) *string { return &n.Mark }).Merge(app.Strict),
	app.Tags("tags", "タグ", "Tags", func(n *note) *[]string { return &n.Tags }),
	app.Rows("items", "項目", "Items", func(n *note) *[]item { return &n.Items },
		app.Text("key", "鍵", "Key", func(i *item) *string { return &i.Key }),
		app.Text("text", "文", "Text", func(i *item) *string { return &i.Text })),
	app.Link("other", "関連", "Other", "note", func(n *note) *app.Ref { return &n.Other }),
	app.Text("state", "状態", "State", func(n *note) *string { return &n.State }).ByRule(),
	app.Int("count", "数", "Count", func(n *note) *int { return &n.Count }).Range(0, 9),
).Renamed("heading", "title").Rule(func(_ *app.Act, _, n *note) error {
	if n.Title == "禁止" {
		return app.Refuse(app.Invalid, "title", "この題名は使えません。", "this title cannot be used")
	}
	return nil
})

var notes = noteFields.Can(
	app.Do("finish", "終える", "Finish", finish).Saw("state"),
	app.Do("split", "分ける", "Split", split, app.Text("title", "題名", "Title", func(s *string) *string { return s }).Must()),
)

func finish(a *app.Act, n *note, _ struct{}) error {
	n.State = "done"
	if n.Other.IsZero() {
		return nil
	}
	other, err := app.Get(a, noteFields, n.Other)
	if err != nil {
		return err
	}
	other.State = "after"
	a.Save(other)
	return nil
}

func split(a *app.Act, n *note, title string) error {
	part := noteFields.Draft(a.NewID())
	part.Title, part.Other = title, n.Ref
	a.Save(part)
	return nil
}

// world is a server in memory: rows, clocks, counters.
type world struct {
	rows   map[app.Ref]app.Doc
	gsn    map[app.Ref]int64
	ticks  map[app.Ref]map[string]app.Tick
	counts map[string]int64
	book   app.Book
	next   int64
}

func newWorld() *world {
	return &world{map[app.Ref]app.Doc{}, map[app.Ref]int64{}, map[app.Ref]map[string]app.Tick{}, map[string]int64{},
		app.Book{Registers: app.Registers{"note": notes, app.ConflictKind: app.Conflicts}, Numbers: map[app.Kind]app.NumberTemplate{"note": "{FY}-{n:3}"}}, 0}
}

func (w *world) Row(r app.Ref) (app.Doc, int64, error) { return w.rows[r], w.gsn[r], nil }

func (w *world) Linked(to app.Ref, from app.Kind) (refs []app.Ref, _ error) {
	for ref, doc := range w.rows {
		_ = doc.Each(func(_ string, v app.Value) {
			if ref.Kind == from && slices.Contains(v.Refs(), to) {
				refs = append(refs, ref)
			}
		})
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return cmp.Compare(a.String(), b.String()) })
	return refs, nil
}

// judge decides a change and keeps its effects.
func (w *world) judge(c *app.Change) (app.Decision, error) {
	a := &app.Act{Actor: app.Actor{ID: c.Author}, At: c.HLC.Stamp(), View: w,
		Issue: func(s string) (int64, error) { w.counts[s]++; return w.counts[s], nil },
		Tick:  func(ref app.Ref, f string) app.Tick { return w.ticks[ref][f] }}
	d, err := w.book.Decide(a, c)
	if err != nil {
		return d, err
	}
	w.next++
	for _, e := range d.Effects {
		w.rows[e.Ref], w.gsn[e.Ref] = w.rows[e.Ref].Patch(e.Cells), w.next
		if w.ticks[e.Ref] == nil {
			w.ticks[e.Ref] = map[string]app.Tick{}
		}
		for _, cell := range e.Cells {
			w.ticks[e.Ref][cell.Field] = c.Tick()
		}
	}
	return d, nil
}

var (
	aya = app.ID{15: 1}
	ken = app.ID{15: 2}
)

const moment = app.Stamp(1_795_000_000_000) // 2026-11-18 JST

// edit makes the change of a person who loaded what doc says and set fields.
func edit(w *world, who app.ID, minute int, ref app.Ref, seen app.Doc, set map[string]string) *app.Change {
	n := notes.Draft(ref.ID)
	if err := notes.Load(n, ref, 0, seen); err != nil {
		panic(err)
	}
	for f, v := range set {
		if err := notes.Enter(n, f, v); err != nil {
			panic(err)
		}
	}
	w.next++
	return &app.Change{Device: who, Seq: uint64(w.next), Author: who, HLC: app.HLC(moment+app.Stamp(minute)*60_000) << 16,
		Ref: ref, New: seen.IsEmpty(), Cells: notes.Diff(n)}
}

func ref(n byte) app.Ref { return app.Ref{Kind: "note", ID: app.ID{0: n}} }

// made is a world with one note in it.
func made(t testing.TB, set map[string]string) (*world, app.Doc) {
	t.Helper()
	w := newWorld()
	if _, err := w.judge(edit(w, aya, 0, ref(1), nil, set)); err != nil {
		t.Fatal(err)
	}
	return w, w.rows[ref(1)]
}

// failer is a test or a property.
type failer interface {
	Helper()
	Fatal(...any)
}

func open(t failer, w *world) (list []*app.Conflict) {
	t.Helper()
	for r, doc := range w.rows {
		if r.Kind == app.ConflictKind {
			c := app.Conflicts.Draft(r.ID)
			if err := app.Conflicts.Load(c, r, 0, doc); err != nil {
				t.Fatal(err)
			}
			if c.State == app.ConflictOpen {
				list = append(list, c)
			}
		}
	}
	return list
}

func TestTwoPeopleOneField(t *testing.T) {
	base := map[string]string{"title": "題", "body": "一\n二\n三\n", "tags": "甲 乙", "mark": "", "items": "a|1\nb|2"}
	for _, c := range []struct {
		name          string
		first, second map[string]string
		field, want   string
		conflicts     int
		code          app.Code
	}{
		{"different fields", map[string]string{"title": "新題"}, map[string]string{"count": "3"}, "title", "新題", 0, ""},
		{"the same value", map[string]string{"title": "新題"}, map[string]string{"title": "新題"}, "title", "新題", 0, ""},
		{"both changed: the later is shown", map[string]string{"title": "彩の題"}, map[string]string{"title": "健の題"}, "title", "健の題", 1, ""},
		{"lines apart merge", map[string]string{"body": "1\n二\n三\n"}, map[string]string{"body": "一\n二\n3\n"}, "body", "1\n二\n3\n", 0, ""},
		{"one line twice", map[string]string{"body": "1\n二\n三\n"}, map[string]string{"body": "壱\n二\n三\n"}, "body", "壱\n二\n三\n", 1, ""},
		{"tags merge", map[string]string{"tags": "甲 乙 丙"}, map[string]string{"tags": "乙"}, "tags", "丙 乙", 0, ""},
		{"rows merge", map[string]string{"items": "a|1\nb|2\nc|3"}, map[string]string{"items": "a|9\nb|2"}, "items", "a|9\nb|2\nc|3", 0, ""},
		{"edit beats delete", map[string]string{"items": "b|2"}, map[string]string{"items": "a|9\nb|2"}, "items", "b|2\na|9", 0, ""},
		{"one row twice", map[string]string{"items": "a|8\nb|2"}, map[string]string{"items": "a|9\nb|2"}, "items", "a|8\nb|2", 1, ""},
		{"strict refuses", map[string]string{"mark": "甲"}, map[string]string{"mark": "乙"}, "mark", "甲", 0, app.Stale},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, seen := made(t, base)
			if _, err := w.judge(edit(w, aya, 1, ref(1), seen, c.first)); err != nil {
				t.Fatal(err)
			}
			_, err := w.judge(edit(w, ken, 2, ref(1), seen, c.second))
			if c.code != "" && !app.IsCode(err, c.code) || c.code == "" && err != nil {
				t.Fatalf("got %v, want %q", err, c.code)
			}
			n := notes.Draft(app.ID{})
			if err := notes.Load(n, ref(1), 0, w.rows[ref(1)]); err != nil {
				t.Fatal(err)
			}
			if got := notes.Show(n, c.field, app.JA); got != c.want {
				t.Errorf("%s is %q, want %q", c.field, got, c.want)
			}
			if got := open(t, w); len(got) != c.conflicts {
				t.Errorf("%d conflicts, want %d", len(got), c.conflicts)
			}
		})
	}
}

// TestNothingIsOverruled checks that an earlier edit which arrives late is
// kept though it is not shown, with both authors and times.
func TestNothingIsOverruled(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	late := edit(w, ken, 1, ref(1), seen, map[string]string{"title": "健の題"})
	if _, err := w.judge(edit(w, aya, 5, ref(1), seen, map[string]string{"title": "彩の題"})); err != nil {
		t.Fatal(err)
	}
	if _, err := w.judge(late); err != nil {
		t.Fatal(err)
	}
	list := open(t, w)
	if len(list) != 1 {
		t.Fatalf("%d conflicts", len(list))
	}
	c := list[0]
	if c.Shown.Text() != "彩の題" || c.Other.Text() != "健の題" || c.Was.Text() != "題" || c.ShownBy.ID != aya || c.OtherBy.ID != ken || c.ShownAt <= c.OtherAt {
		t.Errorf("%+v", c)
	}
	if got := app.ShowValue(notes, c.Field, c.Other, app.JA); got != "健の題" {
		t.Errorf("shown as %q", got)
	}
}

func settleWith(w *world, c *app.Conflict, args ...string) error {
	doc, err := app.Args(app.Conflicts, "resolve", args)
	if err != nil {
		return err
	}
	w.next++
	_, err = w.judge(&app.Change{Device: aya, Seq: uint64(w.next), Author: aya, HLC: app.HLC(moment+9*60_000) << 16, Ref: c.Ref, Command: "resolve", Args: doc})
	return err
}

func TestConflictIsSettled(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"take=shown"}, "健の題"},
		{[]string{"take=other"}, "彩の題"},
		{[]string{"take=typed", "value=合意した題"}, "合意した題"},
	} {
		w, seen := made(t, map[string]string{"title": "題"})
		w.judge(edit(w, aya, 1, ref(1), seen, map[string]string{"title": "彩の題"}))
		w.judge(edit(w, ken, 2, ref(1), seen, map[string]string{"title": "健の題"}))
		k := open(t, w)[0]
		if err := settleWith(w, k, c.args...); err != nil {
			t.Fatal(err)
		}
		if got := w.rows[ref(1)].Get("title").Text(); got != c.want || len(open(t, w)) != 0 {
			t.Errorf("%v: %q", c.args, got)
		}
		if err := settleWith(w, k, c.args...); !app.IsCode(err, app.Stale) {
			t.Errorf("settled twice: %v", err)
		}
	}
}

func TestSettlingDoesNotOverruleAThirdEdit(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	w.judge(edit(w, aya, 1, ref(1), seen, map[string]string{"title": "彩の題"}))
	w.judge(edit(w, ken, 2, ref(1), seen, map[string]string{"title": "健の題"}))
	k := open(t, w)[0]
	w.judge(edit(w, ken, 3, ref(1), w.rows[ref(1)], map[string]string{"title": "三つ目"}))
	if err := settleWith(w, k, "take=other"); !app.IsCode(err, app.Stale) {
		t.Errorf("overruled: %v", err)
	}
	if err := settleWith(w, k, "take=shown"); err != nil || w.rows[ref(1)].Get("title").Text() != "三つ目" {
		t.Error(err)
	}
}

func TestOwnSecondEditIsNoConflict(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	first := edit(w, aya, 1, ref(1), seen, map[string]string{"title": "二"})
	mine := seen.Patch(first.Cells) // the replica shows the first edit at once
	second := edit(w, aya, 2, ref(1), mine, map[string]string{"title": "三"})
	for _, c := range []*app.Change{first, second} {
		if _, err := w.judge(c); err != nil {
			t.Fatal(err)
		}
	}
	if w.rows[ref(1)].Get("title").Text() != "三" || len(open(t, w)) != 0 {
		t.Error("an author conflicts with herself")
	}
}

func TestAnOpenFormDoesNotUndoWhatSyncBrought(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題", "body": "古い"})
	w.judge(edit(w, ken, 1, ref(1), seen, map[string]string{"body": "新しい"}))
	w.judge(edit(w, aya, 2, ref(1), seen, map[string]string{"title": "新題"})) // the form still shows 古い
	if got := w.rows[ref(1)].Get("body").Text(); got != "新しい" {
		t.Errorf("body is %q", got)
	}
}

func TestRefusalsLeaveNoGap(t *testing.T) {
	w := newWorld()
	for i, title := range []string{"一", "禁止", "二"} {
		_, err := w.judge(edit(w, aya, i, ref(byte(i+1)), nil, map[string]string{"title": title}))
		if (err != nil) != (title == "禁止") {
			t.Fatal(title, err)
		}
	}
	if got := w.rows[ref(3)].Get("number").Text(); got != "2026-002" {
		t.Errorf("number is %q", got)
	}
}

func TestRefused(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "題"})
	change := func(f func(*app.Change)) *app.Change {
		c := edit(w, ken, 1, ref(1), seen, map[string]string{"title": "題二"})
		f(c)
		return c
	}
	for name, c := range map[string]struct {
		change *app.Change
		code   app.Code
	}{
		"edit of what was never made": {change(func(c *app.Change) { c.Ref = ref(9) }), app.NotFound},
		"unknown kind":                {change(func(c *app.Change) { c.Ref.Kind = "nothing" }), app.Invalid},
		"field that rules set":        {change(func(c *app.Change) { c.Cells = []app.Cell{{Field: "state", Now: app.TextValue("x")}} }), app.Forbidden},
		"number":                      {change(func(c *app.Change) { c.Cells = []app.Cell{{Field: "number", Now: app.TextValue("2026-999")}} }), app.Forbidden},
		"required field emptied":      {change(func(c *app.Change) { c.Cells[0].Now = nil }), app.Invalid},
		"out of range":                {change(func(c *app.Change) { c.Cells = []app.Cell{{Field: "count", Now: app.IntValue(10)}} }), app.Invalid},
		"value of another type":       {change(func(c *app.Change) { c.Cells = []app.Cell{{Field: "count", Now: app.TextValue("ten")}} }), app.Damaged},
		"unknown command":             {change(func(c *app.Change) { c.Command, c.Cells = "explode", nil }), app.Invalid},
		"argument missing":            {change(func(c *app.Change) { c.Command, c.Cells = "split", nil }), app.Invalid},
		"command on a state long past": {change(func(c *app.Change) {
			c.Command, c.Cells = "finish", []app.Cell{{Field: "state", Was: app.TextValue("x")}}
		}), app.Stale},
	} {
		if _, err := w.judge(c.change); !app.IsCode(err, c.code) {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestCommandTouchesTwoRecords(t *testing.T) {
	w, seen := made(t, map[string]string{"title": "一"})
	w.judge(edit(w, aya, 0, ref(2), nil, map[string]string{"title": "二", "other": ref(1).String()}))
	c := edit(w, ken, 1, ref(2), w.rows[ref(2)], nil)
	c.New, c.Command, c.Cells = false, "finish", []app.Cell{{Field: "state"}}
	d, err := w.judge(c)
	if err != nil || len(d.Effects) != 2 {
		t.Fatal(d, err)
	}
	if w.rows[ref(1)].Get("state").Text() != "after" || w.rows[ref(2)].Get("state").Text() != "done" {
		t.Error("not both records changed")
	}
	_ = seen
}

// TestRuleMadeIDsAreTheSameEverywhere: what a command makes offline keeps its
// id when the server makes its own.
func TestRuleMadeIDsAreTheSameEverywhere(t *testing.T) {
	made1, _ := made(t, map[string]string{"title": "一"})
	made2, _ := made(t, map[string]string{"title": "一"})
	args, err := app.Args(notes, "split", []string{"title=部分"})
	if err != nil {
		t.Fatal(err)
	}
	c := &app.Change{Device: aya, Seq: 7, Author: aya, HLC: app.HLC(moment) << 16, Ref: ref(1), Command: "split", Args: args}
	d1, err1 := made1.judge(c)
	d2, err2 := made2.judge(c)
	if err1 != nil || err2 != nil || len(d1.Effects) != 1 || d1.Effects[0].Ref != d2.Effects[0].Ref || d1.Effects[0].Ref.ID[6]>>4 != 8 {
		t.Error(d1, d2, err1, err2)
	}
}

func TestUnknownFieldsAndOldNamesSurvive(t *testing.T) {
	w, _ := made(t, map[string]string{"title": "題"})
	c := edit(w, ken, 1, ref(1), w.rows[ref(1)], nil)
	c.Cells = []app.Cell{{Field: "of_tomorrow", Now: app.TextValue("x")}, {Field: "heading", Was: app.TextValue("題"), Now: app.TextValue("新題")}}
	if _, err := w.judge(c); err != nil {
		t.Fatal(err)
	}
	w.judge(edit(w, aya, 2, ref(1), w.rows[ref(1)], map[string]string{"count": "1"}))
	doc := w.rows[ref(1)]
	if doc.Get("of_tomorrow").Text() != "x" || doc.Get("title").Text() != "新題" || doc.Get("heading") != nil {
		t.Errorf("%s", app.Value(doc).JSON())
	}
	old := notes.Draft(app.ID{})
	if err := notes.Load(old, ref(1), 1, app.Doc(nil).Patch([]app.Cell{{Field: "heading", Now: app.TextValue("昔の題")}})); err != nil || old.Title != "昔の題" {
		t.Error(old.Title, err)
	}
}

// TestReplicaFollowsServer: what a replica shows of its own changes before the
// server has spoken is what the server then says, if nobody else came between.
func TestReplicaFollowsServer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		server, replica := newWorld(), newWorld()
		for i := range rapid.IntRange(1, 20).Draw(t, "changes") {
			r := ref(byte(rapid.IntRange(1, 3).Draw(t, "note")))
			set := map[string]string{
				"title": rapid.SampledFrom([]string{"一", "二", "三"}).Draw(t, "title"),
				"body":  rapid.SampledFrom([]string{"", "a\n", "a\nb\n", "b\n"}).Draw(t, "body"),
				"tags":  rapid.SampledFrom([]string{"", "x", "x y", "y"}).Draw(t, "tags"),
			}
			c := edit(replica, aya, i, r, replica.rows[r], set)
			if _, err := replica.judge(c); err != nil {
				t.Fatal(err)
			}
			if _, err := server.judge(c); err != nil {
				t.Fatal(err)
			}
		}
		for r, doc := range server.rows {
			if !app.Value(doc).Equal(app.Value(replica.rows[r])) {
				t.Fatalf("%s: %s and %s", r, app.Value(doc).JSON(), app.Value(replica.rows[r]).JSON())
			}
		}
	})
}

func TestNumberTemplates(t *testing.T) {
	jst := func(y, m, d, h, min int) app.Stamp {
		return app.Stamp(app.DayOf(date(y, m, d)))*86_400_000 + app.Stamp(h-9)*3_600_000 + app.Stamp(min)*60_000
	}
	for _, c := range []struct {
		template app.NumberTemplate
		at       app.Stamp
		n        int64
		want     string
	}{
		{"{FY}-{n:6}", jst(2026, 11, 20, 14, 2), 4129, "2026-004129"},
		{"{FY}-{n:6}", jst(2027, 3, 31, 23, 59), 1, "2026-000001"},
		{"{FY}-{n:6}", jst(2027, 4, 1, 0, 0), 1, "2027-000001"},
		{"{FY:R}葉情第{n}号", jst(2026, 11, 20, 14, 2), 12, "8葉情第12号"},
		{"{FY:R}葉情第{n}号", jst(2019, 4, 1, 0, 0), 562, "1葉情第562号"},
		{"R-{FY}-{n:4}", jst(2026, 4, 1, 0, 0), 123456, "R-2026-123456"},
		{"{年度}港総総第{n}号", jst(2026, 3, 31, 23, 59), 562, "2025港総総第562号"},
		{"{年度:R}墨総総第{n}号", jst(2026, 4, 1, 0, 0), 892, "8墨総総第892号"},
		{"{年度:R}墨総総第{n}号", jst(2019, 4, 1, 0, 0), 1, "元墨総総第1号"},
		{"{年度:和}年度第{n:3}号", jst(2019, 12, 31, 0, 0), 7, "令和元年度第007号"},
		{"{年度:和}年度第{n:3}号", jst(2018, 4, 1, 0, 0), 7, "平成30年度第007号"},
	} {
		if err := c.template.Check(); err != nil {
			t.Error(err)
		}
		if got := c.template.Format(c.template.Series(c.at), c.n); got != c.want {
			t.Errorf("%s: %s, want %s", c.template, got, c.want)
		}
	}
	for _, bad := range []app.NumberTemplate{"", "{FY}", "{n:0}", "{n:x}", "{n}{課}", "{n} {n}", "{版}-{n}", "{年}-{n}"} {
		if bad.Check() == nil {
			t.Errorf("%q passes", bad)
		}
	}
}

func TestViewHasABudget(t *testing.T) {
	w, _ := made(t, map[string]string{"title": "題"})
	greedy := app.Describe("note", "メモ", "Notes", app.Text("title", "題名", "Title", func(n *note) *string { return &n.Title })).
		Rule(func(a *app.Act, _, n *note) error {
			for range 5_000 {
				if _, err := a.Linked(n.Ref, "note"); err != nil {
					return err
				}
			}
			return nil
		})
	w.book.Registers["note"] = greedy
	if _, err := w.judge(edit(w, ken, 1, ref(1), w.rows[ref(1)], map[string]string{"title": "新"})); !app.IsCode(err, app.Invalid) {
		t.Error(err)
	}
}

func TestHLCNeverRunsBackwards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h app.HLC
		for range 50 {
			wall := app.Stamp(rapid.Int64Range(0, 1<<42).Draw(t, "wall"))
			next := h.Next(wall)
			if next <= h || next.Stamp() < wall {
				t.Fatalf("%d after %d at %d", next, h, wall)
			}
			if c := next.Clamp(wall); c.Stamp() > wall {
				t.Fatalf("clamped to %d, later than %d", c.Stamp(), wall)
			}
			h = next
		}
	})
}

func TestIDs(t *testing.T) {
	id, err := app.NewID(moment, new(counting))
	if err != nil || id[6]>>4 != 7 || id[8]>>6 != 2 {
		t.Fatal(id, err)
	}
	back, err := app.ParseID(id.String())
	if err != nil || back != id || len(id.Short()) != 4 {
		t.Error(back, err)
	}
	r := app.Ref{Kind: "note", ID: id}
	if got, err := app.ParseRef(r.String()); err != nil || got != r {
		t.Error(got, err)
	}
	for _, bad := range []string{"x", "note:", "note:12", ":" + id.String()} {
		if _, err := app.ParseRef(bad); err == nil {
			t.Errorf("%q passes", bad)
		}
	}
	if _, err := app.NewID(moment, errReader{}); err == nil {
		t.Error("an id without random bytes")
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, fmt.Errorf("no entropy") }

// A template's words come from the record; the series is counted by them, and not
// by the version at the end.
func TestNumberTemplatesWithWords(t *testing.T) {
	const template = app.NumberTemplate("{案件}-{種別}-{n:4}-{版}")
	if err := template.Check(); err != nil {
		t.Fatal(err)
	}
	filled, err := template.Fill(map[string]string{"案件": "葉月インフラ", "種別": "計画", "版": "1.0"})
	if got := filled.Series(moment); err != nil || got != "葉月インフラ-計画-{n}" || !template.Counts(got) {
		t.Errorf("%q, %v", got, err)
	}
	for _, words := range []map[string]string{nil, {"案件": "葉月インフラ"}, {"案件": "{n}", "種別": "計画"}} {
		if _, err := template.Fill(words); !app.IsCode(err, app.Invalid) {
			t.Errorf("%v: %v", words, err)
		}
	}
	for series, want := range map[string]bool{"8葉情第{n}号": true, "元葉情第{n}号": true, "8葉情第{n}": false} {
		if got := app.NumberTemplate("{年度:R}{課記号}第{n}号").Counts(series); got != want {
			t.Errorf("%s: %v", series, got)
		}
	}
}
