package main

import (
	"strings"
	"testing"
)

const output = `goos: linux
BenchmarkCommit-2     	       7	   1000000 ns/op	         1.200 sealed	         1.500 sealed-high	         1.100 sealed-low
BenchmarkAlone-2      	     100	      7000 ns/op	        12 rows/s
BenchmarkScript/Scan-2	       7	      9000 ns/op	         1.000 sealed	         1.000 sealed-high	         0.9000 sealed-low	         3.600 sqlcipher	         4.000 sqlcipher-high	         3.500 sqlcipher-low
BenchmarkHalf-2       	       7	      9000 ns/op	         1.000 sealed	         1.000 sealed-high
PASS
`

const want = `times the plain way's cost    sealed              sqlcipher         
Commit                        1.20 (1.10–1.50)    –                 
Script/Scan                   1.00 (0.90–1.00)    3.60 (3.50–4.00)  
`

func TestTable(t *testing.T) {
	if got := table(parse(strings.NewReader(output))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(output)
	f.Add("BenchmarkX 1 1 a 1 a-low x a-high\nBenchmark 1 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range parse(strings.NewReader(text)) {
			if len(w.ways) == 0 || strings.Contains(w.name, " ") {
				t.Errorf("impossible work %+v", w)
			}
		}
	})
}
