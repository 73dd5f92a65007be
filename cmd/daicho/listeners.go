package main

import "sync"

// listeners are functions that want to hear of something. It is safe for use
// by several goroutines.
type listeners[F any] struct {
	mu   sync.Mutex
	list map[int]F
	next int
}

func (l *listeners[F]) add(f F) (stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.list == nil {
		l.list = map[int]F{}
	}
	id := l.next
	l.next++
	l.list[id] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.list, id)
	}
}

// all are those to be told now.
func (l *listeners[F]) all() (list []F) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.list {
		list = append(list, f)
	}
	return list
}
