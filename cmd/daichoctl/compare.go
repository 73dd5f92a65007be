package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"

	"daicho/app"
	"daicho/app/compare"
	"daicho/app/document"
	"daicho/app/extract"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
	"daicho/store"
)

// compareVerb tells two versions of documents apart, with the text of what is
// attached to them.
type compareVerb struct {
	Old string `arg:"" help:"Id of the revision to compare with."`
	New string `arg:"" help:"Id of the revision."`
}

// Run prints the lines that changed, with three around them.
func (v *compareVerb) Run(ctx context.Context, s *session) error {
	workers := worker.Readers()
	defer workers.Close()
	reader := &extract.Reader{Apart: workers}
	return s.with(ctx, func(r *store.Replica) error {
		old, err := wordsOf(ctx, r, reader, v.Old)
		if err != nil {
			return err
		}
		now, err := wordsOf(ctx, r, reader, v.New)
		if err != nil {
			return err
		}
		return printChanges(s.console, compare.Around(compare.Lines(old, now), 3))
	})
}

func printChanges(console *cli.Console, all []compare.Piece) error {
	out := bufio.NewWriter(console.Out)
	for _, p := range all {
		switch sign := []string{"  ", "- ", "+ "}[p.Op]; {
		case p.Op == compare.Same && p.Text == "":
			fmt.Fprintln(out, "…")
		default:
			fmt.Fprintln(out, sign+p.Text)
		}
	}
	return out.Flush()
}

// wordsOf are the text of a revision and of its attachments.
func wordsOf(ctx context.Context, r *store.Replica, reader *extract.Reader, revision string) (string, error) {
	id, err := app.ParseID(revision)
	if err != nil {
		return "", err
	}
	rev, err := store.Get(ctx, r, document.Revisions, id)
	if err != nil {
		return "", err
	}
	var all bytes.Buffer
	all.WriteString(rev.Body)
	for _, f := range rev.Files {
		var file bytes.Buffer
		if err := r.OpenBlob(ctx, f, &file); err != nil {
			return "", err
		}
		p := &textPrinter{out: bufio.NewWriter(&all)}
		fmt.Fprintf(p.out, "\n==> %s <==\n", f.Name)
		src := extract.Source{Path: f.Name, Size: int64(file.Len()), R: bytes.NewReader(file.Bytes())}
		if err := errors.Join(reader.Extract(ctx, src, p), p.out.Flush(), p.unread); err != nil {
			return "", err
		}
	}
	return all.String(), nil
}
