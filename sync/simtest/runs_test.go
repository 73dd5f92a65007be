package simtest

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"daicho/app/modules"
)

// counted is a number from the environment: of seeds to try, few in every test
// run and many by DAICHO_SEEDS; or of the first, to run one that failed alone.
func counted(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(name, err)
	}
	return n
}

func seeds(t *testing.T, few uint64) uint64 {
	t.Helper()
	return counted(t, "DAICHO_SEEDS", few)
}

// attachmentsIn is a folder for what a run attaches: in memory, where the
// machine has such a place, as nothing here is kept.
func attachmentsIn(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "daicho-sim")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func setup(seed uint64, dir string, plant *Plant) Setup {
	return Setup{Seed: seed, Book: modules.Book(), Dir: fmt.Sprintf("%s/%d", dir, seed), Steps: 120, Devices: 2 + int(seed%4), Plant: plant}
}

// each runs seeds on all processors, and tells how fast it was.
func each(t *testing.T, few uint64, run func(seed uint64) error) {
	t.Helper()
	first, count := counted(t, "DAICHO_SEED", 0), seeds(t, few)
	var next, done atomic.Uint64
	var workers sync.WaitGroup
	began := time.Now()
	for range runtime.GOMAXPROCS(0) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for n := next.Add(1); n <= count && !t.Failed(); n = next.Add(1) {
				done.Add(1)
				if err := run(first + n - 1); err != nil {
					t.Errorf("seed %d: %v", first+n-1, err)
				}
			}
		}()
	}
	workers.Wait()
	t.Logf("%.0f seeds a second", float64(done.Load())/time.Since(began).Seconds())
}

func TestSimulation(t *testing.T) {
	dir := attachmentsIn(t)
	each(t, 1000, func(seed uint64) error { return Run(setup(seed, dir, nil)) })
}

// TestSimulationOnDisk does the same with sealed replicas, of which a run has
// fewer steps and a test fewer runs.
func TestSimulationOnDisk(t *testing.T) {
	dir := attachmentsIn(t)
	each(t, 30, func(seed uint64) error {
		c := setup(seed, dir, nil)
		c.Steps, c.Devices = 100, 3
		create, done := OnDisk(c.Dir)
		c.Make = create
		return errors.Join(Run(c), done())
	})
}

// TestSeedsRepeat: what a seed finds it finds again.
func TestSeedsRepeat(t *testing.T) {
	for seed := range uint64(12) {
		var sums [2][32]byte
		for i := range sums {
			s, err := play(setup(seed, attachmentsIn(t), nil))
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			sums[i] = s.digest()
		}
		if sums[0] != sums[1] {
			t.Errorf("seed %d is two histories", seed)
		}
	}
}

// digest is the same for the same history.
func (s *Sim) digest() [32]byte {
	h := sha256.New()
	for _, l := range s.book.lines {
		fmt.Fprint(h, l.GSN, l.Seq, l.Received, l.Verdict)
		for _, part := range [][]byte{l.Device[:], l.Body, l.Outcome} {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
			h.Write(part)
		}
	}
	fmt.Fprint(h, s.said, s.Now)
	return [32]byte(h.Sum(nil))
}
