package task

import "sync"

// Progress passes counts from work to the screen without flooding it: while a
// report waits to be shown, newer ones replace it. It is safe for concurrent use.
type Progress struct {
	runner *Runner
	show   func(done, total int64)

	mu          sync.Mutex
	done, total int64
	waiting     bool
}

// NewProgress makes a progress whose show runs on the UI goroutine.
func NewProgress(r *Runner, show func(done, total int64)) *Progress {
	return &Progress{runner: r, show: show}
}

// Report says that done of total units are finished; a total of 0 is unknown.
func (p *Progress) Report(done, total int64) {
	p.mu.Lock()
	p.done, p.total = done, total
	first := !p.waiting
	p.waiting = true
	p.mu.Unlock()
	if first {
		p.runner.post(p.deliver)
	}
}

func (p *Progress) deliver() {
	p.mu.Lock()
	done, total := p.done, p.total
	p.waiting = false
	p.mu.Unlock()
	p.show(done, total)
}
