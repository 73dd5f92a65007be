package main

import (
	"fmt"
	"regexp"
	"strings"
)

// packageRun is what one package's test program has said so far.
type packageRun struct {
	name   string
	tests  map[string]*testRun
	order  []string
	output []line
}

// testRun is one test: how it ended ("" while it runs) and whether it has subtests.
type testRun struct {
	ended  string
	parent bool
}

// line is one line of output and the test that wrote it, "" for the package.
type line struct{ test, text string }

// tally is the result of one package.
type tally struct {
	passed  int
	failed  []string
	skipped []skip
}

type skip struct{ test, reason string }

func newPackageRun(name string) *packageRun {
	return &packageRun{name: name, tests: map[string]*testRun{}}
}

func (p *packageRun) take(e event) {
	if e.Output != "" {
		p.output = append(p.output, line{e.Test, e.Output})
	}
	if e.Test == "" {
		return
	}
	t := p.named(e.Test)
	switch e.Action {
	case "pass", "fail", "skip":
		t.ended = e.Action
	}
}

// named returns the test of that name; a new one makes its ancestors parents.
func (p *packageRun) named(name string) *testRun {
	if t := p.tests[name]; t != nil {
		return t
	}
	t := &testRun{}
	p.tests[name] = t
	p.order = append(p.order, name)
	if i := strings.LastIndexByte(name, '/'); i > 0 {
		p.named(name[:i]).parent = true
	}
	return t
}

// tally counts the leaves. In a failed package a test that never ended has
// failed (a panic, a time limit), and something is always named.
func (p *packageRun) tally(failed bool) tally {
	var t tally
	for _, name := range p.order {
		switch run := p.tests[name]; {
		case run.parent:
			if run.ended == "fail" && !p.failedBelow(name) {
				t.failed = append(t.failed, name)
			}
		case run.ended == "pass":
			t.passed++
		case run.ended == "skip":
			t.skip(name, p.reason(name))
		case run.ended == "fail":
			t.failed = append(t.failed, name)
		default:
			t.failed = append(t.failed, name+" (did not finish)")
		}
	}
	if failed && len(t.failed) == 0 {
		t.failed = append(t.failed, p.name+" (the package as a whole)")
	}
	return t
}

// skip counts a skip with its reason; without one it is a failure.
func (t *tally) skip(name, reason string) {
	if reason == "" {
		t.failed = append(t.failed, name+" (skipped without a reason)")
		return
	}
	t.skipped = append(t.skipped, skip{name, reason})
}

func (t tally) String() string {
	s := fmt.Sprintf("%d passed", t.passed)
	if len(t.failed) > 0 {
		s += fmt.Sprintf(", %d failed", len(t.failed))
	}
	if len(t.skipped) > 0 {
		s += fmt.Sprintf(", %d skipped", len(t.skipped))
	}
	return s
}

// failedBelow reports whether a subtest explains its parent's failure.
func (p *packageRun) failedBelow(name string) bool {
	for other, run := range p.tests {
		if strings.HasPrefix(other, name+"/") && (run.ended == "fail" || run.ended == "") {
			return true
		}
	}
	return false
}

// framing matches the lines that the testing package itself writes.
var framing = regexp.MustCompile(`^\s*(===|---) `)

// reason joins what a skipped test said.
func (p *packageRun) reason(name string) string {
	var words []string
	for _, l := range p.output {
		if l.test == name && !framing.MatchString(l.text) {
			words = append(words, strings.TrimSpace(l.text))
		}
	}
	return strings.Join(words, " ")
}

// failedOutput is everything that failed tests, their parents and the package
// itself wrote, in the order written.
func (p *packageRun) failedOutput() []string {
	var lines []string
	for _, l := range p.output {
		if run := p.tests[l.test]; run == nil || run.ended == "fail" || run.ended == "" {
			lines = append(lines, l.text)
		}
	}
	return lines
}
