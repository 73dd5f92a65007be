package main

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/app/demo"
	"daicho/cmd/cli"
	"daicho/store"
)

// demoSeed is which of all possible cities is shown.
const demoSeed = 8

// demoVerb fills the replica with an invented city.
type demoVerb struct {
	Share string `placeholder:"DIR" help:"Write the city's file share into this folder, too."`
}

// What a replica remembers of having been filled.
const (
	demoKey   = "demo"
	demoBegun = "begun"
	demoDone  = "done"
)

// Run fills. A second run changes nothing.
func (v *demoVerb) Run(ctx context.Context, s *session) error {
	past := &demo.Past{}
	err := s.open(ctx, func(o *store.Options) { o.Clock, o.Mono = past.Now, past.Mono }, func(r *store.Replica) error {
		mark, err := r.Setting(ctx, demoKey)
		switch {
		case err != nil:
			return err
		case string(mark) == demoDone:
			_, err = fmt.Fprintln(s.console.Out, "the demo city is here already")
			return err
		case len(mark) > 0:
			return cli.Errorf("デモの作成が途中で終わっています。新しい台帳を作成し、そこで実行してください。", "the demo was begun here and did not end; make a new replica and fill that")
		}
		return fillDemo(ctx, s, r, past)
	})
	if err != nil || v.Share == "" {
		return err
	}
	return v.share(s)
}

func fillDemo(ctx context.Context, s *session, r *store.Replica, past *demo.Past) error {
	story := demo.Story(demoSeed, app.StampOf(s.console.Now()))
	if err := markDemo(ctx, r, demoBegun); err != nil {
		return err
	}
	if err := demo.Play(ctx, r, past, story); err != nil {
		return err
	}
	if err := markDemo(ctx, r, demoDone); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.console.Out, "the demo city is here: %d steps of six weeks\n", len(story))
	return err
}

func markDemo(ctx context.Context, r *store.Replica, mark string) error {
	return r.Local(ctx, func(tx *store.LocalTx) error { return tx.Set(demoKey, []byte(mark)) })
}

func (v *demoVerb) share(s *session) error {
	files, err := demo.WriteShare(v.Share)
	if err != nil {
		return cli.Errorf("%s: %v書き込めるフォルダーを指定してください。", "share %s: %v; name a folder that can be written", v.Share, err)
	}
	_, err = fmt.Fprintf(s.console.Out, "file share %s: %d files and entries\n", v.Share, len(files))
	return err
}
