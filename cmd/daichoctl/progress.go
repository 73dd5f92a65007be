package main

import (
	"fmt"
	"io"

	"daicho/app"
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
