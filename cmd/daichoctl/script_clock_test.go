package main

import (
	"os"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/app/civil"
	"daicho/cmd/cli"
)

// What a script says of the time: by how much all of the world is later than it is,
// and by how much the clock on the wall of the next program is slow in it.
const (
	shiftVar = "SCRIPT_SHIFT"
	slowVar  = "SCRIPT_SLOW"
)

// onClock puts a program into that time. The clock that nobody can set goes with the
// world, whatever the clock on the wall says.
func onClock(console *cli.Console) {
	shift, err := time.ParseDuration(os.Getenv(shiftVar))
	if err != nil {
		return
	}
	slow, _ := time.ParseDuration(os.Getenv(slowVar)) // none: it is right
	console.Now = func() time.Time { return time.Now().Add(shift - slow) }
	began := time.Now()
	base := began.Add(shift).UnixNano()
	console.Mono = func() (int64, [8]byte) { return base + int64(time.Since(began)), [8]byte{1} }
}

// clock makes it a moment in Tokyo from now on: clock '2026-11-24 10:00:00'.
func clock(ts *testscript.TestScript, _ bool, args []string) {
	t, err := time.ParseInLocation(time.DateTime, args[0], civil.Tokyo)
	ts.Check(err)
	ts.Setenv(shiftVar, time.Until(t).String())
}
