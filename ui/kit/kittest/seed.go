package kittest

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"daicho/app"
)

// Add makes a record out of field=value lines, by the product's rules, at the
// replica's time and by its author, and returns its reference. A line
// do:command;arg=value runs a command after that.
func (r *Replica) Add(t testing.TB, kind app.Kind, lines ...string) app.Ref {
	t.Helper()
	ctx := context.Background()
	rec, err := r.New(kind)
	if err != nil {
		t.Fatal(err)
	}
	ref := rec.Meta().Ref
	saved := false
	save := func() {
		if err := r.Save(ctx, rec); !saved && err != nil {
			t.Fatal(err)
		}
		saved = true
	}
	for _, line := range lines {
		if act, ok := strings.CutPrefix(line, "do:"); ok {
			save()
			r.At = r.At.Add(time.Minute)
			name, args, _ := strings.Cut(act, ";")
			if err := r.Do(ctx, r.Load(ref), name, nonEmpty(strings.Split(args, ";"))); err != nil {
				t.Fatal(line, err)
			}
			continue
		}
		field, value, _ := strings.Cut(line, "=")
		if err := r.book.Registers[kind].Enter(rec, field, value); err != nil {
			t.Fatal(line, err)
		}
	}
	if !saved {
		save()
	}
	return ref
}

// Sample makes a record of a kind with something in each field that people type,
// as its register describes them. A register that wants more than that of a record
// needs one of its own.
func (r *Replica) Sample(t testing.TB, kind app.Kind) app.Ref {
	t.Helper()
	var lines []string
	for _, s := range r.book.Registers[kind].About().Fields {
		if value := r.sample(t, s); value != "" && s.Name != "number" && !s.ReadOnly && !s.Derived {
			lines = append(lines, s.Name+"="+value)
		}
	}
	return r.Add(t, kind, lines...)
}

// sample is something that a field can hold; empty where anything may be missing.
func (r *Replica) sample(t testing.TB, s app.Spec) string {
	switch s.Type {
	case app.TText, app.TLong:
		return s.Label.JA + "の見本"
	case app.TInt:
		return fmt.Sprint(max(1, s.Min))
	case app.TDay:
		return Now.Format(time.DateOnly)
	case app.TTime:
		return Now.Format(app.TypedTime)
	case app.TChoice:
		return s.Choices[len(s.Choices)-1].Name
	case app.TLink:
		return r.target(t, s)
	}
	return ""
}

// target is a record that a link can point to, made where there must be one.
func (r *Replica) target(t testing.TB, s app.Spec) string {
	ids, err := r.IDs(context.Background(), s.Target, app.Query{Limit: 1})
	switch {
	case s.Target == "" || err != nil:
		return ""
	case len(ids) > 0:
		return app.Ref{Kind: s.Target, ID: ids[0]}.String()
	case s.Required:
		return r.Sample(t, s.Target).String()
	}
	return ""
}

func nonEmpty(args []string) (out []string) {
	for _, a := range args {
		if a != "" {
			out = append(out, a)
		}
	}
	return out
}

// Edit changes fields of a record as somebody who loaded it before all of the
// others did: two edits of one field become a conflict.
func (r *Replica) Edit(t testing.TB, rec app.Record, lines ...string) {
	t.Helper()
	if err := enterAll(r.book.Registers[rec.Meta().Ref.Kind], rec, lines); err != nil {
		t.Fatal(err)
	}
	if err := r.Save(context.Background(), rec); err != nil {
		t.Fatal(err)
	}
}

// enterAll types field=value lines into a record.
func enterAll(g app.AnyRegister, rec app.Record, lines []string) error {
	for _, line := range lines {
		field, value, _ := strings.Cut(line, "=")
		if err := g.Enter(rec, field, value); err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
	}
	return nil
}

// Employ makes the record of a person under whose id that name's changes are made
// from now on: grants can be given to it.
func (r *Replica) Employ(t testing.TB, name string) app.Ref {
	t.Helper()
	ref := r.Add(t, app.PersonKind, "name="+name)
	maps.DeleteFunc(r.people, func(_ app.ID, n string) bool { return n == name })
	r.people[ref.ID] = name
	return ref
}
