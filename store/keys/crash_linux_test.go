package keys

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// silent runs a test of this file in a process of its own, which knows itself by
// the environment, and gives what it wrote.
func silent(t *testing.T, test string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "GOTRACEBACK=") })
	cmd.Env = append(cmd.Env, "DAICHO_SILENT=1")
	out, _ := cmd.CombinedOutput()
	return string(out)
}

func TestNoCoreDumps(t *testing.T) {
	if os.Getenv("DAICHO_SILENT") == "" {
		if out := silent(t, "TestNoCoreDumps"); !strings.Contains(out, "--- PASS: TestNoCoreDumps") {
			t.Error(out)
		}
		return
	}
	must(t, CrashSilently())
	var limit unix.Rlimit
	must(t, unix.Getrlimit(unix.RLIMIT_CORE, &limit))
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if limit.Cur != 0 || limit.Max != 0 || dumpable != 0 || err != nil {
		t.Errorf("limit %v, dumpable %d, %v", limit, dumpable, err)
	}
}

// TestCrashOutput panics while keys are in use. Go's trace of the calls would show
// words of what functions were given.
func TestCrashOutput(t *testing.T) {
	if os.Getenv("DAICHO_SILENT") != "" {
		must(t, CrashSilently())
		crash(t)
	}
	out := silent(t, "TestCrashOutput")
	if !strings.Contains(out, "panic: crash") {
		t.Fatalf("it did not crash:\n%s", out)
	}
	for _, shown := range []string{"合言葉", "0x3, 0x4", "3020100", "00010203", "AAECAw", countingKey[:14], countingShare[15:25]} {
		if strings.Contains(out, shown) {
			t.Errorf("%q is in\n%s", shown, out)
		}
	}
}

// crash panics below a call that was given a data key, a passphrase and papers.
func crash(t *testing.T) {
	f, id := In(t.TempDir()), NewID()
	e, err := newEnvelope(id, goldenKey())
	must(t, err)
	w, err := passphraseWrap(id, goldenKey(), Passphrase("合言葉"), cheap)
	must(t, err)
	e.put(w)
	must(t, f.write(e, true))
	for _, wrapped := range []func() (*wrap, error){
		func() (*wrap, error) { return boxWrap(id, ByRecoveryKey, "", counting, goldenKey()) },
		func() (*wrap, error) { return boxWrap(id, ByShares, "abcd", counting, goldenKey()) },
	} {
		w, err := wrapped()
		must(t, err)
		e.put(w)
	}
	must(t, f.write(e, false))
	opensBy(t, f, id, goldenKey(), []Opener{Passphrase("合言葉"), RecoveryKey(counting)})
	f.ring = &memory{m: map[string]string{}}
	f.AddKeyring(panicking{t.Context()}, id, goldenKey())
}

// panicking is a context that does so when it is asked.
type panicking struct{ context.Context }

func (panicking) Done() <-chan struct{} { panic("crash") }
