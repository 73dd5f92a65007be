package main

import (
	"strings"
	"testing"
)

func TestProgressIsToldInTenths(t *testing.T) {
	var out strings.Builder
	tell := progress(&out)
	for done := 500; done <= 20_000; done += 500 {
		tell("ticket", done, 20_000)
	}
	tell("document", 60, 60)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 10 || !strings.HasSuffix(lines[2], "preparing ticket for this version: 30% of 20000 records") {
		t.Errorf("told %q", lines)
	}
}
