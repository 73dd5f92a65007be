// Benchratio runs a `go test -bench` command and prints how our way compares
// with the plain way of the same work in the same run. Ratios hold on any
// machine where bare nanoseconds do not; use `go test -bench` itself where the
// nanoseconds are wanted.
//
//	benchratio go test -run '^$' -bench . -count 5 ./store/...
//
// A yardstick is a sub-benchmark named plain or peer. Every other sub-benchmark
// of the same parent is divided by it: BenchmarkCommit/sealed by
// BenchmarkCommit/plain. Of repeated runs the median counts.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: benchratio COMMAND [ARGUMENT...], a command that prints go test -bench")
		os.Exit(2)
	}
	command := exec.Command(os.Args[1], os.Args[2:]...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s%s: %v\n", output, os.Args[1], err)
		os.Exit(1)
	}
	ratios := compare(parse(bytes.NewReader(output)))
	if len(ratios) == 0 {
		fmt.Fprintln(os.Stderr, "no benchmark has a sub-benchmark named plain or peer to compare with")
		os.Exit(1)
	}
	for _, r := range ratios {
		fmt.Println(r)
	}
}
