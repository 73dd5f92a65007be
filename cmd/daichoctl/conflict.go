package main

import (
	"context"

	"github.com/alecthomas/kong"

	"daicho/app"
)

// conflictVerb is about fields that two people wrote differently. Both values
// are kept until somebody decides.
type conflictVerb struct {
	List    conflictList    `cmd:"" help:"List conflicts nobody has decided yet."`
	Show    showVerb        `cmd:"" help:"Show one conflict."`
	Resolve conflictResolve `cmd:"" help:"Decide a conflict."`
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
	if len(v.Columns) == 0 {
		v.Columns = []string{"about", "field", "shown", "other", "state"}
	}
	return v.listVerb.Run(ctx, s, g)
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
