package server

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
