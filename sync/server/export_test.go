package server

// Waiting is how many devices wait for news.
func (s *Server) Waiting() int { return len(s.waiting) }

// Small makes its pages small: of a few rows, and of few lines looked at.
func (s *Sequencer) Small(rows, lines int) { s.pages = pages{rows, lines} }

// Fill lets nobody in any more.
func (s *Server) Fill() {
	for s.busy.enter() {
	}
	for s.waiting.enter() {
	}
	for s.moving.enter() {
	}
}
