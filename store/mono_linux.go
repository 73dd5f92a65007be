package store

import (
	"encoding/hex"
	"os"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// bootID names this run of the machine.
var bootID = sync.OnceValue(func() (id [8]byte) {
	text, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return id
	}
	b, err := hex.DecodeString(strings.ReplaceAll(strings.TrimSpace(string(text)), "-", ""))
	if err == nil && len(b) >= len(id) {
		copy(id[:], b)
	}
	return id
})

// mono is a clock that nobody can set and that counts while the machine
// sleeps, and which run of the machine it counts in.
func mono() (ns int64, boot [8]byte) {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		return 0, [8]byte{}
	}
	return t.Nano(), bootID()
}
