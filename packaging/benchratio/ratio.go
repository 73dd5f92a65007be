package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// runs holds nanoseconds per operation by benchmark and sub-benchmark.
type runs map[string]map[string][]float64

// ratio is one way of a piece of work beside its yardstick.
type ratio struct {
	work, way, yardstick string
	times                float64 // time of way divided by that of the yardstick
	ns                   float64 // time of the yardstick, nanoseconds per operation
}

func (r ratio) String() string {
	return fmt.Sprintf("%7.2f × %s  %s / %s (%s: %.0f ns)", r.times, r.yardstick, r.work, r.way, r.yardstick, r.ns)
}

// result matches a line such as "BenchmarkCommit/sealed-2  100  5120 ns/op".
var result = regexp.MustCompile(`^(Benchmark\S*)/([^/\s]+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op`)

// parse reads the output of go test -bench; other lines are passed over.
func parse(output io.Reader) runs {
	found := runs{}
	for in := bufio.NewScanner(output); in.Scan(); {
		m := result.FindStringSubmatch(in.Text())
		if m == nil {
			continue
		}
		ns, err := strconv.ParseFloat(m[3], 64)
		if err != nil {
			continue
		}
		if found[m[1]] == nil {
			found[m[1]] = map[string][]float64{}
		}
		found[m[1]][m[2]] = append(found[m[1]][m[2]], ns)
	}
	return found
}

// compare divides every way of a work by its yardsticks, in order of names.
func compare(found runs) []ratio {
	var ratios []ratio
	for work, ways := range found {
		for _, yardstick := range []string{"plain", "peer"} {
			measure := median(ways[yardstick])
			if measure == 0 {
				continue
			}
			for way, ns := range ways {
				if way != "plain" && way != "peer" {
					ratios = append(ratios, ratio{strings.TrimPrefix(work, "Benchmark"), way, yardstick, median(ns) / measure, measure})
				}
			}
		}
	}
	sort.Slice(ratios, func(i, j int) bool {
		a, b := ratios[i], ratios[j]
		return a.work+"\x00"+a.way+"\x00"+a.yardstick < b.work+"\x00"+b.way+"\x00"+b.yardstick
	})
	return ratios
}

// median is 0 for no values.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
