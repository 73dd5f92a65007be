package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"
)

// TestByTurns runs a program that works and one that sleeps.
func TestByTurns(t *testing.T) {
	works, sleeps := command{"sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"}, command{"sleep", "0.2"}
	costs, err := byTurns(3, works, sleeps)
	if err != nil || len(costs) != 2 || len(costs[0]) != 3 || len(costs[1]) != 3 {
		t.Fatalf("%v, %v", costs, err)
	}
	for _, c := range costs[1] {
		if c.wall < 200*time.Millisecond || c.cpu >= c.wall || c.peak <= 0 {
			t.Errorf("sleep took %+v", c)
		}
	}
	if _, err := byTurns(1, command{"false"}); err == nil {
		t.Error("a command that failed was measured")
	}
}

func TestRatios(t *testing.T) {
	ours := []cost{{cpu: 2}, {cpu: 4}, {cpu: 10}}
	theirs := []cost{{cpu: 4}, {cpu: 4}, {cpu: 5}}
	if got := ratios(ours, theirs, cpuOf).String(); got != "1.00 (0.50–2.00)" {
		t.Errorf("got %s", got)
	}
}

// TestTexts: the same each time, of the size asked for, and the same characters in
// either charset.
func TestTexts(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *rand.Rand, int){"prose": prose, "register": register, "log": log} {
		var once, again bytes.Buffer
		write(&once, rand.New(rand.NewPCG(1, 2)), 10_000)
		write(&again, rand.New(rand.NewPCG(1, 2)), 10_000)
		if once.String() != again.String() || once.Len() < 10_000 || once.Len() > 12_000 || !bytes.HasSuffix(once.Bytes(), []byte("\n")) {
			t.Errorf("%s: %d bytes, then %d", name, once.Len(), again.Len())
		}
	}
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := create(path, japanese.ShiftJIS, func(to io.Writer) { prose(to, rand.New(rand.NewPCG(1, 2)), 10_000) }); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	prose(&want, rand.New(rand.NewPCG(1, 2)), 10_000)
	if got, err := japanese.ShiftJIS.NewDecoder().Bytes(raw); err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("CP932 reads otherwise: %v", err)
	}
}
