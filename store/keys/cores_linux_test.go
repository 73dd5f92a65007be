package keys

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestNoCoreDumps asks the kernel, in a process of its own.
func TestNoCoreDumps(t *testing.T) {
	if os.Getenv("DAICHO_NO_CORES") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestNoCoreDumps$", "-test.v")
		cmd.Env = append(os.Environ(), "DAICHO_NO_CORES=1")
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestNoCoreDumps") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	must(t, NoCoreDumps())
	var limit unix.Rlimit
	must(t, unix.Getrlimit(unix.RLIMIT_CORE, &limit))
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if limit.Cur != 0 || limit.Max != 0 || dumpable != 0 || err != nil {
		t.Errorf("limit %v, dumpable %d, %v", limit, dumpable, err)
	}
}
