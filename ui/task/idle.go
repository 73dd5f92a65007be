package task

// Idle reports whether nothing runs off the UI goroutine and no result waits
// to be shown: for what drives the window by itself and must not outrun it.
// Everything else hears of results where it asked for them.
func (r *Runner) Idle() bool { return r.running.Load() == 0 }
