package agent

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"daicho/app/extract"
	"daicho/app/finding"
	"daicho/app/scan"
)

// Progress is how far a run is. It holds a folder's name, which is for the eyes of who
// runs the scan and belongs into no log.
type Progress struct {
	scan.Progress
	All    scan.Extent          // of the whole scan; zero while it is counted
	Found  int                  // files to be told
	Errors []finding.ErrorCount // why files and folders could not be read, the most frequent first
}

// follower tells how far a scan is.
type follower struct {
	tell   func(Progress)
	tally  *finding.Tally
	all    atomic.Pointer[scan.Extent]
	counts map[extract.Reason]int64
	errors []finding.ErrorCount
	cancel func()
}

// follow has a scan tell how far it is, if anybody hears it. What there is in all is
// counted beside the scan, which need not wait for that.
func (a *Agent) follow(ctx context.Context, o *scan.Options, tally *finding.Tally) *follower {
	f := &follower{tally: tally, counts: map[extract.Reason]int64{}, cancel: func() {}}
	if a.Told == nil {
		return f
	}
	counting, cancel := context.WithCancel(ctx)
	counted := make(chan struct{})
	f.cancel = func() { cancel(); <-counted }
	f.tell, o.Progress = a.Told, f.told
	all := *o
	go func() {
		defer close(counted)
		if e, err := scan.Measure(counting, all); err == nil {
			f.all.Store(&e)
		}
	}()
	return f
}

// end ends the counting, which may not outlive the connections to shares.
func (f *follower) end() { f.cancel() }

// meet counts what could not be read.
func (f *follower) meet(l *scan.Line) {
	if l.Scanned != extract.Failed {
		return
	}
	f.counts[l.Reason]++
	all := make([]finding.ErrorCount, 0, len(f.counts))
	for reason, n := range f.counts {
		all = append(all, finding.ErrorCount{Reason: reason, Count: n})
	}
	slices.SortFunc(all, func(a, b finding.ErrorCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	f.errors = all
}

func (f *follower) told(p scan.Progress) {
	now := Progress{Progress: p, Found: len(f.tally.Hits), Errors: f.errors}
	if e := f.all.Load(); e != nil {
		now.All = *e
	}
	f.tell(now)
}
