//go:build !linux

package store

import (
	"crypto/rand"
	"sync"
	"time"
)

// began is when this process began, by a clock that nobody can set, and a
// name for its run.
var began = sync.OnceValues(func() (time.Time, [8]byte) {
	var boot [8]byte
	_, _ = rand.Read(boot[:]) // never fails
	return time.Now(), boot
})

// mono is a clock that nobody can set. It counts from the start of the
// process: after each start the error of the clock is unknown until the next
// contact with the server.
func mono() (ns int64, boot [8]byte) {
	t, boot := began()
	return time.Since(t).Nanoseconds(), boot
}
