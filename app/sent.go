package app

import (
	"cmp"
	"slices"
	"strings"
)

// Sent is an own change that is not done with.
type Sent struct {
	Event
	Ref    Ref
	Code   Code   // of a rejection
	Field  string // at fault
	Number string // of the record; empty if it is not here
	Title  string
	Saw    []Cell // what a command was decided on
	Args   Doc    // of a command
}

// Wish is one line of what a change wanted, as people read it.
type Wish struct {
	Label  Label
	Was    string // as its author saw it
	Wanted string // empty: taken out, or only looked at
	Now    string // as it is today; empty for the argument of a command
	Looked bool   // the change did not want to set it, but was decided on it
}

// Names says what a record or a person is called; empty if nobody knows.
type Names func(Ref) string

// Wishes are what a change wanted beside what there is now, and of what a
// command was decided on that which has changed; now is nil where the record is
// not here.
func (s *Sent) Wishes(g AnyRegister, now Record, names Names, lang Lang) []Wish {
	if now == nil {
		now = g.New()
	}
	list := s.argued(g, names, lang)
	for _, c := range inOrder(g, s.Cells) {
		w := wish(g, c, now, names, lang)
		w.Wanted = ShowNamed(g, c.Field, c.Now, names, lang)
		list = append(list, w)
	}
	for _, c := range inOrder(g, s.Saw) {
		if w := wish(g, c, now, names, lang); w.Was != w.Now {
			w.Looked = true
			list = append(list, w)
		}
	}
	return list
}

// inOrder are cells as the register has their fields.
func inOrder(g AnyRegister, cells []Cell) []Cell {
	place := func(c Cell) int {
		name, _ := g.Upcast(c.Field, nil)
		return slices.IndexFunc(g.About().Fields, func(s Spec) bool { return s.Name == name })
	}
	cells = slices.Clone(cells)
	slices.SortStableFunc(cells, func(a, b Cell) int { return place(a) - place(b) })
	return cells
}

// wish is a field as it was and as it is.
func wish(g AnyRegister, c Cell, now Record, names Names, lang Lang) Wish {
	name, was := g.Upcast(c.Field, c.Was)
	w := Wish{Label: Label{name, name}, Was: ShowNamed(g, name, was, names, lang), Now: ShowNamed(g, name, g.Column(now, name), names, lang)}
	if s, ok := SpecOf(g, name); ok {
		w.Label = s.Label
	}
	return w
}

// argued are the arguments of a command.
func (s *Sent) argued(g AnyRegister, names Names, lang Lang) (list []Wish) {
	c, err := CommandOf(g, s.Command)
	if err != nil {
		return nil
	}
	for _, f := range c.Args {
		if v := s.Args.Get(f.Name); len(v) > 0 {
			list = append(list, Wish{Label: f.Label, Wanted: cmp.Or(named(v, f.Type, names), c.show(s.Args, f.Name, lang))})
		}
	}
	return list
}

// Acted is what a change was: its command, that it made the record, or an edit.
func (s *Sent) Acted(g AnyRegister) Label {
	if s.Command == "" {
		return pick(s.New, Label{"登録", "Created"}, Label{"変更", "Changed"})
	}
	if g != nil {
		if c, err := CommandOf(g, s.Command); err == nil {
			return c.Label
		}
	}
	return Label{s.Command, s.Command}
}

// WishText is what a change wanted as a text, to be put elsewhere: one line a
// field, long texts below their names.
func WishText(list []Wish, lang Lang) string {
	var b strings.Builder
	for _, w := range list {
		if w.Looked {
			continue
		}
		b.WriteString(w.Label.In(lang))
		b.WriteString(pick(lang == EN, ": ", "："))
		if strings.Contains(w.Wanted, "\n") {
			b.WriteString("\n")
		}
		b.WriteString(w.Wanted)
		b.WriteString("\n")
	}
	return b.String()
}

// ShowNamed is [ShowValue] that says of links what they point to.
func ShowNamed(g AnyRegister, field string, v Value, names Names, lang Lang) string {
	field, v = g.Upcast(field, v)
	s, _ := SpecOf(g, field)
	return cmp.Or(named(v, s.Type, names), ShowValue(g, field, v, lang))
}

// named is a link by the names of what it points to; empty where it is none, or
// where nobody knows a name.
func named(v Value, t Type, names Names) string {
	if names == nil || t != TLink && t != TLinks {
		return ""
	}
	var all []string
	for _, ref := range v.Refs() {
		name := names(ref)
		if name == "" {
			return ""
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}
