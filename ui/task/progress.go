package task

import (
	"context"
	"sync"
	"time"
)

// Progress is how far a work is, apart from showing it: the work writes it, on
// any goroutine, and a screen reads it. A person can let the work rest.
type Progress struct {
	mu     sync.Mutex
	now    func() time.Time
	done   int64
	total  int64
	began  time.Time     // of the stretch under way; zero while it rests
	worked time.Duration // before that
	rests  chan struct{} // closed by Resume; nil while it works
}

// NewProgress begins at nothing done.
func NewProgress(now func() time.Time) *Progress { return &Progress{now: now, began: now()} }

// Step notes how much is done. It returns only when the work may go on: not
// while it rests, and with the error of ctx once that has ended.
func (p *Progress) Step(ctx context.Context, done, total int64) error {
	p.Note(done, total)
	return p.Rest(ctx)
}

// Note notes how much is done, and never waits.
func (p *Progress) Note(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total = done, total
}

// Rest returns when the work may go on: at once, but while it rests. The error is
// ctx's, once that has ended.
func (p *Progress) Rest(ctx context.Context) error {
	p.mu.Lock()
	rests := p.rests
	p.mu.Unlock()
	if rests != nil {
		select {
		case <-rests:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// Pause lets the work rest at its next step.
func (p *Progress) Pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rests == nil {
		p.rests = make(chan struct{})
		p.worked += p.now().Sub(p.began)
	}
}

// Resume lets it go on.
func (p *Progress) Resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rests != nil {
		close(p.rests)
		p.rests, p.began = nil, p.now()
	}
}

// Measure is how far a work is at a moment.
type Measure struct {
	Done, Total int64
	Rests       bool
	Worked      time.Duration // pauses left out
}

// Measure reads it.
func (p *Progress) Measure() Measure {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := Measure{p.done, p.total, p.rests != nil, p.worked}
	if !m.Rests {
		m.Worked += p.now().Sub(p.began)
	}
	return m
}

// Percent is the part that is done, cut off: 100 means all.
func (m Measure) Percent() int {
	if m.Total <= 0 {
		return 0
	}
	return int(min(max(m.Done, 0), m.Total) * 100 / m.Total)
}

// PerSecond is how much was done in a second of work so far.
func (m Measure) PerSecond() float64 {
	if m.Worked <= 0 {
		return 0
	}
	return float64(m.Done) / m.Worked.Seconds()
}

// enough is the work after which its end can be guessed.
const enough = 5 * time.Second

// Left is about how long the rest takes at the pace so far; false while nobody
// can know.
func (m Measure) Left() (time.Duration, bool) {
	if m.Worked < enough || m.Done <= 0 || m.Total < m.Done {
		return 0, false
	}
	left := float64(m.Worked) / float64(m.Done) * float64(m.Total-m.Done)
	return time.Duration(min(left, 1<<62)), true
}
