package app_test

import (
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// visit has a field of each type that a named list may ask for.
type visit struct {
	app.Head
	Who  string
	Day  app.Day
	At   app.Stamp
	Note string
	Boss app.Ref
}

func visits() *app.Register[visit] {
	return app.Describe("visit", "訪問", "Visits",
		app.Text("who", "担当", "Who", func(v *visit) *string { return &v.Who }).Index(),
		app.On("day", "日", "Day", func(v *visit) *app.Day { return &v.Day }).Index(),
		app.At("at", "時刻", "At", func(v *visit) *app.Stamp { return &v.At }).Index(),
		app.Link("boss", "責任者", "Boss", app.PersonKind, func(v *visit) *app.Ref { return &v.Boss }).Index(),
		app.Text("note", "備考", "Note", func(v *visit) *string { return &v.Note }))
}

func TestResolveKnowsWhoAndWhichDay(t *testing.T) {
	midnight := time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC) // the 22nd begins in Tokyo
	day := int64(app.DayOf(civil.DateOf(midnight)))
	for _, c := range []struct {
		field string
		asked any
		want  any
	}{
		{"who", app.Me, "中村 彩"}, {"who", "me", "me"},
		{"boss", app.Me, app.Ref{Kind: app.PersonKind, ID: app.ID{5}}.String()},
		{"day", app.Today, day}, {"day", app.Tomorrow, day + 1},
		{"at", app.Today, midnight.UnixMilli()}, {"at", app.Tomorrow, midnight.AddDate(0, 0, 1).UnixMilli()},
	} {
		for _, now := range []time.Time{midnight, midnight.Add(24*time.Hour - time.Millisecond)} {
			f := app.Listed("x", "", "", app.Where(c.field, "=", c.asked))
			q, err := f.Query(nil).Resolve(visits(), app.Actor{ID: app.ID{5}, Name: "中村 彩"}, now)
			if err != nil || q.Where[0].Value != c.want {
				t.Errorf("%s %v at %v: got %v, %v; want %v", c.field, c.asked, now, q.Where[0].Value, err, c.want)
			}
			if f.Where[0].Value != c.asked {
				t.Error("the filter itself was changed")
			}
		}
	}
	q := app.Listed("mine", "", "", app.Where("who", "=", app.Me)).Query(nil)
	if _, err := q.Resolve(visits(), app.Actor{ID: app.ID{5}}, midnight); !app.IsCode(err, app.Invalid) {
		t.Errorf("nobody is nobody's name: %v", err)
	}
}

func TestGivenValueIsOneMoreCondition(t *testing.T) {
	f := app.Listed("by", "", "", app.Where("day", ">", int64(3))).Of("who").Newest("at")
	q := f.Query("甲")
	want := []app.Cond{app.Where("day", ">", int64(3)), app.Where("who", "=", "甲")}
	if !slices.Equal(q.Where, want) || q.Sort != "at" || !q.Desc {
		t.Errorf("%+v", q)
	}
	if other := f.Query("乙"); q.Where[1].Value != "甲" || other.Where[1].Value != "乙" {
		t.Error("two queries share a value")
	}
}

func TestListsMustHaveColumns(t *testing.T) {
	for name, lists := range map[string][]app.Filter{
		"a condition without a column": {app.Listed("a", "", "", app.Where("note", "=", "x"))},
		"an order without a column":    {app.Listed("a", "", "").By("note")},
		"a given unknown field":        {app.Listed("a", "", "").Of("nothing")},
		"a name twice":                 {app.Listed("a", "", ""), app.Listed("a", "", "")},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("was accepted")
				}
			}()
			visits().Lists(lists...)
		})
	}
	if f, ok := app.FilterOf(visits().Lists(app.Listed("a", "", "").By("at")), "a"); !ok || f.Sort != "at" {
		t.Error("a list is not found by its name")
	}
}
