package agent

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/extract/apart"
	"daicho/app/finding"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/storetest"
)

// end is when the hours of the job end.
var end = time.Date(2026, 11, 24, 6, 0, 0, 0, civil.Tokyo)

const listed = "氏名,個人番号\n見本花子,123456789018\n"

// world is an agent with one job over a folder of files that each hold a number.
type world struct {
	*Agent
	job    *finding.Job
	folder string
	now    time.Time
}

func newWorld(t *testing.T, files int) *world {
	t.Helper()
	w := &world{folder: t.TempDir(), now: end.Add(-time.Hour)}
	for i := range files {
		if err := os.WriteFile(filepath.Join(w.folder, strconv.Itoa(i)+".csv"), []byte(listed), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	noWorkers := func() *apart.Pool {
		return apart.New(func() (apart.Process, error) { return nil, errors.New("a table of text is read without one") })
	}
	w.Agent = &Agent{Replica: r, Now: func() time.Time { return w.now }, Memory: t.TempDir(), Apart: noWorkers, Workers: 1}
	w.job = finding.Jobs.Draft(app.ID{1})
	w.job.Title, w.job.Root, w.job.Server, w.job.Department = "共有", w.folder, "fs1", "総務課"
	w.job.Agent, w.job.Windows = app.Ref{Kind: app.PersonKind, ID: r.Actor().ID}, []finding.Window{{Day: "mon", Begin: "22:00", Hours: 8}}
	if err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(w.job) }); err != nil {
		t.Fatal(err)
	}
	return w
}

// runs are the runs of the job; each must be in the state that is wanted.
func (w *world) runs(t *testing.T, want ...finding.RunState) []*finding.Run {
	t.Helper()
	runs, _, err := store.List(t.Context(), w.Replica, finding.Runs, app.Query{})
	var got []finding.RunState
	for _, r := range runs {
		got = append(got, r.State)
	}
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("%s: runs %q, want %q (%v)", w.now, got, want, err)
	}
	return runs
}

// TestHoursEndARun: what is not done when its hours are over goes on in the next, in
// the same run.
func TestHoursEndARun(t *testing.T) {
	w := newWorld(t, 2)
	for _, c := range []struct {
		now  time.Time
		want []finding.RunState
	}{
		{end.Add(-9 * time.Hour), nil},
		{end.Add(-time.Nanosecond), []finding.RunState{finding.Paused}},
		{end, []finding.RunState{finding.Paused}},
		{end.AddDate(0, 0, 7).Add(-time.Hour), []finding.RunState{finding.Done}},
	} {
		w.now = c.now
		if err := w.jobs(t.Context()); err != nil {
			t.Fatal(c.now, err)
		}
		runs := w.runs(t, c.want...)
		if len(runs) > 0 && runs[0].State == finding.Done && (runs[0].Files != 2 || runs[0].Exposed != 2 || runs[0].Fresh != 2) {
			t.Errorf("%+v", runs[0])
		}
	}
}

// TestAPersonRunsAJob: in its hours, whether it is due or not; outside them and while
// it is stopped the person is told why not.
func TestAPersonRunsAJob(t *testing.T) {
	w := newWorld(t, 1)
	w.now = end
	if _, err := w.Run(t.Context(), w.job.Ref); !errors.Is(err, errHours) {
		t.Errorf("outside its hours: %v", err)
	}
	w.runs(t)
	w.now = end.Add(-2 * time.Hour)
	for i := range 2 {
		if _, err := w.Run(t.Context(), w.job.Ref); err != nil {
			t.Fatal(i, err)
		}
		w.now = w.now.Add(time.Minute)
	}
	runs := w.runs(t, finding.Done, finding.Done)
	if runs[0].Known+runs[1].Known != 1 {
		t.Errorf("%d and %d files were not opened again", runs[0].Known, runs[1].Known)
	}
	err := w.Replica.Write(t.Context(), w.Replica.Actor(), func(tx *store.Tx) error {
		j, err := tx.Get(w.job.Ref)
		if err != nil {
			return err
		}
		return tx.Do(j, "stop", nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Run(t.Context(), w.job.Ref); !errors.Is(err, errStopped) {
		t.Errorf("while it is stopped: %v", err)
	}
}

// turns is a gate that counts, and calls a function before a file has its turn.
type turns struct {
	before       func(file int64)
	files, bytes atomic.Int64
}

func (g *turns) Wait(ctx context.Context) error { return ctx.Err() }

func (g *turns) File(ctx context.Context) error {
	if n := g.files.Add(1); g.before != nil {
		g.before(n)
	}
	return ctx.Err()
}

func (g *turns) Bytes(_ context.Context, n int) (time.Duration, error) {
	g.bytes.Add(int64(n))
	return 0, nil
}

// TestAnEndedRunGoesOn: ended among its files, or among the marks of their contents, a
// run is paused, and the next one finishes it and makes no other.
func TestAnEndedRunGoesOn(t *testing.T) {
	for _, at := range []int64{2, 4} { // three files are scanned, then marked
		w := newWorld(t, 3)
		ctx, cancel := context.WithCancel(t.Context())
		w.Gate = &turns{before: func(file int64) {
			if file == at {
				cancel()
			}
		}}
		if paused, err := w.Run(ctx, w.job.Ref); !paused || !errors.Is(err, context.Canceled) {
			t.Fatalf("ended at file %d: %v", at, err)
		}
		w.runs(t, finding.Paused)
		w.Gate = nil
		if _, err := w.Run(t.Context(), w.job.Ref); err != nil {
			t.Fatal(err)
		}
		if run := w.runs(t, finding.Done)[0]; run.Files != 3 || run.Fresh != 3 || at == 4 && run.Known != 3 {
			t.Errorf("ended at file %d: %+v", at, run)
		}
	}
}

// TestMarksWaitTheirTurn: the second reading, for the mark of a content, goes through
// the gate as the first does.
func TestMarksWaitTheirTurn(t *testing.T) {
	w := newWorld(t, 2)
	g := &turns{}
	w.Gate = g
	if _, err := w.Run(t.Context(), w.job.Ref); err != nil {
		t.Fatal(err)
	}
	found, _, err := store.List(t.Context(), w.Replica, finding.Register, app.Query{})
	if err != nil || len(found) != 2 || found[0].Content == "" || found[0].Content != found[1].Content {
		t.Fatalf("%+v, %v", found, err)
	}
	if g.files.Load() != 4 || g.bytes.Load() < 4*int64(len(listed)) {
		t.Errorf("%d files and %d bytes went through the gate", g.files.Load(), g.bytes.Load())
	}
}

// TestProgress: what could not be read is told with its reason, and the end tells all.
func TestProgress(t *testing.T) {
	w := newWorld(t, 3)
	if err := os.Symlink("nowhere", filepath.Join(w.folder, "link")); err != nil {
		t.Fatal(err)
	}
	var told []Progress
	w.Told = func(p Progress) { told = append(told, p) }
	w.Gate = &turns{before: func(file int64) { // gone after it was listed
		if file == 2 {
			if err := os.Remove(filepath.Join(w.folder, "2.csv")); err != nil {
				t.Error(err)
			}
		}
	}}
	if _, err := w.Run(t.Context(), w.job.Ref); err != nil {
		t.Fatal(err)
	}
	last := told[len(told)-1]
	if len(told) != 4 || last.Files != 4 || last.Folder != w.folder || last.Found != 2 || len(last.Errors) != 1 || last.Errors[0] != (finding.ErrorCount{Reason: "no such file or folder", Count: 1}) {
		t.Errorf("told %d times, at last %+v", len(told), last)
	}
}

// TestAnotherKey: what another program remembers under its own key is left alone.
func TestAnotherKey(t *testing.T) {
	w := newWorld(t, 1)
	if _, err := w.Run(t.Context(), w.job.Ref); err != nil {
		t.Fatal(err)
	}
	w.Keys.Memory[0]++
	if _, err := w.Run(t.Context(), w.job.Ref); !app.IsCode(err, app.Invalid) {
		t.Errorf("%v", err)
	}
}
