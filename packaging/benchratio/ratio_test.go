package main

import (
	"strings"
	"testing"
)

const output = `goos: linux
BenchmarkCommit/plain-2     	     100	      1000 ns/op
BenchmarkCommit/plain-2     	     100	      9000 ns/op
BenchmarkCommit/plain-2     	     100	      2000 ns/op	 12 B/op
BenchmarkCommit/sealed-2    	     100	      3000 ns/op
BenchmarkRead/of/10k/plain  	     100	       0.5 ns/op
BenchmarkRead/of/10k/sealed 	     100	       2 ns/op
BenchmarkRead/of/10k/peer   	     100	       4 ns/op
BenchmarkAlone-2            	     100	      7000 ns/op
BenchmarkNoYardstick/a-2    	     100	      7000 ns/op
PASS
`

func TestCompare(t *testing.T) {
	want := []ratio{
		{"Commit", "sealed", "plain", 1.5, 2000},
		{"Read/of/10k", "sealed", "peer", 0.5, 4},
		{"Read/of/10k", "sealed", "plain", 4, 0.5},
	}
	got := compare(parse(strings.NewReader(output)))
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(output)
	f.Add("BenchmarkX/plain 1 ... ns/op\nBenchmarkX/-2 1 0 ns/op\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range compare(parse(strings.NewReader(text))) {
			if r.ns <= 0 || r.times < 0 {
				t.Errorf("impossible ratio %v", r)
			}
		}
	})
}
