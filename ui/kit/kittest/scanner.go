package kittest

import (
	"context"
	"time"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/task"
)

// Scanner is a scanner as a page meets it: a test says how far its scan is.
type Scanner struct {
	Scan    ui.Scan
	Refusal error // of Begin
	Stopped int   // times
}

// Begin begins a scan of nothing.
func (s *Scanner) Begin(_ context.Context, job app.Ref) error {
	if s.Refusal == nil {
		s.Scan = ui.Scan{Job: job, Work: task.NewProgress(func() time.Time { return Now })}
	}
	return s.Refusal
}

// Stop ends the scan.
func (s *Scanner) Stop() {
	s.Stopped++
	s.Scan.Over, s.Scan.Stopped = true, true
}

// State is what the test says.
func (s *Scanner) State() ui.Scan { return s.Scan }

// Scanner is the replica's own.
func (r *Replica) Scanner() ui.Scanner { return &r.Scans }
