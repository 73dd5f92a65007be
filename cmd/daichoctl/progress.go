package main

import (
	"fmt"
	"io"

	"daicho/app"
	"daicho/sync/client"
)

// worthTelling is from how many records on a projection takes long enough for
// people to wonder.
const worthTelling = 5_000

// progress tells in tenths how far a newer version has got with preparing the
// records that it found.
func progress(w io.Writer) func(kind app.Kind, done, total int) {
	tenths := map[app.Kind]int{}
	return func(kind app.Kind, done, total int) {
		if total < worthTelling || done*10/total == tenths[kind] {
			return
		}
		tenths[kind] = done * 10 / total
		fmt.Fprintf(w, "daichoctl: preparing %s for this version: %d0%% of %d records\n", kind, tenths[kind], total)
	}
}

// syncing tells in tenths how far a long step of a sync has come.
func syncing(w io.Writer) func(client.Progress) {
	tenths := map[client.Step]int{}
	return func(p client.Progress) {
		if p.Total < worthTelling || p.Done*10/p.Total == tenths[p.Step] {
			return
		}
		tenths[p.Step] = p.Done * 10 / p.Total
		fmt.Fprintf(w, "daichoctl: %s: %d0%% of %d\n", p.Step.Label().EN, tenths[p.Step], p.Total)
	}
}
