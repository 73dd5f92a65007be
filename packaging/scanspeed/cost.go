package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// command is a program with its arguments.
type command []string

// cost is what a run of a program took, with the processes that it started and
// waited for.
type cost struct {
	cpu, wall time.Duration
	peak      int64 // bytes of the largest process
}

// run runs a program whose output nobody reads.
func run(c command) (cost, error) {
	cmd := exec.Command(c[0], c[1:]...)
	cmd.Stderr = os.Stderr
	begun := time.Now()
	err := cmd.Run()
	if e := (*exec.ExitError)(nil); errors.As(err, &e) && c[0] == "rg" && e.ExitCode() == 1 {
		err = nil // nothing was found
	}
	if err != nil {
		return cost{}, fmt.Errorf("%v: %w", c, err)
	}
	s := cmd.ProcessState
	return cost{s.UserTime() + s.SystemTime(), time.Since(begun), s.SysUsage().(*syscall.Rusage).Maxrss << 10}, nil
}

// byTurns runs commands so many rounds, one after the other in each.
func byTurns(rounds int, commands ...command) (costs [][]cost, err error) {
	costs = make([][]cost, len(commands))
	for range rounds {
		for i, c := range commands {
			once, err := run(c)
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], once)
		}
	}
	return costs, nil
}

// spread is the median of some values, the lowest and the highest.
type spread struct{ median, low, high float64 }

func spreadOf(values []float64) spread {
	slices.SortFunc(values, cmp.Compare[float64])
	return spread{values[len(values)/2], values[0], values[len(values)-1]}
}

func (s spread) String() string { return fmt.Sprintf("%.2f (%.2f–%.2f)", s.median, s.low, s.high) }

// ratios are how many times as much b took as a, round by round.
func ratios(a, b []cost, of func(cost) time.Duration) spread {
	values := make([]float64, len(a))
	for i := range a {
		values[i] = float64(of(b[i])) / float64(of(a[i]))
	}
	return spreadOf(values)
}

func cpuOf(c cost) time.Duration  { return c.cpu }
func wallOf(c cost) time.Duration { return c.wall }
