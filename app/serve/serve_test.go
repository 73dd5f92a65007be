package serve_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"daicho/app/serve"
)

// TestOneJobNeverStopsAnother: one panics, one fails, one works.
func TestOneJobNeverStopsAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var panicked, failed, worked int
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour-time.Second)
		defer cancel()
		serve.Run(ctx, slog.New(slog.DiscardHandler),
			serve.Job{Name: "a", Every: time.Minute, Run: func(context.Context) error { panicked++; panic("x") }},
			serve.Job{Name: "b", Every: time.Minute, Run: func(context.Context) error { failed++; return errors.New("x") }},
			serve.Job{Name: "c", Every: time.Minute, Run: func(context.Context) error { worked++; return nil }})
		if worked != 60 || panicked != failed || failed < 5 || failed > 12 {
			t.Errorf("%d, %d, %d runs", panicked, failed, worked)
		}
	})
}
