package server

import (
	"maps"
	"slices"
)

// Waiting is how many devices wait for news.
func (s *Server) Waiting() int { return len(s.waiting) }

// Fill lets nobody in any more.
func (s *Server) Fill() {
	for s.busy.enter() {
	}
	for s.waiting.enter() {
	}
	for s.moving.enter() {
	}
}

// Sealed are the columns whose values were sealed or opened.
func (l *Postgres) Sealed() []string {
	l.vault.mu.Lock()
	defer l.vault.mu.Unlock()
	return slices.Sorted(maps.Keys(l.vault.all))
}
