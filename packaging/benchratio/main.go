// Benchratio runs a `go test -bench` command and prints as a table how much
// work costs beside the plain way of the same work, measured by turns in one
// run. Ratios hold on any machine where bare seconds do not; use `go test
// -bench` itself where the seconds are wanted.
//
//	benchratio go test -run '^$' -bench . -benchtime 7x ./store/vfs
//
// A benchmark reports a way of its work as three metrics: way, way-low and
// way-high, the median of all rounds, the lowest and the highest. Benchmarks
// without such metrics are passed over.
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
	works := parse(bytes.NewReader(output))
	if len(works) == 0 {
		fmt.Fprintln(os.Stderr, "no benchmark compares its work with the plain way of it")
		os.Exit(1)
	}
	fmt.Print(table(works))
}
