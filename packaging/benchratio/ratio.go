package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// times is how many times the plain way's cost a way costs: the median of all
// rounds, the lowest and the highest.
type times struct{ median, low, high float64 }

func (t times) String() string { return fmt.Sprintf("%.2f (%.2f–%.2f)", t.median, t.low, t.high) }

// work is a benchmark with its ways beside the plain one.
type work struct {
	name string
	ways map[string]times
}

// result matches a line such as "BenchmarkCommit-2  7  5120 ns/op  1.20 sealed".
var result = regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.*)$`)

// parse reads the output of go test -bench in its order; other lines are
// passed over.
func parse(output io.Reader) (works []work) {
	for in := bufio.NewScanner(output); in.Scan(); {
		m := result.FindStringSubmatch(in.Text())
		if m == nil {
			continue
		}
		if ways := waysOf(metrics(m[2])); len(ways) > 0 {
			works = append(works, work{m[1], ways})
		}
	}
	return works
}

// metrics are the values of a line by their units.
func metrics(line string) map[string]float64 {
	found := map[string]float64{}
	words := strings.Fields(line)
	for i := 0; i+1 < len(words); i += 2 {
		if v, err := strconv.ParseFloat(words[i], 64); err == nil {
			found[words[i+1]] = v
		}
	}
	return found
}

// waysOf finds the units that stand there with their lowest and highest.
func waysOf(units map[string]float64) map[string]times {
	ways := map[string]times{}
	for unit, median := range units {
		low, hasLow := units[unit+"-low"]
		high, hasHigh := units[unit+"-high"]
		if hasLow && hasHigh {
			ways[unit] = times{median, low, high}
		}
	}
	return ways
}

// table sets works under each other and ways side by side.
func table(works []work) string {
	names := map[string]bool{}
	for _, w := range works {
		for way := range w.ways {
			names[way] = true
		}
	}
	ways := slices.SortedFunc(maps.Keys(names), cmp.Compare)
	var s strings.Builder
	fmt.Fprintf(&s, "%-28s", "times the plain way's cost")
	for _, way := range ways {
		fmt.Fprintf(&s, "  %-18s", way)
	}
	for _, w := range works {
		fmt.Fprintf(&s, "\n%-28s", w.name)
		for _, way := range ways {
			fmt.Fprintf(&s, "  %-18s", w.cell(way))
		}
	}
	return s.String() + "\n"
}

func (w work) cell(way string) string {
	if t, ok := w.ways[way]; ok {
		return t.String()
	}
	return "–"
}
