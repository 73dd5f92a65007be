package main

import (
	"fmt"
	"strings"

	"daicho/app"
)

// kindsVerb describes the registers, so that a script knows what to set.
type kindsVerb struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// label is a word in both languages.
type label struct {
	JA string `json:"ja"`
	EN string `json:"en"`
}

// kindAbout is a register as it is printed.
type kindAbout struct {
	Kind     app.Kind       `json:"kind"`
	Label    label          `json:"label"`
	Clauses  []string       `json:"clauses"`
	Fields   []fieldAbout   `json:"fields"`
	Commands []commandAbout `json:"commands"`
	Filters  []filterAbout  `json:"filters"`
}

type filterAbout struct {
	Name  string `json:"name"`
	Label label  `json:"label"`
	Given string `json:"given,omitempty"`
	usage string
}

type fieldAbout struct {
	Name     string        `json:"name"`
	Label    label         `json:"label"`
	Type     app.Type      `json:"type"`
	Required bool          `json:"required"`
	ReadOnly bool          `json:"read_only"`
	Indexed  bool          `json:"indexed"`
	Searched bool          `json:"searched"`
	Personal bool          `json:"personal"`
	Min      int64         `json:"min,omitempty"`
	Max      int64         `json:"max,omitempty"`
	Choices  []choiceAbout `json:"choices,omitempty"`
	Target   app.Kind      `json:"target,omitempty"`
	Columns  []fieldAbout  `json:"columns,omitempty"`
}

type choiceAbout struct {
	Name  string `json:"name"`
	Label label  `json:"label"`
}

type commandAbout struct {
	Name  string       `json:"name"`
	Label label        `json:"label"`
	Args  []fieldAbout `json:"args"`
}

// Run prints.
func (v *kindsVerb) Run(s *session) error {
	kinds := []kindAbout{}
	for _, g := range sortedKinds(s.book) {
		kinds = append(kinds, describe(g.About()))
	}
	if v.JSON {
		return printJSON(s.console.Out, kinds)
	}
	t := table{}
	for _, k := range kinds {
		k.rows(&t)
	}
	return t.write(s.console.Out)
}

func describe(a *app.About) kindAbout {
	k := kindAbout{a.Kind, label(a.Label), append([]string{}, a.Clauses...), fieldsAbout(a.Fields), []commandAbout{}, []filterAbout{}}
	for _, c := range a.Commands {
		k.Commands = append(k.Commands, commandAbout{c.Name, label(c.Label), fieldsAbout(c.Args)})
	}
	for _, f := range a.Filters {
		k.Filters = append(k.Filters, filterAbout{f.Name, label(f.Label), f.Given, usage(f)})
	}
	return k
}

func fieldsAbout(specs []app.Spec) []fieldAbout {
	out := []fieldAbout{}
	for _, s := range specs {
		f := fieldAbout{s.Name, label(s.Label), s.Type, s.Required, s.ReadOnly, s.Indexed, s.Searched, s.Personal, s.Min, s.Max, nil, s.Target, nil}
		for _, c := range s.Choices {
			f.Choices = append(f.Choices, choiceAbout{c.Name, label(c.Label)})
		}
		if len(s.Columns) > 0 {
			f.Columns = fieldsAbout(s.Columns)
		}
		out = append(out, f)
	}
	return out
}

func (k kindAbout) rows(t *table) {
	t.add(string(k.Kind), "", "", k.Label.JA)
	for _, f := range k.Fields {
		t.add("", f.Name, string(f.Type), f.Label.JA, f.remarks())
	}
	for _, c := range k.Commands {
		t.add("", "do "+c.Name, c.args(), c.Label.JA)
	}
	for _, f := range k.Filters {
		t.add("", "list "+f.usage, "", f.Label.JA)
	}
}

func (f fieldAbout) remarks() string {
	var s []string
	if f.Required {
		s = append(s, "required")
	}
	if f.ReadOnly {
		s = append(s, "set by rule")
	}
	if f.Max > f.Min {
		s = append(s, fmt.Sprintf("%d to %d", f.Min, f.Max))
	}
	for _, c := range f.Choices {
		s = append(s, c.Name+"="+c.Label.JA)
	}
	return strings.Join(s, " ")
}

func (c commandAbout) args() string {
	names := make([]string, len(c.Args))
	for i, a := range c.Args {
		names[i] = a.Name
	}
	return strings.Join(names, ",")
}
