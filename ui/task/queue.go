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

// Stepped is a runner for tests of what comes late: nothing happens by itself. A
// step does one work or shows one result, in the order in which they came, on the
// goroutine of who calls it; it reports false once nothing is left. Time does not
// pass there.
func Stepped() (r *Runner, step func() bool) {
	var queue []func()
	later := func(f func()) { queue = append(queue, f) }
	return runner(later, later, after(nil)), func() bool {
		if len(queue) == 0 {
			return false
		}
		first := queue[0]
		queue = queue[1:]
		first()
		return true
	}
}
