package modules_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"daicho/app"
	"daicho/app/modules"
)

// TestEveryRegister is the suite that a new register passes without a line of
// test code of its own.
func TestEveryRegister(t *testing.T) {
	for kind, g := range modules.Book().Registers {
		t.Run(string(kind), func(t *testing.T) {
			if len(g.About().Clauses) == 0 {
				t.Error("answers no clause of the specification")
			}
			for _, f := range g.About().Fields {
				wordsOf(t, f)
			}
			for _, c := range g.About().Commands {
				commandIsWhole(t, g, c)
			}
			everyFieldIsDescribed(t, g)
			survives(t, g)
		})
	}
}

func TestEveryNumberTemplate(t *testing.T) {
	book := modules.Book()
	for kind, template := range book.Numbers {
		if book.Registers[kind] == nil {
			t.Errorf("%s is numbered, but no such register exists", kind)
		}
		if err := template.Check(); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func wordsOf(t *testing.T, f app.Spec) {
	if f.Label.JA == "" || f.Label.EN == "" {
		t.Errorf("%s has no label in both languages", f.Name)
	}
	for _, c := range f.Choices {
		if c.Name == "" || c.Label.JA == "" || c.Label.EN == "" {
			t.Errorf("%s: the choice %q has no name or no label", f.Name, c.Value)
		}
	}
	for _, c := range f.Columns {
		wordsOf(t, c)
	}
	if f.Type == app.TLong && !f.Personal {
		t.Errorf("%s is free text, where anybody may be named: seal it", f.Name)
	}
}

func commandIsWhole(t *testing.T, g app.AnyRegister, c app.CommandSpec) {
	if c.Label.JA == "" || c.Label.EN == "" {
		t.Errorf("command %s has no label in both languages", c.Name)
	}
	for _, f := range c.Args {
		wordsOf(t, f)
	}
	for _, name := range c.Pre {
		if _, ok := app.SpecOf(g, name); !ok {
			t.Errorf("command %s decides on %s, which is no field", c.Name, name)
		}
	}
}

// everyFieldIsDescribed finds a struct field that the register forgot, or two
// that share a place. Reflection is for this test alone.
func everyFieldIsDescribed(t *testing.T, g app.AnyRegister) {
	seen := map[string]string{}
	typ := reflect.TypeOf(g.New()).Elem()
	for i := range typ.NumField() {
		name := typ.Field(i).Name
		if name == "Head" {
			continue
		}
		r := g.New()
		fill(reflect.ValueOf(r).Elem().Field(i))
		cells := g.Diff(r)
		if len(cells) != 1 {
			t.Errorf("%s.%s is described %d times", typ, name, len(cells))
			continue
		}
		if other := seen[cells[0].Field]; other != "" {
			t.Errorf("%s.%s and %s are both %q", typ, name, other, cells[0].Field)
		}
		seen[cells[0].Field] = name
	}
}

// survives checks that a full record comes back from data, JSON and text as it went.
func survives(t *testing.T, g app.AnyRegister) {
	r := full(g)
	doc := app.Doc(nil).Patch(append(g.Diff(r), app.Cell{Field: "of_tomorrow", Now: app.TextValue("x")}))
	back := g.New()
	if err := g.Load(back, r.Meta().Ref, 1, doc); err != nil {
		t.Fatal(err)
	}
	if d := g.Diff(back); len(d) != 0 {
		t.Errorf("not the same after loading: %v", d)
	}
	if j := app.JSON(nil, g, back); !json.Valid(j) {
		t.Errorf("not JSON: %s", j)
	}
	for _, f := range g.About().Fields {
		if f.ReadOnly || f.Type == app.TChoice || slices.ContainsFunc(f.Columns, isChoice) || f.Type == app.TFiles || f.Max > f.Min {
			continue
		}
		if err := g.Enter(back, f.Name, g.Show(back, f.Name, app.JA)); err != nil {
			t.Errorf("%s does not read what it shows: %v", f.Name, err)
		}
	}
	if d := g.Diff(back); len(d) != 0 {
		t.Errorf("not the same after text: %v", d)
	}
}

func isChoice(s app.Spec) bool { return s.Type == app.TChoice }

// full is a record with something in every field.
func full(g app.AnyRegister) app.Record {
	r := g.New()
	v := reflect.ValueOf(r).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Name != "Head" {
			fill(v.Field(i))
		}
	}
	return r
}

// fill puts something into a value.
func fill(v reflect.Value) {
	if v.Type() == reflect.TypeFor[app.Value]() {
		v.Set(reflect.ValueOf(app.TextValue("x")))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Int32: // a day
		v.SetInt(20_000)
	case reflect.Int, reflect.Int64:
		v.SetInt(86_400_000)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(7)
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}
