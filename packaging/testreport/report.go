package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// event is one line of `go test -json`, as `go doc test2json` and
// `go help buildjson` describe it. Elapsed is in seconds.
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Test        string
	Output      string
	Elapsed     float64
	FailedBuild string
	Key, Value  string // of an attribute
}

// report gathers events and prints each package when it has ended.
type report struct {
	out                     io.Writer
	open                    map[string]*packageRun
	builds                  map[string][]string // what the compiler said, by import path
	passed, failed, skipped int
}

func newReport(out io.Writer) *report {
	return &report{out: out, open: map[string]*packageRun{}, builds: map[string][]string{}}
}

// read takes events until the stream ends. A line that is no event is shown as
// it is: it comes from the go command itself.
func (r *report) read(lines io.Reader) error {
	in := bufio.NewReader(lines)
	for {
		line, err := in.ReadString('\n')
		r.take(line)
		if errors.Is(err, io.EOF) {
			return r.close()
		}
		if err != nil {
			return err
		}
	}
}

func (r *report) take(line string) {
	if strings.TrimSpace(line) == "" {
		return
	}
	var e event
	if err := json.Unmarshal([]byte(line), &e); err != nil || e.Action == "" {
		fmt.Fprintln(r.out, strings.TrimRight(line, "\n"))
		return
	}
	switch {
	case e.Action == "build-output":
		r.builds[e.ImportPath] = append(r.builds[e.ImportPath], e.Output)
	case e.Package != "":
		r.test(e)
	}
}

// test records an event of a running package; its last one has no test's name.
func (r *report) test(e event) {
	p := r.open[e.Package]
	if p == nil {
		p = newPackageRun(e.Package)
		r.open[e.Package] = p
	}
	if e.Action == "attr" {
		fmt.Fprintf(r.out, "    %s: %s: %s\n", e.Test, e.Key, e.Value)
		return
	}
	ended := e.Action == "pass" || e.Action == "fail" || e.Action == "skip"
	if e.Test != "" || !ended {
		p.take(e)
		return
	}
	delete(r.open, e.Package)
	r.end(p, e)
}

// end counts a package and prints it.
func (r *report) end(p *packageRun, last event) {
	t := p.tally(last.Action == "fail")
	r.passed, r.failed, r.skipped = r.passed+t.passed, r.failed+len(t.failed), r.skipped+len(t.skipped)
	if last.Action != "skip" { // a package without tests is skipped by the go command
		fmt.Fprintf(r.out, "%6.2f min  %s  %s\n", last.Elapsed/60, p.name, t)
	}
	for _, s := range t.skipped {
		fmt.Fprintf(r.out, "    skipped %s: %s\n", s.test, s.reason)
	}
	if len(t.failed) == 0 {
		return
	}
	for _, name := range t.failed {
		fmt.Fprintf(r.out, "    FAILED %s\n", name)
	}
	for _, line := range append(r.builds[last.FailedBuild], p.failedOutput()...) {
		fmt.Fprint(r.out, "    ", line)
	}
}

// close reports packages whose end never came: the go command was killed.
func (r *report) close() error {
	if len(r.open) == 0 {
		return nil
	}
	for _, p := range r.open {
		r.end(p, event{Action: "fail"})
	}
	return errors.New("the stream of events ended before its packages did")
}

// count is the line that everything ends with.
func (r *report) count() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", r.passed, r.failed, r.skipped)
}

// verdict is nil only if tests ran and all is well.
func (r *report) verdict(commandErr error) error {
	switch {
	case commandErr != nil:
		return commandErr
	case r.failed > 0:
		return fmt.Errorf("%d tests failed", r.failed)
	case r.passed == 0:
		return errors.New("no test passed")
	}
	return nil
}
