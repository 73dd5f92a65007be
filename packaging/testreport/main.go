// Testreport runs a `go test -json` command and turns what it says into what a
// person reads: minutes per package, the full output of each failed test, the
// reason of every skip and, as its last line, N passed, N failed, N skipped.
// It decides nothing about which tests run, and it is not for benchmarks or
// fuzzing, whose results are no count.
//
//	testreport go test -json ./...
//
// Counted are leaves: a test with subtests stands for itself only where it
// failed although none of them did. A package that does not build, panics or
// exits early counts as one failed test, and so does a skip without a reason.
// What a test says of itself by [testing.T.Attr] is shown even if it passed.
// The exit code is 1 if anything failed, if no test passed, or if the command
// itself failed.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: testreport COMMAND [ARGUMENT...], a command that prints go test -json")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		os.Exit(1)
	}
}

// run reports on one command. The count is printed last, whatever happens, and
// the error says that the run as a whole is not green.
func run(out io.Writer, args []string) error {
	began := time.Now()
	r := newReport(out)
	err := r.follow(args)
	fmt.Fprintf(out, "%.1f minutes in all.\n", time.Since(began).Minutes())
	if err != nil {
		fmt.Fprintf(out, "%s: %v\n", args[0], err)
		r.failed = max(r.failed, 1) // a count that looks green must not stand under a failure
	}
	fmt.Fprintln(out, r.count())
	return r.verdict(err)
}

// follow starts the command and reads its output to the end.
func (r *report) follow(args []string) error {
	command := exec.Command(args[0], args[1:]...)
	command.Stderr = os.Stderr
	lines, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	readErr := r.read(lines)
	if err := command.Wait(); err != nil {
		return err
	}
	return readErr
}
