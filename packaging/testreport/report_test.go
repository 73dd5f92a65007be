package main

import (
	"errors"
	"strings"
	"testing"
)

// stream builds what `go test -json` prints from lines such as
// "pass TestA/x" or "output TestA some words".
func stream(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		action, rest, _ := strings.Cut(l, " ")
		test, output, _ := strings.Cut(rest, " ")
		b.WriteString(`{"Action":"` + action + `","Package":"daicho/x","Test":"` + test + `"`)
		if output != "" {
			b.WriteString(`,"Output":"` + output + `\n"`)
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func TestCount(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		count string
		says  []string
		green bool
	}{
		{"plain passes", []string{"run TestA", "pass TestA", "pass"}, "1 passed, 0 failed, 0 skipped", []string{"0.00 min  daicho/x  1 passed"}, true},
		{"a parent is not counted beside its leaves", []string{"run TestA", "run TestA/1", "run TestA/2", "pass TestA/1", "pass TestA/2", "pass TestA", "pass"}, "2 passed, 0 failed, 0 skipped", nil, true},
		{"a failed leaf explains its parent", []string{"run TestA", "run TestA/1", "output TestA/1 got 7", "fail TestA/1", "fail TestA", "fail"}, "0 passed, 1 failed, 0 skipped", []string{"FAILED TestA/1", "got 7"}, false},
		{"a parent that fails alone is counted", []string{"run TestA", "run TestA/1", "pass TestA/1", "output TestA own", "fail TestA", "fail"}, "1 passed, 1 failed, 0 skipped", []string{"own"}, false},
		{"a skip names its reason", []string{"run TestA", "run TestB", "output TestA x_test.go:3: no display", "skip TestA", "pass TestB", "pass"}, "1 passed, 0 failed, 1 skipped", []string{"skipped TestA: x_test.go:3: no display"}, true},
		{"a skip without one fails", []string{"run TestA", "output TestA --- SKIP: TestA", "skip TestA", "pass"}, "0 passed, 1 failed, 0 skipped", []string{"skipped without a reason"}, false},
		{"a panic leaves tests open", []string{"run TestA", "run TestB", "output TestB panic: oh", "pass TestA", "fail"}, "1 passed, 1 failed, 0 skipped", []string{"TestB (did not finish)", "panic: oh"}, false},
		{"a package that fails without a test", []string{"output  exit status 3", "fail"}, "0 passed, 1 failed, 0 skipped", []string{"the package as a whole", "exit status 3"}, false},
		{"a package without tests", []string{"output  no test files", "skip"}, "0 passed, 0 failed, 0 skipped", nil, false},
		{"nothing at all", nil, "0 passed, 0 failed, 0 skipped", nil, false},
		{"passing output is not shown", []string{"run TestA", "output TestA chatter", "pass TestA", "pass"}, "1 passed, 0 failed, 0 skipped", []string{"!chatter"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			r := newReport(&out)
			err := r.read(strings.NewReader(stream(tt.lines...)))
			if err != nil {
				t.Fatal(err)
			}
			if got := r.count(); got != tt.count {
				t.Errorf("count %q, want %q", got, tt.count)
			}
			for _, words := range tt.says {
				not, unwanted := strings.CutPrefix(words, "!")
				if strings.Contains(out.String(), not) == unwanted {
					t.Errorf("report %q: %q", out.String(), words)
				}
			}
			if green := r.verdict(nil) == nil; green != tt.green {
				t.Errorf("green %v, want %v", green, tt.green)
			}
		})
	}
}

func TestBuildFailureShowsTheCompiler(t *testing.T) {
	var out strings.Builder
	r := newReport(&out)
	err := r.read(strings.NewReader(`{"ImportPath":"daicho/x [daicho/x.test]","Action":"build-output","Output":"x.go:1: undefined: y\n"}
{"ImportPath":"daicho/z","Action":"build-output","Output":"a mere warning\n"}
{"ImportPath":"daicho/x [daicho/x.test]","Action":"build-fail"}
{"Action":"fail","Package":"daicho/x","FailedBuild":"daicho/x [daicho/x.test]"}
go: a word of its own
`))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.count(); got != "0 passed, 1 failed, 0 skipped" {
		t.Error(got)
	}
	for _, words := range []string{"undefined: y", "go: a word of its own"} {
		if !strings.Contains(out.String(), words) {
			t.Errorf("report lacks %q: %q", words, out.String())
		}
	}
	if strings.Contains(out.String(), "a mere warning") {
		t.Error("shows the warning of a build that succeeded")
	}
}

func TestCutStreamFails(t *testing.T) {
	r := newReport(&strings.Builder{})
	if err := r.read(strings.NewReader(stream("run TestA"))); err == nil {
		t.Error("a stream without its packages' end is taken for whole")
	}
	if got := r.count(); got != "0 passed, 1 failed, 0 skipped" {
		t.Error(got)
	}
}

func TestRunEndsWithTheCount(t *testing.T) {
	tests := []struct {
		name, script, last string
		green              bool
	}{
		{"green", `printf '%s' "$1"`, "1 passed, 0 failed, 0 skipped", true},
		{"the command fails after all tests passed", `printf '%s' "$1"; exit 3`, "1 passed, 1 failed, 0 skipped", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			err := run(&out, []string{"sh", "-c", tt.script, "sh", stream("run TestA", "pass TestA", "pass")})
			if (err == nil) != tt.green {
				t.Errorf("error %v", err)
			}
			if !strings.HasSuffix(out.String(), "\n"+tt.last+"\n") {
				t.Errorf("ends otherwise: %q", out.String())
			}
		})
	}
}

func TestVerdictKeepsTheCommandsError(t *testing.T) {
	r := newReport(&strings.Builder{})
	r.passed = 1
	if err := errors.New("exit status 2"); !errors.Is(r.verdict(err), err) {
		t.Error("the command's error is lost")
	}
}

// FuzzTake feeds lines of any kind: none may panic, and every line ends in a
// count that adds up.
func FuzzTake(f *testing.F) {
	f.Add(stream("run TestA", "fail TestA", "fail"))
	f.Add("{\"Action\":\"pass\",\"Package\":\"x\",\"Test\":\"/\"}\nnoise\n{}\n")
	f.Fuzz(func(t *testing.T, lines string) {
		r := newReport(&strings.Builder{})
		err := r.read(strings.NewReader(lines))
		if err != nil && r.failed == 0 {
			t.Errorf("cut short (%v) and yet nothing failed", err)
		}
	})
}

func TestAttributesAreShown(t *testing.T) {
	var out strings.Builder
	r := newReport(&out)
	err := r.read(strings.NewReader(`{"Action":"attr","Package":"daicho/x","Test":"TestA","Key":"kills","Value":"push 12"}` + "\n" + stream("run TestA", "pass TestA", "pass")))
	if err != nil || !strings.Contains(out.String(), "TestA: kills: push 12\n") || r.count() != "1 passed, 0 failed, 0 skipped" {
		t.Errorf("%v, %q, %s", err, out.String(), r.count())
	}
}
