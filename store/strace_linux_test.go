package store_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestWhichFilesAreWritten watches a process from outside through a day's work,
// with sorts that are larger than any cache: it makes and writes files in the
// replica's folder and the folder of keys, and nowhere else.
func TestWhichFilesAreWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("strace is an outside program, which -short leaves out")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("strace is needed: install it (make test does)")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	dir, log := filepath.Join(home, "replica"), filepath.Join(home, "log")
	c := exec.Command(strace, "-f", "-qq", "-s", "4096", "-e", "trace=%file,ftruncate,memfd_create", "-o", log, self, dir, "")
	c.Env = append(os.Environ(), roleVar+"=day", "TMPDIR="+filepath.Join(home, "tmp"))
	out, err := c.CombinedOutput()
	if strings.Contains(string(out), "Operation not permitted") {
		t.Skipf("no process may be watched here: this was not tested\n%s", out)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	calls, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	touched := written(string(calls))
	for _, path := range touched {
		if !strings.HasPrefix(path, dir+"/") && !strings.HasPrefix(path, dir+".keys/") && path != dir && path != dir+".keys" {
			t.Errorf("%s is written", path)
		}
	}
	for _, name := range []string{"replica.db", "replica.db-wal", "replica.db-shm", "replica.id"} {
		if !slices.Contains(touched, filepath.Join(dir, name)) && !strings.Contains(strings.Join(touched, "\n"), filepath.Join(dir, name)+".new-") {
			t.Errorf("%s was not seen to be written: the watch is blind", name)
		}
	}
}

var (
	aCall   = regexp.MustCompile(`(?m)^\d+ +(\w+)\((.*)$`)
	aName   = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	writing = regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE|O_APPEND`)
	making  = regexp.MustCompile(`^(creat|rename|link|symlink|mkdir|mknod|truncate|memfd_create)`)
)

// written are the names of files that were opened for writing, made or renamed.
func written(calls string) []string {
	all := map[string]bool{}
	for _, call := range aCall.FindAllStringSubmatch(calls, -1) {
		if opens := strings.HasPrefix(call[1], "open"); opens && !writing.MatchString(call[2]) || !opens && !making.MatchString(call[1]) {
			continue
		}
		for _, name := range aName.FindAllStringSubmatch(call[2], -1) {
			all[name[1]] = true
		}
	}
	delete(all, os.DevNull)
	return slices.Sorted(maps.Keys(all))
}
