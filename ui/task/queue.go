package task

// Queued is a runner for a program without Fyne's loop, such as a measurement:
// work runs on goroutines of its own, and what it brings waits until next runs
// it. Next waits for something to run, and reports false once nothing is under
// way. Time does not pass there.
func Queued() (r *Runner, next func() bool) {
	queue := make(chan func(), 1024)
	r = runner(func(f func()) { queue <- f }, func(work func()) { go work() }, after(nil))
	return r, func() bool {
		if r.Idle() {
			return false
		}
		(<-queue)()
		return true
	}
}
