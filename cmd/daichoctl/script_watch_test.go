package main

import (
	"os"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// waitsFor waits until a line of a file is as a pattern says: waits FILE PATTERN.
func waitsFor(ts *testscript.TestScript, _ bool, args []string) {
	line := regexp.MustCompile("(?m)" + args[1])
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if text, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && line.Match(text) {
			return
		}
	}
	ts.Fatalf("%s: %s did not come", args[0], args[1])
}
