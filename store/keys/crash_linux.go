package keys

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// CrashSilently keeps a crash from writing keys: the kernel writes no file of this
// process's memory, Go prints no arguments of the calls under way, which may be
// words of a key, and other processes of the same account cannot read the memory.
// Call it first thing in main, which begins anew by it: Go takes its level of
// traces from the environment alone, at the start. Who sets GOTRACEBACK gets what
// it says. On systems other than Linux it does nothing.
func CrashSilently() error {
	if os.Getenv("GOTRACEBACK") == "" {
		err := unix.Exec("/proc/self/exe", os.Args, append(os.Environ(), "GOTRACEBACK=none"))
		return fmt.Errorf("begin without traces: %w", err)
	}
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("no core dumps: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("no core dumps: %w", err)
	}
	return nil
}
