//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// fillable lets no file of this process grow beyond so many bytes: writing on
// fails as on a disk that is full.
func fillable(most uint64) {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
		panic(err)
	}
}
