//go:build !linux

package main

import (
	"context"
	"fmt"
	"io"
)

// watchSession says that nobody tells this program of sleep and of the screen
// lock here: idleness alone locks the window.
func watchSession(_ context.Context, _ func(), log io.Writer) {
	fmt.Fprintln(log, "daicho: sleep and the screen lock of the system do not lock this window: that is made for Linux only")
}
