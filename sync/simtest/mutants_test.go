package simtest

import (
	"errors"
	"os"
	"slices"
	"testing"
)

// TestPlantedBugsAreFound makes every mistake that it can and expects to notice.
// DAICHO_MUTANTS is how many seeds to try with each.
func TestPlantedBugsAreFound(t *testing.T) {
	most := counted(t, "DAICHO_MUTANTS", 300)
	bugs := Bugs
	if os.Getenv("DAICHO_MUTANTS") != "" {
		bugs = slices.Concat(Bugs, Rare)
	}
	for _, bug := range bugs {
		t.Run(string(bug), func(t *testing.T) {
			t.Parallel()
			dir := attachmentsIn(t)
			for seed := range most {
				err := Run(setup(seed, dir, &Plant{Bug: bug}))
				if err == nil {
					continue
				}
				caught, f := "sync fails", (*fault)(nil)
				if errors.As(err, &f) {
					caught = f.invariant
				}
				t.Logf("%-55s  seed %4d  %s", bug, seed, caught)
				return
			}
			t.Errorf("%-55s  nobody noticed in %d seeds", bug, most)
		})
	}
}
