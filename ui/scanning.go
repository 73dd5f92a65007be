package ui

import (
	"context"

	"daicho/app"
	"daicho/ui/task"
)

// Scanner runs scans in this program, one at a time: those whose agent is the person
// at this device. What a scan finds comes into the records like everything else. A
// lock of the window pauses the scan under way, and the unlocking lets it go on.
type Scanner interface {
	// Begin runs a job, or goes on with its run that has not ended. It returns as soon
	// as the scan has begun; call it through ui/task.
	Begin(ctx context.Context, job app.Ref) error
	// Stop pauses the run under way. What was read is remembered, and the next Begin
	// goes on from there, also at another start of the program.
	Stop()
	// State is what is known now; it answers at once, from memory.
	State() Scan
}

// Scan is how far a scan is, or how the last one ended.
type Scan struct {
	Job      app.Ref // zero: none has begun since the program was started
	Title    string  // of the job
	Over     bool
	Err      error          // why it ended early; nil: it went through all, or was stopped
	Stopped  bool           // by a person, by a lock, or for its hours are over
	Work     *task.Progress // of bytes; the total is 0 while they are counted
	Files    int
	AllFiles int    // 0 while they are counted
	Folder   string // of the file read last: for the eyes of who looks, and for no log
	Found    int    // files to be told
	Unread   []Unread
}

// Unread is how many files and folders could not be read for one reason.
type Unread struct {
	Why   app.Label
	Count int64
}
