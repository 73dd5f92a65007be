//go:build unix

package main

import (
	"errors"
	"os"
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

// becomeNobody lets root, whom no permission stops, be somebody else.
func becomeNobody() {
	const nobody = 65534
	if os.Getuid() != 0 {
		return
	}
	if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
		panic(err)
	}
}
