package main

import (
	"testing"

	"daicho/app"
	"daicho/ui"
)

// TestALockDoesNotResumeWhatWasStopped: a lock that comes while a stopped scan is still
// ending does not have it go on at the unlocking.
func TestALockDoesNotResumeWhatWasStopped(t *testing.T) {
	job := app.Ref{Kind: "scan_job", ID: app.ID{1}}
	for _, stopped := range []bool{false, true} {
		s := &scanner{scan: ui.Scan{Job: job}, cancel: func() {}, done: make(chan struct{})}
		if stopped {
			s.Stop()
		}
		s.halt()
		if goesOn := s.again == job; goesOn == stopped {
			t.Errorf("stopped by a person: %v, goes on: %v", stopped, goesOn)
		}
	}
}
