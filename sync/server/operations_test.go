package server_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daicho/app/modules"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
)

// asked is what the monitoring hears.
func asked(o *office, path string) (int, string) {
	out := httptest.NewRecorder()
	o.Server.Operations().ServeHTTP(out, httptest.NewRequest(http.MethodGet, path, nil))
	return out.Code, out.Body.String()
}

// ailing is a database whose disk can break.
type ailing struct {
	server.Log
	broken bool
}

func (b *ailing) Read(ctx context.Context, fn func(server.Tx) error) error {
	if b.broken {
		return errors.New("input/output error")
	}
	return b.Log.Read(ctx, fn)
}

// TestOperations lets people work and reads what the monitoring is told: counts
// of it, and no word of theirs.
func TestOperations(t *testing.T) {
	log := &ailing{Log: logtest.NewMemory()}
	o := officeOver(t, modules.Book(), log)
	a, gone := o.device("青木"), o.device("退職者")
	ok(t, o.Server.Revoke(t.Context(), gone.ID))
	o.open(a, "プリンター障害")
	_, err := o.Sync(t.Context(), a)
	ok(t, err)
	if _, err = client.Sync(t.Context(), gone, o.Options(gone)); err == nil {
		t.Fatal("a revoked device synced")
	}

	status, text := asked(o, "/healthz")
	equal(t, status, http.StatusOK)
	equal(t, strings.TrimSpace(text), `{"status":"ok","head":1}`)
	status, text = asked(o, "/metrics")
	equal(t, status, http.StatusOK)
	for _, line := range []string{
		"daicho_order_head 1\n",
		`daicho_devices{state="active"} 1`, `daicho_devices{state="revoked"} 1`, `daicho_devices{state="frozen"} 0`,
		`daicho_segments_waiting{why="held"} 0`, `daicho_changes_total{verdict="accepted"} 1`,
		`daicho_requests_total{path="POST /v1/push",status="200"} 1`, `daicho_requests_total{path="POST /v1/pull",status="403"} 1`,
		`daicho_request_seconds_count{path="POST /v1/push"} 1`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%s is missing in\n%s", line, text)
		}
	}
	for _, word := range []string{"青木", "退職者", "プリンター", a.ID.String()} {
		if strings.Contains(text, word) {
			t.Errorf("the monitoring hears %q", word)
		}
	}
	equal(t, first(asked(o, "/v1/pull")), http.StatusNotFound)

	log.broken = true
	status, text = asked(o, "/healthz")
	equal(t, status, http.StatusServiceUnavailable)
	equal(t, strings.TrimSpace(text), `{"status":"failing","head":0}`)
}

func first(status int, _ string) int { return status }
