package main

import (
	"context"
	"slices"
	"strings"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

type conflictShow struct {
	ID   string `arg:"" name:"id" help:"Id of the conflict."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run prints both values, one below the other, and what was asked about them.
func (v *conflictShow) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, g, v.ID)
		if err != nil {
			return err
		}
		c, ok := rec.(*app.Conflict)
		if v.JSON || !ok {
			return printRecord(s.console.Out, g, rec, v.JSON)
		}
		t, names := table{}, namesOf(ctx, r)
		two := s.sides(c, names)
		t.add("ID", c.Ref.ID.String())
		t.add("対象", names(c.About)+" "+s.contested(c))
		t.add("状態", g.Show(c, "state", app.JA)+" "+g.Show(c, "taken", app.JA))
		t.add("変更前", below(s.contestedValue(c, c.Was, names)))
		t.add("表示中の値", two[0].by)
		t.add("", below(two[0].value))
		t.add("もう一方の値", two[1].by)
		t.add("", below(two[1].value))
		for _, m := range c.Talk {
			t.add("照会・回答", names(m.By)+" → "+names(m.To)+" "+moment(m.At))
			t.add("", below(m.Text))
		}
		return t.write(s.console.Out)
	})
}

// below sets the further lines of a text off from the first.
func below(text string) string { return strings.ReplaceAll(text, "\n", "\n"+tableIndent) }

type conflictAsk struct {
	ID       string `arg:"" name:"id" help:"Id of the conflict."`
	Of       string `required:"" placeholder:"NAME" help:"Whom to ask, as the directory has the name."`
	Question string `required:"" placeholder:"TEXT" help:"What to ask."`
	JSON     bool   `name:"json" help:"Print the conflict as one JSON object."`
}

// Run asks.
func (v *conflictAsk) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	var whom app.Ref
	err := s.with(ctx, func(r *store.Replica) (err error) {
		whom, err = personNamed(ctx, r, v.Of)
		return err
	})
	if err != nil {
		return err
	}
	do := doVerb{ID: v.ID, Command: "ask", Set: []string{"whom=" + whom.String(), "text=" + v.Question}, JSON: v.JSON}
	return do.Run(ctx, s, g)
}

// personNamed finds a person of the directory.
func personNamed(ctx context.Context, r *store.Replica, name string) (app.Ref, error) {
	people, err := r.People(ctx)
	if err != nil {
		return app.Ref{}, err
	}
	people = slices.DeleteFunc(people, func(p store.Person) bool { return p.Name != name })
	if len(people) != 1 {
		return app.Ref{}, cli.Errorf("--of %q: この名前の人は名簿に%d人います。先に同期するか、名簿のとおりに名前を指定してください。", "--of %q: the directory has %d of that name; sync, or write the name as it stands there", name, len(people))
	}
	return app.Ref{Kind: app.PersonKind, ID: people[0].ID}, nil
}

type conflictAnswer struct {
	ID   string `arg:"" name:"id" help:"Id of the conflict."`
	Text string `required:"" placeholder:"TEXT" help:"What to answer."`
	JSON bool   `name:"json" help:"Print the conflict as one JSON object."`
}

// Run answers.
func (v *conflictAnswer) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	do := doVerb{ID: v.ID, Command: "answer", Set: []string{"text=" + v.Text}, JSON: v.JSON}
	return do.Run(ctx, s, g)
}
