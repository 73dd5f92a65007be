package main

import (
	"context"

	"github.com/alecthomas/kong"

	"daicho/app"
	"daicho/store"
)

// conflictVerb is about fields that two people wrote differently. Both values
// are kept until somebody decides.
type conflictVerb struct {
	List    conflictList    `cmd:"" help:"List conflicts nobody has decided yet."`
	Show    conflictShow    `cmd:"" help:"Show both values of one conflict."`
	Resolve conflictResolve `cmd:"" help:"Decide a conflict."`
	Ask     conflictAsk     `cmd:"" help:"Ask somebody about a conflict; it stays open."`
	Answer  conflictAnswer  `cmd:"" help:"Answer who asked about a conflict."`
	Export  exportVerb      `cmd:"" help:"Write conflicts as PDF or CSV."`
}

// AfterApply gives the verbs below the register of conflicts.
func (v *conflictVerb) AfterApply(bind *kong.Context) error {
	bind.BindTo(app.Conflicts, (*app.AnyRegister)(nil))
	return nil
}

type conflictList struct {
	listVerb
	All bool `help:"Those that are decided, too."`
}

// Run lists.
func (v *conflictList) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	if !v.All {
		v.Where = append(v.Where, "state=open")
	}
	if v.JSON || len(v.Columns) > 0 {
		return v.listVerb.Run(ctx, s, g)
	}
	return s.with(ctx, func(r *store.Replica) error {
		list, err := v.records(ctx, r, g)
		if err != nil {
			return err
		}
		t, names := table{}, namesOf(ctx, r)
		t.add("ID", "対象", "項目", "表示中の値", "", "もう一方の値", "", "状態")
		for _, rec := range list {
			if c, ok := rec.(*app.Conflict); ok {
				two := s.sides(c, names)
				t.add(c.Ref.ID.String(), names(c.About), s.contested(c), shortened(two[0].value, most/2), two[0].by,
					shortened(two[1].value, most/2), two[1].by, g.Show(c, "state", app.JA))
			}
		}
		return t.write(s.console.Out)
	})
}

// side is one of the two values, and who wrote it when.
type side struct{ value, by string }

// sides are the value shown and the other one.
func (s *session) sides(c *app.Conflict, names app.Names) (two [2]side) {
	shown, other := c.ClockErrors()
	two[0] = side{s.contestedValue(c, c.Shown, names), written(names(c.ShownBy), c.ShownDev, c.ShownAt, shown)}
	two[1] = side{s.contestedValue(c, c.Other, names), written(names(c.OtherBy), c.OtherDev, c.OtherAt, other)}
	return two
}

// written says who wrote something, where and when.
func written(by, device string, at app.Stamp, off int64) string {
	if at == 0 {
		return by
	}
	if device != "" {
		by += " device " + device
	}
	return by + " " + moment(at) + " " + app.Certainty(off).EN
}

// contested is the name of the field in conflict.
func (s *session) contested(c *app.Conflict) string {
	if g := s.book.Registers[c.About.Kind]; g != nil {
		if spec, known := app.SpecOf(g, c.Field); known {
			return spec.Label.JA
		}
	}
	return c.Field
}

func (s *session) contestedValue(c *app.Conflict, v app.Value, names app.Names) string {
	if g := s.book.Registers[c.About.Kind]; g != nil {
		return app.ShowNamed(g, c.Field, v, names, app.JA)
	}
	return v.JSON()
}

// namesOf says what records and people are called on a replica.
func namesOf(ctx context.Context, r *store.Replica) app.Names {
	return func(ref app.Ref) string {
		if ref.Kind == app.PersonKind {
			name, _ := r.Person(ctx, ref.ID) // without it the id is shown
			if name == "" {
				name = "unknown"
			}
			return name
		}
		hits, err := r.Names(ctx, []app.Ref{ref})
		if err != nil || hits[0].Number == "" {
			return ref.String()
		}
		return hits[0].Number
	}
}

type conflictResolve struct {
	ID    string `arg:"" name:"id" help:"Id of the conflict."`
	Take  string `required:"" enum:"shown,other,typed" placeholder:"shown|other|typed" help:"The value to keep: the one shown, the other one, or one typed with --value."`
	Value string `placeholder:"TEXT" help:"The new value, with --take typed."`
	JSON  bool   `name:"json" help:"Print the conflict as one JSON object."`
}

// Run decides.
func (v *conflictResolve) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	do := doVerb{ID: v.ID, Command: "resolve", Set: []string{"take=" + v.Take}, JSON: v.JSON}
	if v.Take == string(app.TakeTyped) {
		do.Set = append(do.Set, "value="+v.Value)
	}
	return do.Run(ctx, s, g)
}
