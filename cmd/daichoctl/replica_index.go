package main

import (
	"context"
	"fmt"
	"io"

	"daicho/app/extract"
	"daicho/app/fulltext"
	"daicho/cmd/worker"
	"daicho/store"
)

// replicaIndexVerb reads attachments, so that their words are found.
type replicaIndexVerb struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run reads what nobody has read; killed, it goes on when it is run again.
func (v *replicaIndexVerb) Run(ctx context.Context, s *session) error {
	workers := worker.Readers()
	defer workers.Close()
	reader := &extract.Reader{Limits: fulltext.Limits(), Apart: workers}
	return s.with(ctx, func(r *store.Replica) error {
		got, err := fulltext.Run(ctx, r, reader, readingFiles(s.console.Err))
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(s.console.Out, got)
		}
		_, err = fmt.Fprintf(s.console.Out, "%d attachments read, %d in part, %d not: protected, damaged or of no known format\n", got.Read, got.Parts, got.Not)
		return err
	})
}

// readingFiles tells in tenths how far the reading of many files has come.
func readingFiles(w io.Writer) func(done, total int) {
	tenths := 0
	return func(done, total int) {
		if total < 100 || done*10/total == tenths {
			return
		}
		tenths = done * 10 / total
		fmt.Fprintf(w, "daichoctl: reading attachments: %d0%% of %d\n", tenths, total)
	}
}
