package main

import (
	"fmt"
	"io"
	"time"

	"daicho/app"
)

// oldList is after how many days it is told how old the list of devices is that are
// shut out.
const oldList = 7

// days is how long ago something was, in whole days; 0 for what never was, or is not said.
func days(at app.Stamp, now time.Time) int {
	if at == 0 {
		return 0
	}
	return int(now.Sub(at.Time()) / (24 * time.Hour))
}

func stampText(at app.Stamp) string {
	if at == 0 {
		return ""
	}
	return at.RFC3339()
}

// warnOfPeer says what is not certain about another device.
func warnOfPeer(to io.Writer, vouched bool, age int) {
	if vouched {
		fmt.Fprintln(to, "the device is not in the list here: the server's certificate alone vouches for it")
	}
	if age > oldList {
		fmt.Fprintf(to, "the list of shut-out devices is %d days old: who was shut out since is not noticed here\n", age)
	}
}
