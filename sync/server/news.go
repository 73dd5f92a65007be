package server

import (
	"context"
	"sync"
	"time"
)

// news wakes everybody who waits whenever the order grew.
type news struct {
	mu  sync.Mutex
	now chan struct{}
}

func newNews() *news { return &news{now: make(chan struct{})} }

// next is closed at the next call of tell. Take it before looking whether
// there is news already: then none is missed.
func (n *news) next() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.now
}

func (n *news) tell() {
	n.mu.Lock()
	defer n.mu.Unlock()
	close(n.now)
	n.now = make(chan struct{})
}

// followEvery is how soon devices hear of what another process took in.
const followEvery = time.Second

// follow tells of what other processes put into the order, until ctx ends.
func (s *Server) follow(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for known := int64(0); ; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if s.waiting.count() == 0 {
			continue
		}
		if head, err := s.order.Head(ctx); err == nil && head != known {
			known = head
			s.news.tell()
		}
	}
}
