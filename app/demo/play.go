package demo

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"daicho/app"
	"daicho/store"
)

// Past is the clock of a replica while the story is played into it: it stands
// where the story is. No running clock vouches for it, and its changes say so.
type Past struct{ at app.Stamp }

// Now is an [app.Clock].
func (p *Past) Now() time.Time { return p.at.Time() }

// Mono belongs to no run of any machine: what was measured on one says nothing here.
func (*Past) Mono() (ns int64, boot [8]byte) { return 0, boot }

// Play plays a story into a replica, each step an ordinary change at its own
// time. The replica's clock must be p. What was played before an error stays.
func Play(ctx context.Context, r *store.Replica, p *Past, story []Step) error {
	f := player{r, p, map[thing]app.Record{}}
	for _, s := range story {
		if err := f.play(ctx, s); err != nil {
			return fmt.Errorf("demo %s %d at %s: %w", s.Kind, s.Record, s.At.RFC3339(), err)
		}
	}
	return nil
}

// thing is one record of the story.
type thing struct {
	kind   app.Kind
	record int
}

// player plays steps one after the other.
type player struct {
	replica *store.Replica
	past    *Past
	records map[thing]app.Record
}

func (f *player) play(ctx context.Context, s Step) error {
	f.past.at = s.At
	g, err := f.replica.Book().Registers.Of(s.Kind)
	if err != nil {
		return err
	}
	rec, err := f.record(s)
	if err != nil {
		return err
	}
	if err = f.enter(ctx, g, rec, s); err != nil {
		return err
	}
	return f.replica.Write(ctx, f.replica.Actor(), func(tx *store.Tx) error {
		if err := tx.Save(rec); err != nil || s.Command == "" {
			return err
		}
		args, err := app.Args(g, s.Command, s.Args)
		if err != nil {
			return err
		}
		return tx.Do(rec, s.Command, args)
	})
}

// record is that of the step; its first step makes it.
func (f *player) record(s Step) (app.Record, error) {
	key := thing{s.Kind, s.Record}
	if rec := f.records[key]; rec != nil {
		return rec, nil
	}
	rec, err := f.replica.Draft(s.Kind)
	f.records[key] = rec
	return rec, err
}

func (f *player) enter(ctx context.Context, g app.AnyRegister, rec app.Record, s Step) error {
	for _, set := range s.Set {
		name, text, _ := strings.Cut(set, "=")
		if err := g.Enter(rec, name, text); err != nil {
			return err
		}
	}
	for _, l := range s.Links {
		if err := g.Enter(rec, l.Field, f.records[thing{l.Kind, l.Record}].Meta().Ref.String()); err != nil {
			return err
		}
	}
	for _, file := range s.Files {
		blob, err := f.replica.Attach(ctx, rec.Meta().Ref, file.Name, file.Type, bytes.NewReader(file.Bytes))
		if err != nil {
			return err
		}
		blobs := append(g.Column(rec, file.Field).Blobs(), blob)
		if err := g.Put(rec, file.Field, app.FilesValue(blobs)); err != nil {
			return err
		}
	}
	return nil
}
