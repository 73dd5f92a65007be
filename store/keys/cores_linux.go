package keys

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// NoCoreDumps keeps the kernel from writing this process's memory, keys included,
// to a file when it crashes, and other processes of the same account from reading
// it. Call it first thing in main. It does nothing on systems other than Linux.
func NoCoreDumps() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("no core dumps: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("no core dumps: %w", err)
	}
	return nil
}
