package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/finding"
	"daicho/app/modules"
)

// enrolledTo makes a replica for a person of the server in the folder "server", and
// fetches what he reads: enrolled DIR PERSON.
func enrolledTo(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ts.Exec("daichoctl", "--replica", args[0], "init"))
	ts.Check(ts.Exec("daicho-server", "enroll-code", "--data", "server", "--user", args[1]))
	lines := strings.Fields(ts.ReadFile("stdout"))
	ts.Check(ts.Exec("daichoctl", "--replica", args[0], "enroll", lines[len(lines)-1]))
	ts.Check(ts.Exec("daichoctl", "--replica", args[0], "sync"))
}

var idOf = regexp.MustCompile(`"id":"([0-9a-f]{32})"`)

// absent opens a replica and looks for words in all that it holds, with all that is
// known of its changes, and in its files as they are: absent DIR WORD….
func absent(ts *testscript.TestScript, _ bool, args []string) {
	var all bytes.Buffer
	read := func(verb ...string) {
		ts.Check(ts.Exec("daichoctl", append([]string{"--replica", args[0]}, verb...)...))
		all.WriteString(ts.ReadFile("stdout") + ts.ReadFile("stderr"))
	}
	for _, kind := range slices.Sorted(maps.Keys(modules.Book().Registers)) {
		if kind == app.ConflictKind || kind == app.DismissalKind {
			continue
		}
		read(string(kind), "list", "--json")
		if kind != finding.Kind && kind != finding.RunKind {
			continue
		}
		for _, id := range idOf.FindAllStringSubmatch(ts.ReadFile("stdout"), -1) {
			read("history", string(kind), id[1], "--json")
		}
	}
	for _, word := range args[1:] {
		if strings.Contains(all.String(), word) {
			ts.Fatalf("%s holds %s", args[0], word)
		}
	}
	grepAll(ts, true, args)
}

// day puts the date so many days from now, in Tokyo, into a variable: day NAME DAYS.
func day(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Setenv(args[0], civil.DateOf(time.Now()).AddDays(n).String())
}

// nameLists makes files that each name one person by number: lists FOLDER FILES.
func nameLists(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o700))
	for i := range n {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), strconv.Itoa(i)+".csv"), []byte("氏名,個人番号\n見本花子,123456789018\n"), 0o600))
	}
}
