package finding_test

import (
	"fmt"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/finding"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/storetest"
)

// TestManyFindings: 200,000 files with 5,000 findings are written in transactions of a
// bounded size, and nothing is written for what is as it was.
func TestManyFindings(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	j := finding.Jobs.Draft(app.ID{1})
	j.Title, j.Root, j.Server, j.Department, j.Agent = "全庁", "/srv", "fs1", "情報課", person(r.Actor().ID)
	save(t, r, j)
	for i := range 2 {
		run := finding.Runs.Draft(app.ID{2, byte(i)})
		run.Job = j.Ref
		save(t, r, run)
		before, err := finding.Before(t.Context(), r, j.Ref)
		must(t, err)
		tally := finding.NewTally(j, before)
		for n := range 200_000 {
			path := fmt.Sprintf("/srv/課%d/係%d/%06d.xlsx", n%40, n%7, n)
			if l := clean(path); n%40 != 0 {
				must(t, tally.Add(l))
			} else {
				must(t, tally.Add(exposed(path)))
			}
		}
		tally.End()
		plan := finding.Compare(key, j, before, tally, storetest.Start)
		if want := 5000 * (1 - i); len(plan.Told) != want {
			t.Fatalf("run %d tells of %d files, want %d", i, len(plan.Told), want)
		}
		must(t, finding.Tell(t.Context(), r, run, &plan))
		folders := tally.Figures(key, run)
		must(t, finding.Folders(t.Context(), r, run, folders))
		run.State = finding.Done
		save(t, r, run)
		if run.Files != 200_000 || run.Exposed != 5000 || len(run.Folders) != 101 {
			t.Errorf("%d files, %d exposed, %d folders", run.Files, run.Exposed, len(run.Folders))
		}
	}
	n, err := r.Count(t.Context(), finding.Kind, app.Query{})
	if must(t, err); n != 5000 {
		t.Errorf("%d findings", n)
	}
	noPaths(t, r)
}

// noPaths looks for names of files in all that others than the security officer read.
func noPaths(t *testing.T, r *store.Replica) {
	t.Helper()
	for _, kind := range []app.Kind{finding.Kind, finding.RunKind} {
		g := r.Book().Registers[kind]
		recs, _, err := r.List(t.Context(), kind, app.Query{Limit: 200})
		must(t, err)
		for _, rec := range recs {
			if text := string(app.JSON(nil, g, rec)); strings.Contains(text, ".xlsx") || strings.Contains(text, "係") {
				t.Fatalf("%s says where it lies: %s", rec.Meta().Ref, text)
			}
		}
	}
}

func save(t *testing.T, r *store.Replica, rec app.Record) {
	t.Helper()
	must(t, r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) }))
}
