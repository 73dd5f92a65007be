package scan

import (
	"context"
	"sync"
)

// backlog counts the lines of files that are read and wait for one before them. Its
// zero value is ready.
type backlog struct {
	mu    sync.Mutex
	lines int
	less  chan struct{} // closed when there are less; nil while nobody waits
}

// add counts lines that are read, and with a minus those that are handed over.
func (b *backlog) add(lines int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lines += lines; lines < 0 && b.less != nil {
		close(b.less)
		b.less = nil
	}
}

// room waits until another file may be begun; false when ctx ended before.
func (b *backlog) room(ctx context.Context) bool {
	for {
		less := b.full()
		if less == nil {
			return ctx.Err() == nil
		}
		select {
		case <-less:
		case <-ctx.Done():
			return false
		}
	}
}

// full is what is closed when there are less lines, nil while there are few.
func (b *backlog) full() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lines <= aheadLines {
		return nil
	}
	if b.less == nil {
		b.less = make(chan struct{})
	}
	return b.less
}
