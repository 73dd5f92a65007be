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

// Steps of proofs, for their tables.
var (
	TOTP         = totp
	StepOf       = stepOf
	HashPassword = hashPassword
	IsPassword   = isPassword
)

// Room is how many more devices, or addresses, limits remember.
const Room = maxPaced

// Remembered is how many devices the server keeps a pace for.
func (s *Server) Remembered() int { return len(s.limits.paces.all) }

// Crowd is a listener that lets so many in as a server does.
var Crowd = newCrowd

// FromOne is how many connections one address may have.
const FromOne = maxFromOne
