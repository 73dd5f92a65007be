package main

import (
	"reflect"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
)

func TestCondition(t *testing.T) {
	for text, want := range map[string]app.Cond{
		"state=open":                {Field: "state", Op: "=", Value: ""},
		"state=未着手":                 {Field: "state", Op: "=", Value: ""},
		"state<>closed":             {Field: "state", Op: "<>", Value: "closed"},
		"impact=B Work hindered":    {Field: "impact", Op: "=", Value: "hindered"},
		"impact=":                   {Field: "impact", Op: "=", Value: ""},
		"title=a=b<c":               {Field: "title", Op: "=", Value: "a=b<c"},
		"number>=2026-000100":       {Field: "number", Op: ">=", Value: "2026-000100"},
		"received<2026-11-20 00:00": {Field: "received", Op: "<", Value: int64(1795100400000)},
		"received>=R8.11.20 9時00分":  {Field: "received", Op: ">=", Value: int64(1795132800000)},
		"received=":                 {Field: "received", Op: "=", Value: int64(0)},
		"department= 市民課 ":          {Field: "department", Op: "=", Value: "市民課"},
		"assignee>山田":               {Field: "assignee", Op: ">", Value: "山田"},
	} {
		got, err := condition(ticket.Register, text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func TestConditionOfNothing(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "write FIELD=VALUE",
		"state":              "write FIELD=VALUE",
		"=open":              "write FIELD=VALUE",
		"state==open":        "compares nothing",
		"state><open":        "compares nothing",
		"nosuch=1":           "take one of: number, title, state",
		"body=x":             "take one of: number, title, state",
		"state=gone":         "take one of: open, working",
		"received=yesterday": "not a date",
	} {
		got, err := condition(ticket.Register, text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v; want %q", text, got, err, want)
		}
	}
}

// Every indexed field of every register can be asked for by what it shows.
func TestConditionOfWhatIsShown(t *testing.T) {
	for kind, s := range everyIndexed() {
		for _, spec := range s {
			if _, err := typedValue(spec, ""); err != nil {
				t.Errorf("%s.%s: nothing: %v", kind, spec.Name, err)
			}
			for _, c := range spec.Choices {
				if v, err := typedValue(spec, c.Label.JA); err != nil || v != c.Value {
					t.Errorf("%s.%s: %s: %v, %v", kind, spec.Name, c.Label.JA, v, err)
				}
			}
		}
	}
}

func everyIndexed() map[app.Kind][]app.Spec {
	all := map[app.Kind][]app.Spec{}
	for kind, g := range modules.Book().Registers {
		for _, s := range g.About().Fields {
			if s.Indexed {
				all[kind] = append(all[kind], s)
			}
		}
	}
	return all
}

func TestQuery(t *testing.T) {
	q, err := (&selection{Where: []string{"state=open", "channel=mail"}, Find: "障害", Sort: "received", Desc: true}).query(ticket.Register)
	if err != nil || len(q.Where) != 2 || q.Find != "障害" || q.Sort != "received" || !q.Desc {
		t.Errorf("%+v, %v", q, err)
	}
	if _, err := (&selection{Sort: "body"}).query(ticket.Register); err == nil || !strings.HasPrefix(err.Error(), "--sort: ") {
		t.Errorf("%v", err)
	}
}

// shelf is a register with two fields of files and one without a choice.
type shelf struct {
	app.Head
	Title       string
	Plans, Bids []app.Blob
}

var shelves = app.Describe("shelf", "棚", "Shelves",
	app.Text("title", "名称", "Title", func(s *shelf) *string { return &s.Title }),
	app.Files("plans", "図面", "Plans", func(s *shelf) *[]app.Blob { return &s.Plans }),
	app.Files("bids", "見積", "Bids", func(s *shelf) *[]app.Blob { return &s.Bids }))

func TestFilesField(t *testing.T) {
	for _, c := range []struct {
		g                app.AnyRegister
		arg, field, path string
	}{
		{ticket.Register, "a.png", "photos", "a.png"},
		{ticket.Register, "photos=a.png", "photos", "a.png"},
		{ticket.Register, "x=a.png", "photos", "x=a.png"},
		{shelves, "bids=a=b.pdf", "bids", "a=b.pdf"},
		{shelves, "a.pdf", "", ""},
		{shelves, "title=a.pdf", "", ""},
		{app.Conflicts, "a.pdf", "", ""},
	} {
		field, path, err := filesField(c.g, c.arg)
		if field != c.field || path != c.path || (err != nil) != (c.field == "") {
			t.Errorf("%s: %q, %q, %v; want %q, %q", c.arg, field, path, err, c.field, c.path)
		}
	}
}
