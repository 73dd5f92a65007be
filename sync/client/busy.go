package client

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// A server that is busy is asked again when it says so: this often, and not if
// it says longer than this. What is to be done then is for the caller.
const (
	busyTries = 4
	busyWait  = 30 * time.Second
)

// later is a refusal with the time after which to ask again.
type later struct {
	error
	wait time.Duration
}

func (l *later) Unwrap() error { return l.error }

// busy reads that time, in seconds, from an answer that refuses.
func busy(h http.Header, refusal error) error {
	seconds, err := strconv.ParseUint(h.Get("Retry-After"), 10, 32)
	if err != nil {
		return refusal
	}
	return &later{refusal, time.Duration(seconds) * time.Second}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
