package corpustest_test

import (
	"os"
	"syscall"
	"testing"
	"time"

	"daicho/app/scan/corpustest"
	"daicho/app/scan/corpustest/inside"
	"daicho/app/scan/corpustest/municipal"
	"daicho/app/scan/corpustest/outside"
)

// TestCorpus holds about every twelfth file to the goals. With
// DAICHO_CORPUS, a folder for the files, it prints how all are found instead: `make
// bench-scan`.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice and archivers make the files, which takes some seconds")
	}
	if dir := os.Getenv("DAICHO_CORPUS"); dir != "" {
		printTable(t, dir)
		return
	}
	parts := []corpustest.Part{inside.Cases().Sample(12), outside.Cases().Sample(12), municipal.Cases().Sample(12)}
	results := measure(t, t.TempDir(), parts)
	for _, k := range corpustest.Kinds {
		s, least := corpustest.ScoreOf(results, k), corpustest.Goal(k)
		if s.Recall() < least.Recall || s.Precision() < least.Precision {
			t.Errorf("%s: recall %.3f, precision %.3f; at least %.3f and %.3f are expected", k, s.Recall(), s.Precision(), least.Recall, least.Precision)
		}
	}
	for _, r := range results {
		if !r.Protected {
			t.Errorf("%s/%s: protection told %s", r.Author, r.Name, r.Told)
		}
	}
	if t.Failed() {
		corpustest.WriteWorst(t.Output(), results, 20)
	}
}

func printTable(t *testing.T, dir string) {
	parts := []corpustest.Part{inside.Cases(), outside.Cases(), municipal.Cases()}
	var all []corpustest.Result
	for _, p := range parts {
		all = append(all, measure(t, dir, []corpustest.Part{p})...)
	}
	for _, p := range parts {
		if err := corpustest.WriteTable(os.Stdout, p.Author, by(p.Author, all)); err != nil {
			t.Fatal(err)
		}
	}
	if err := corpustest.WriteTable(os.Stdout, "all", all); err != nil {
		t.Fatal(err)
	}
	corpustest.WriteWorst(os.Stdout, all, 100)
	if err := corpustest.WriteCosts(os.Stdout, all); err != nil {
		t.Fatal(err)
	}
}

// spent is the CPU time of this process.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func by(author string, all []corpustest.Result) (own []corpustest.Result) {
	for _, r := range all {
		if r.Author == author {
			own = append(own, r)
		}
	}
	return own
}

func measure(t *testing.T, dir string, parts []corpustest.Part) []corpustest.Result {
	t.Helper()
	if err := corpustest.Make(dir, parts...); err != nil {
		t.Fatal(err)
	}
	results, err := corpustest.Measure(t.Context(), dir, spent, parts...)
	if err != nil {
		t.Fatal(err)
	}
	return results
}
