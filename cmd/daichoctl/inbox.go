package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/inbox"
	"daicho/store"
)

// inboxVerb registers what is put into a folder: scans of letters, files that came.
type inboxVerb struct {
	Folder string   `arg:"" type:"existingdir" help:"Where files are put. What was registered is moved into its folder 取込済."`
	Set    []string `sep:"none" placeholder:"FIELD=VALUE" help:"Set a field of each document, such as type=report; without a type it is a notice."`
	Watch  bool     `help:"Go on as files come, until this is ended."`
}

// Run registers a document for each file, with the file attached. What cannot be read
// stays, and is told.
func (v *inboxVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) (failed error) {
		in := &inbox.Inbox{Folder: v.Folder, Shelf: documentShelf{r}, Set: v.set(s), Clock: scanClock(s.console)}
		in.Came = func(c inbox.Came) {
			if c.Err == nil {
				what := map[bool]string{false: "registered", true: "registered before"}[c.Before]
				_, c.Err = fmt.Fprintf(s.console.Out, "%s  %s  %s\n", what, c.Ref.ID, c.Name)
			}
			if c.Err != nil && v.Watch {
				s.console.Note("daichoctl: inbox: %s: %v", "daichoctl: inbox: %s: %v", c.Name, c.Err)
			} else if c.Err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", c.Name, c.Err))
			}
		}
		if v.Watch {
			return in.Watch(ctx)
		}
		return errors.Join(in.All(ctx), failed)
	})
}

// set puts in what the command was told, and the day.
func (v *inboxVerb) set(s *session) func(*document.Document) error {
	return func(d *document.Document) error {
		d.Received = app.DayOf(civil.DateOf(s.console.Now()))
		return enter(document.Register, d, v.Set)
	}
}

// documentShelf is a replica as documents are put into it.
type documentShelf struct{ *store.Replica }

// Attach is part of [document.Shelf].
func (s documentShelf) Attach(ctx context.Context, r app.Record, name string, body io.Reader) (app.Blob, error) {
	src, ok := body.(io.ReadSeeker)
	if !ok {
		all, err := io.ReadAll(body)
		if err != nil {
			return app.Blob{}, err
		}
		src = bytes.NewReader(all)
	}
	kind, err := mediaType(name, src)
	if err != nil {
		return app.Blob{}, err
	}
	return s.Replica.Attach(ctx, r.Meta().Ref, name, kind, src)
}

// Save is part of [document.Shelf].
func (s documentShelf) Save(ctx context.Context, r app.Record) error {
	return s.Write(ctx, s.Actor(), func(tx *store.Tx) error { return tx.Save(r) })
}
