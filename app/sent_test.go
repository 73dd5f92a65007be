package app_test

import (
	"testing"

	"daicho/app"
)

func TestWishesOfAnEdit(t *testing.T) {
	now := notes.Draft(app.ID{1})
	now.Title, now.Other = "今の題", person(ken)
	s := app.Sent{Event: app.Event{Cells: []app.Cell{
		{Field: "heading", Was: app.TextValue("前の題"), Now: app.TextValue("望んだ題")}, // an old name
		{Field: "other", Now: app.Conflicts.Column(&app.Conflict{About: person(aya)}, "about")},
	}}}
	names := func(r app.Ref) string { return map[app.Ref]string{person(aya): "彩", person(ken): "健"}[r] }
	got := s.Wishes(notes, now, names, app.JA)
	want := []app.Wish{
		{Label: app.Label{JA: "題名", EN: "Title"}, Was: "前の題", Wanted: "望んだ題", Now: "今の題"},
		{Label: app.Label{JA: "関連", EN: "Other"}, Wanted: "彩", Now: "健"},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %+v", got)
	}
	if text := app.WishText(got, app.JA); text != "題名：望んだ題\n関連：彩\n" {
		t.Errorf("copied %q", text)
	}
	if got = s.Wishes(notes, nil, nil, app.EN); got[0].Now != "" || got[1].Wanted != person(aya).String() {
		t.Errorf("without the record: %+v", got)
	}
}

func TestWishesOfACommand(t *testing.T) {
	args, err := app.Args(notes, "split", []string{"title=新しい題"})
	if err != nil {
		t.Fatal(err)
	}
	now := notes.Draft(app.ID{1})
	now.State = "done"
	s := app.Sent{Event: app.Event{Command: "split"}, Args: args, Saw: []app.Cell{{Field: "state"}}}
	got := s.Wishes(notes, now, nil, app.EN)
	if len(got) != 2 || got[0].Wanted != "新しい題" || got[0].Looked || !got[1].Looked || got[1].Now != "done" {
		t.Errorf("got %+v", got)
	}
	if s.Acted(notes).JA != "分ける" || (&app.Sent{Event: app.Event{New: true}}).Acted(nil).EN != "Created" {
		t.Error("not named by what was done")
	}
	if text := app.WishText(got, app.EN); text != "Title: 新しい題\n" {
		t.Errorf("copied %q", text)
	}
}

func TestAgainMergesOrTakesWhatWasWanted(t *testing.T) {
	set := func(s string) app.Value {
		n := notes.Draft(app.ID{1})
		if err := notes.Enter(n, "tags", s); err != nil {
			t.Fatal(err)
		}
		return notes.Column(n, "tags")
	}
	for _, c := range []struct {
		field          string
		was, cur, wish app.Value
		want           app.Value
	}{
		{"title", app.TextValue("a"), app.TextValue("b"), app.TextValue("c"), app.TextValue("c")},
		{"body", app.TextValue("1\n2\n3"), app.TextValue("1x\n2\n3"), app.TextValue("1\n2\n3y"), app.TextValue("1x\n2\n3y")},
		{"body", app.TextValue("1"), app.TextValue("2"), app.TextValue("3"), app.TextValue("3")},
		{"tags", set("甲"), set("甲 丙"), set("甲 乙"), set("甲 丙 乙")},
	} {
		s, _ := app.SpecOf(notes, c.field)
		if got := app.Again(s, c.cur, app.Cell{Field: c.field, Was: c.was, Now: c.wish}); !got.Equal(c.want) {
			t.Errorf("%s: got %s, want %s", c.field, got.JSON(), c.want.JSON())
		}
	}
}

func TestOnlyItsOwnDeviceDismissesAChange(t *testing.T) {
	w, _ := made(t, map[string]string{"title": "題"})
	w.book.Registers[app.DismissalKind] = app.Dismissals
	dismiss := func(device app.ID, seq int64) (*app.Dismissal, error) {
		d := app.Dismissals.Draft(app.ID{9, byte(seq)})
		d.About, d.Device, d.Seq, d.Said = ref(1), device.String(), seq, app.SaidRejected
		_, err := w.judge(&app.Change{Device: aya, Seq: 5, Author: aya, HLC: app.HLC(moment) << 16, Ref: d.Ref, New: true, Cells: app.Dismissals.Diff(d)})
		if err == nil {
			err = app.Dismissals.Load(d, d.Ref, 1, w.rows[d.Ref])
		}
		return d, err
	}
	d, err := dismiss(aya, 4)
	if err != nil || d.By != person(aya) || d.At != moment {
		t.Fatalf("%+v, %v", d, err)
	}
	for name, c := range map[string]struct {
		device app.ID
		seq    int64
	}{"of another device": {ken, 4}, "still to be made": {aya, 5}} {
		if _, err := dismiss(c.device, c.seq); !app.IsCode(err, app.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.Reason = "別の理由"
	if _, err := w.judge(&app.Change{Device: aya, Seq: 6, Author: aya, Ref: d.Ref, Cells: app.Dismissals.Diff(d)}); !app.IsCode(err, app.Forbidden) {
		t.Errorf("changed: %v", err)
	}
}
