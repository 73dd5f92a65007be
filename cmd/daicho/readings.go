package main

import (
	"context"
	"fmt"
	"time"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/fulltext"
	"daicho/store"
)

// restBetween is how long attachments are left alone after something was recorded:
// who records has the machine first.
const restBetween = 3 * time.Second

// readAttachments makes the words in attachments searchable while the replica is
// open, those too that come meanwhile. Files are read in a process of their own, and
// kept a few at a time.
func (d *desktopApp) readAttachments(ctx context.Context, r *store.Replica, reader *extract.Reader) {
	came := make(chan struct{}, 1)
	defer r.Watch(func([]app.Ref) {
		select {
		case came <- struct{}{}:
		default:
		}
	})()
	for {
		got, err := fulltext.Run(ctx, r, reader, nil)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			fmt.Fprintf(d.log, "daicho: read attachments: %v\n", err)
		}
		if n := got.Read + got.Parts + got.Not; n > 0 {
			fmt.Fprintf(d.log, "daicho: %d attachments were read, %d of them in full\n", n, got.Read)
		}
		if !rested(ctx, came) {
			return
		}
	}
}

// rested waits for something new and a rest after it; false when ctx ends.
func rested(ctx context.Context, came <-chan struct{}) bool {
	select {
	case <-ctx.Done():
		return false
	case <-came:
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(restBetween):
		return true
	}
}
