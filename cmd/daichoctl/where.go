package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// selection says which records, in what order.
type selection struct {
	Filter string   `placeholder:"NAME" help:"One of the register's lists by its name, as 'daichoctl kinds' has them; NAME=VALUE where it asks for one."`
	Where  []string `sep:"none" placeholder:"FIELD=VALUE" help:"Only records whose field is so; also <>, <, <=, >, >=. May be given several times."`
	Find   string   `placeholder:"WORDS" help:"Only records whose text holds these words."`
	Sort   string   `placeholder:"FIELD" help:"Order by this field (default: order of creation)."`
	Desc   bool     `help:"Turn the order round."`
	Limit  int      `placeholder:"N" help:"At most so many records."`
}

// pageSize is how many records are read at a time.
const pageSize = 500

// each calls f for every record selected, in order.
func (s *selection) each(ctx context.Context, r *store.Replica, g app.AnyRegister, f func(app.Record) error) error {
	q, err := s.query(g)
	if err != nil {
		return err
	}
	for left := s.Limit; ; {
		q.Limit = pageSize
		if s.Limit > 0 {
			q.Limit = min(pageSize, left)
		}
		page, next, err := r.List(ctx, g.About().Kind, q)
		if err != nil {
			return err
		}
		for _, rec := range page {
			if err := f(rec); err != nil {
				return err
			}
		}
		left -= len(page)
		if q.After = next; next == nil || s.Limit > 0 && left <= 0 {
			return nil
		}
	}
}

// records are all that is selected.
func (s *selection) records(ctx context.Context, r *store.Replica, g app.AnyRegister) (all []app.Record, err error) {
	err = s.each(ctx, r, g, func(rec app.Record) error { all = append(all, rec); return nil })
	return all, err
}

func (s *selection) query(g app.AnyRegister) (q app.Query, err error) {
	if s.Limit < 0 {
		return q, cli.Misused("--limit %d: 1以上の数を指定してください。", "--limit %d: give a number above 0", s.Limit)
	}
	if q, err = named(g, s.Filter); err != nil {
		return q, err
	}
	q.Find = s.Find
	if s.Sort != "" {
		if _, err = indexed(g, s.Sort); err != nil {
			return q, fmt.Errorf("--sort: %w", err)
		}
		q.Sort, q.Desc = s.Sort, false
	}
	q.Desc = q.Desc != s.Desc
	for _, w := range s.Where {
		c, err := condition(g, w)
		if err != nil {
			return q, err
		}
		q.Where = append(q.Where, c)
	}
	return q, nil
}

// named is the query of a named list: its name, or name=value.
func named(g app.AnyRegister, filter string) (q app.Query, err error) {
	name, text, given := strings.Cut(filter, "=")
	if filter == "" {
		return q, nil
	}
	f, there := app.FilterOf(g, name)
	switch {
	case !there:
		return q, cli.Misused("--filter: %s に一覧「%s」はありません。次から選んでください: %s。", "--filter: %s has no list %q; take one of: %s", g.About().Kind, name, strings.Join(lists(g), ", "))
	case given != (f.Given != ""):
		return q, cli.Misused("--filter %q: 次のように指定してください: %s。", "--filter %q: write it so: %s", filter, usage(f))
	case !given:
		return f.Query(nil), nil
	}
	spec, _ := app.SpecOf(g, f.Given)
	value, err := typedValue(spec, text)
	if err != nil {
		return q, fmt.Errorf("--filter %q: %w", filter, err)
	}
	return f.Query(value), nil
}

// lists are a register's named lists as they are asked for.
func lists(g app.AnyRegister) (all []string) {
	for _, f := range g.About().Filters {
		all = append(all, usage(f))
	}
	return all
}

func usage(f app.Filter) string {
	if f.Given == "" {
		return f.Name
	}
	return f.Name + "=" + strings.ToUpper(f.Given)
}

// condition reads field=value; the value as a person types it into the field.
func condition(g app.AnyRegister, text string) (c app.Cond, err error) {
	i := strings.IndexAny(text, "=<>")
	if i <= 0 {
		return c, cli.Misused("--where %q: FIELD=VALUE の形で指定してください（= の代わりに <>、<、<=、>、>= も使えます）。", "--where %q: write FIELD=VALUE, or <>, <, <=, >, >= for =", text)
	}
	rest := strings.TrimLeft(text[i:], "=<>")
	c.Field, c.Op = text[:i], text[i:len(text)-len(rest)]
	if !slices.Contains([]string{"=", "<>", "<", "<=", ">", ">="}, c.Op) {
		return c, cli.Misused("--where %q: %q では比較できません。=、<>、<、<=、>、>= のいずれかを指定してください。", "--where %q: %q compares nothing; write =, <>, <, <=, > or >=", text, c.Op)
	}
	spec, err := indexed(g, c.Field)
	if err == nil {
		c.Value, err = typedValue(spec, rest)
	}
	if err != nil {
		return c, fmt.Errorf("--where %q: %w", text, err)
	}
	return c, nil
}

// indexed finds a field that lists can be narrowed and sorted by.
func indexed(g app.AnyRegister, name string) (app.Spec, error) {
	var names []string
	for _, s := range g.About().Fields {
		if s.Indexed && s.Name == name {
			return s, nil
		}
		if s.Indexed {
			names = append(names, s.Name)
		}
	}
	return app.Spec{}, cli.Errorf("%s は「%s」で絞り込みも並べ替えもできません。次から選んでください: %s。", "%s cannot be narrowed or sorted by %q; take one of: %s", g.About().Kind, name, strings.Join(names, ", "))
}

// value is a record of one field of each type, to read a value as a form reads it.
type value struct {
	app.Head
	text string
	n    int64
	yes  bool
	day  app.Day
	at   app.Stamp
	link app.Ref
}

var values = app.Describe("value", "値", "Value",
	app.Text(string(app.TText), "", "", func(v *value) *string { return &v.text }),
	app.Int(string(app.TInt), "", "", func(v *value) *int64 { return &v.n }),
	app.Bool(string(app.TBool), "", "", func(v *value) *bool { return &v.yes }),
	app.On(string(app.TDay), "", "", func(v *value) *app.Day { return &v.day }),
	app.At(string(app.TTime), "", "", func(v *value) *app.Stamp { return &v.at }),
	app.Link(string(app.TLink), "", "", "", func(v *value) *app.Ref { return &v.link }),
)

// typedValue reads a text as the field's type, also where only rules set the field.
func typedValue(s app.Spec, text string) (any, error) {
	if s.Type == app.TChoice {
		return choice(s, text)
	}
	name := string(s.Type)
	if _, known := app.SpecOf(values, name); !known {
		name = string(app.TText)
	}
	r := values.New()
	if err := values.Enter(r, name, text); err != nil {
		return nil, app.ErrorOf(err)
	}
	return values.Column(r, name).SQL(s.Type), nil
}

// choice finds a choice by its name or label.
func choice(s app.Spec, text string) (any, error) {
	names := make([]string, len(s.Choices))
	for i, c := range s.Choices {
		if text == c.Name || text == c.Label.JA || text == c.Label.EN {
			return c.Value, nil
		}
		names[i] = c.Name
	}
	if text == "" {
		return "", nil
	}
	return nil, cli.Errorf("「%s」は選べません。次から選んでください: %s。", "%q is no choice; take one of: %s", text, strings.Join(names, ", "))
}
