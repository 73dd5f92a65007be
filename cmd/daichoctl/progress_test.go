package main

import (
	"strings"
	"testing"

	"daicho/sync/client"
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

func TestSyncIsToldInTenths(t *testing.T) {
	var out strings.Builder
	tell := syncing(&out)
	for done := 0; done <= 100_000; done += 5_000 {
		tell(client.Progress{Step: client.Filling, Done: done, Total: 100_000})
	}
	tell(client.Progress{Step: client.Pulling, Done: 3, Total: 60})
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 10 || lines[2] != "daichoctl: First sync: 30% of 100000" {
		t.Errorf("told %q", lines)
	}
}
