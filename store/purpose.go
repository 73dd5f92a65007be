package store

import "crypto/sha256"

// Secret is 32 bytes that only this device can make, for a purpose: the same each time.
func (s *Replica) Secret(purpose string) []byte {
	sum := sha256.Sum256(append([]byte(purpose), s.key.Seed()...))
	return sum[:]
}
