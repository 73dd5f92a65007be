package simtest

import (
	"os"
	"strconv"
	"testing"

	"daicho/app/modules"
)

// seeds is how many to try: few in every test run, many by DAICHO_SEEDS.
func seeds(t *testing.T, few int) uint64 {
	t.Helper()
	text := os.Getenv("DAICHO_SEEDS")
	if text == "" {
		return uint64(few)
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal("DAICHO_SEEDS:", err)
	}
	return n
}

func run(t *testing.T, seed uint64, plant *Plant) error {
	return Run(Setup{Seed: seed, Book: WithoutRights(modules.Book()), Dir: t.TempDir(), Steps: 200, Devices: 2 + int(seed%4), Plant: plant})
}

func TestSimulation(t *testing.T) {
	for seed := range seeds(t, 40) {
		if err := run(t, seed, nil); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// TestPlantedBugsAreFound makes every mistake that it can and expects to notice.
func TestPlantedBugsAreFound(t *testing.T) {
	for _, bug := range Bugs {
		t.Run(string(bug), func(t *testing.T) {
			for seed := range uint64(300) {
				if err := run(t, seed, &Plant{Bug: bug}); err != nil {
					t.Logf("seed %d: %v", seed, err)
					return
				}
			}
			t.Fatal("nobody noticed")
		})
	}
}

// TestSimulationOnDisk does the same with sealed replicas, of which a run has
// fewer steps and a test fewer runs.
func TestSimulationOnDisk(t *testing.T) {
	for seed := range seeds(t, 4) {
		dir := t.TempDir()
		make, done := OnDisk(dir)
		err := Run(Setup{Seed: seed, Book: WithoutRights(modules.Book()), Dir: dir, Steps: 120, Devices: 3, Make: make})
		if closing := done(); err == nil {
			err = closing
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}
