package app

import (
	"fmt"
	"time"

	"daicho/app/civil"
)

// Filter is a list of a register that people ask for by name, such as the
// inquiries that nobody has taken. One index of the kind's table must serve
// it, in its order: then its first page costs the same whatever the number of
// records. A test of package modules holds every filter to that.
type Filter struct {
	Name  string // as the command line says it; never the name of a field's value
	Label Label
	Where []Cond
	Given string // a field whose value the asker names: by department; empty: none
	Sort  string // empty: the order of creation
	Desc  bool
}

// Asked is a value of a [Cond] that is known only when the list is asked for.
type Asked string

// The values that [Query.Resolve] puts in.
const (
	Me       Asked = "me"       // the person who asks: the name, or in a link the person
	Today    Asked = "today"    // the day in Tokyo; for a time, its first moment
	Tomorrow Asked = "tomorrow" // the day after
)

// Where compares a field with a value: a string, an int64, or an [Asked] one.
func Where(field, op string, value any) Cond { return Cond{field, op, value} }

// Listed names a list of the records that meet all conditions, in the order of
// creation.
func Listed(name, ja, en string, where ...Cond) Filter {
	return Filter{Name: name, Label: Label{ja, en}, Where: where}
}

// What follows reads as a sentence after a filter.

// Of lets the asker name the value of one more field.
func (f Filter) Of(field string) Filter { f.Given = field; return f }

// By sorts by a field, the lowest first.
func (f Filter) By(field string) Filter { f.Sort, f.Desc = field, false; return f }

// Newest sorts by a field, the highest first.
func (f Filter) Newest(field string) Filter { f.Sort, f.Desc = field, true; return f }

// Query is what the filter asks for. A filter with a Given field takes its
// value; another passes it over.
func (f Filter) Query(given any) Query {
	q := Query{Where: f.Where[:len(f.Where):len(f.Where)], Sort: f.Sort, Desc: f.Desc}
	if f.Given != "" {
		q.Where = append(q.Where, Where(f.Given, "=", given))
	}
	return q
}

// Lists names the lists of the register, the one shown first first. It panics
// on a name used twice and on a field without a column; no program start
// survives that mistake.
func (g *Register[T]) Lists(filters ...Filter) *Register[T] {
	names := map[string]bool{}
	for _, f := range filters {
		if names[f.Name] {
			panic(fmt.Sprintf("%s: the list %s is described twice", g.about.Kind, f.Name))
		}
		names[f.Name] = true
		for _, c := range f.Query(nil).Where {
			g.mustHaveColumn(c.Field)
		}
		if f.Sort != "" {
			g.mustHaveColumn(f.Sort)
		}
	}
	g.about.Filters = filters
	return g
}

func (g *Register[T]) mustHaveColumn(field string) {
	if i, ok := g.byName[field]; !ok || !g.fields[i].Indexed {
		panic(fmt.Sprintf("%s: a list needs a column of %s, which has none", g.about.Kind, field))
	}
}

// FilterOf finds a named list of a register.
func FilterOf(g AnyRegister, name string) (Filter, bool) {
	for _, f := range g.About().Filters {
		if f.Name == name {
			return f, true
		}
	}
	return Filter{}, false
}

var nobodyAsks = Refuse(Invalid, "", "この端末の利用者の名前が分からないため、自分の記録を選び出せません。利用者を登録してから、もう一度お試しください。",
	"nobody knows who asks here, so nothing can be told to be theirs; enrol this device first")

// Resolve puts in what is known only when the list is asked for: the name of
// who asks, and the time.
func (q Query) Resolve(g AnyRegister, who Actor, now time.Time) (Query, error) {
	where := make([]Cond, len(q.Where))
	for i, c := range q.Where {
		switch c.Value {
		case Me:
			if c.Value = whoValue(g, c.Field, who); c.Value == "" {
				return q, nobodyAsks
			}
		case Today:
			c.Value = dayValue(g, c.Field, civil.DateOf(now))
		case Tomorrow:
			c.Value = dayValue(g, c.Field, civil.DateOf(now).AddDays(1))
		}
		where[i] = c
	}
	q.Where = where
	return q, nil
}

// whoValue is a person as a field holds it; empty if nobody knows the name.
func whoValue(g AnyRegister, field string, who Actor) string {
	if s, ok := SpecOf(g, field); ok && s.Type == TLink {
		return personRef(who.ID).String()
	}
	return who.Name
}

// dayValue is a day as a field holds it.
func dayValue(g AnyRegister, field string, d civil.Date) int64 {
	if s, ok := SpecOf(g, field); ok && s.Type == TTime {
		return int64(StampOf(d.Start()))
	}
	return int64(DayOf(d))
}
