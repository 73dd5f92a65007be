package polite

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

const yieldVar = "POLITE_TEST_YIELD"

// TestYield: every thread of the process gets the lowest priority. It is done in a
// process of its own, which cannot take it back.
func TestYield(t *testing.T) {
	if os.Getenv(yieldVar) == "" {
		c := exec.Command(os.Args[0], "-test.run=^TestYield$")
		c.Env = append(os.Environ(), yieldVar+"=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return
	}
	if err := Yield(); err != nil {
		t.Fatal(err)
	}
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	for _, thread := range threads {
		id, _ := strconv.Atoi(thread.Name())
		stat, err := os.ReadFile("/proc/self/task/" + thread.Name() + "/stat")
		if err != nil {
			t.Fatal(err)
		}
		fields := strings.Fields(string(stat)[strings.LastIndex(string(stat), ")"):])
		if nice := fields[17]; nice != "19" { // the 19th field of proc_pid_stat(5)
			t.Errorf("thread %d has nice %s", id, nice)
		}
		if class, _, errno := unix.Syscall(unix.SYS_IOPRIO_GET, ioprioWhoProcess, uintptr(id), 0); errno != 0 || class != ioprioClassIdle {
			t.Errorf("thread %d has I/O priority %x (%v)", id, class, errno)
		}
	}
}
