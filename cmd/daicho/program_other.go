//go:build !windows

package main

import (
	"os/exec"
	"runtime"
	"time"
)

// opensWithin is how long a starter is waited for that says whether a program opened
// the file. One that still runs then is, or waits for, the program itself.
const opensWithin = 3 * time.Second

// startProgram opens a file in the program that the system has for it; without one it
// fails.
func startProgram(path string) error {
	starter := "xdg-open"
	if runtime.GOOS == "darwin" {
		starter = "open"
	}
	c := exec.Command(starter, path)
	if err := c.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(opensWithin):
		return nil
	}
}
