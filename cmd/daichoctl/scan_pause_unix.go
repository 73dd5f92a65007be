//go:build !windows

package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"daicho/app/scan/polite"
)

// pauses lets signals hold a scan and have it go on: SIGUSR1 and SIGUSR2. Unlike
// SIGSTOP they leave it the connections to shares.
func pauses(ctx context.Context, g *polite.Gate) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1, syscall.SIGUSR2)
	go func() {
		defer signal.Stop(signals)
		for {
			select {
			case <-ctx.Done():
				return
			case s := <-signals:
				if s == syscall.SIGUSR1 {
					g.Pause()
				} else {
					g.Resume()
				}
			}
		}
	}()
}
