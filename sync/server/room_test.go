package server

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestFull(t *testing.T) {
	for state, want := range map[string]bool{"53100": true, "53200": false} {
		err := discreet(fmt.Errorf("commit: %w", &pgconn.PgError{Code: state}))
		if got := Full(fmt.Errorf("push: %w", err)); got != want {
			t.Errorf("%s: %v", state, got)
		}
	}
	if Full(context.Canceled) {
		t.Error("who hangs up has not filled a disk")
	}
}
