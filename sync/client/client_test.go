package client_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// world is a server and one enrolled device.
func world(t *testing.T) (*simtest.World, *simtest.Device) {
	t.Helper()
	w, err := simtest.NewWorld(1, simtest.WithoutRights(modules.Book()), logtest.NewMemory(), t.TempDir())
	ok(t, err)
	d, err := w.Device()
	ok(t, err)
	ok(t, w.Enroll(t.Context(), d, "青木"))
	return w, d
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, d *simtest.Device, title string) {
	t.Helper()
	r, err := d.Draft(ticket.Kind)
	ok(t, err)
	k := r.(*ticket.Ticket)
	k.Title, k.Channel = title, ticket.Phone
	ok(t, d.Save(k))
}

// carrier is a line that does as a test says.
type carrier func(*http.Request) (*http.Response, error)

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) { return c(r) }

func answer(status int, body []byte) *http.Response {
	return &http.Response{StatusCode: status, Body: io.NopCloser(bytes.NewReader(body)), Header: http.Header{}}
}

var errDead = errors.New("dead")

// TestLostAnswerAfterCommit loses every answer to a push once: the server has
// it all, the device pushes again, and nothing is there twice.
func TestLostAnswerAfterCommit(t *testing.T) {
	w, d := world(t)
	line := w.Line(d.Key)
	lost := 0
	o := client.Options{Now: d.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		a, err := line.RoundTrip(r)
		if r.URL.Path == wire.PathPush && lost == 0 {
			lost++
			return nil, errDead
		}
		return a, err
	})}
	write(t, d, "一")
	if _, err := client.Sync(t.Context(), d, o); !app.IsCode(err, app.Failed) || d.Acked != 0 {
		t.Fatal(err, d.Acked)
	}
	write(t, d, "二")
	res, err := client.Sync(t.Context(), d, o)
	ok(t, err)
	if res.Pushed != 2 || d.GSN != 2 || len(d.Refs(ticket.Kind)) != 2 {
		t.Fatal(res, d.GSN)
	}
}

// TestStrangeAnswers are what a broken or foreign server may say: always a
// sentence, never a change.
func TestStrangeAnswers(t *testing.T) {
	encode := func(v any) []byte {
		b, err := wire.Encode(v)
		ok(t, err)
		return b
	}
	for _, c := range []struct {
		name   string
		path   string
		status int
		body   []byte
		code   app.Code
	}{
		{"a page of a proxy", wire.PathPush, 502, []byte("<html>Bad Gateway</html>"), app.Failed},
		{"a redirection", wire.PathPush, 302, nil, app.Failed},
		{"nothing", wire.PathPush, 200, nil, app.Damaged},
		{"html", wire.PathPull, 200, []byte("<html>"), app.Damaged},
		{"a problem without a code", wire.PathPull, 500, encode(&wire.Problem{}), app.Failed},
		{"a refusal", wire.PathPull, 403, encode(&wire.Problem{Code: "forbidden", JA: "不可", EN: "no"}), app.Forbidden},
		{"busy", wire.PathPush, 429, encode(&wire.Problem{Code: "failed", JA: "混雑", EN: "busy"}), app.Failed},
		{"a push that it forgot", wire.PathPush, 200, encode(&wire.Pushed{}), app.Stale},
		{"a page with a damaged outcome", wire.PathPull, 200, encode(&wire.Pulled{Head: 1, UpTo: 1, Outcomes: [][]byte{{1}}}), app.Damaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, d := world(t)
			line := w.Line(d.Key)
			o := client.Options{Now: d.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
				if r.URL.Path == c.path {
					return answer(c.status, c.body), nil
				}
				return line.RoundTrip(r)
			})}
			write(t, d, "一")
			_, err := client.Sync(t.Context(), d, o)
			if !app.IsCode(err, c.code) || app.ErrorOf(err).Say.JA == "" {
				t.Fatalf("%v, want %s", err, c.code)
			}
			if d.GSN != 0 || len(d.Refs(ticket.Kind)) != 1 {
				t.Fatal("it changed something")
			}
			_, err = client.Sync(t.Context(), d, w.Options(d))
			ok(t, err)
		})
	}
}

func TestBrokenAnswerIsALineNotADisk(t *testing.T) {
	w, d := world(t)
	o := client.Options{Now: d.Clock, Transport: carrier(func(*http.Request) (*http.Response, error) {
		a := answer(200, nil)
		a.Body = io.NopCloser(io.MultiReader(bytes.NewReader([]byte{0xa1}), broken{}))
		return a, nil
	})}
	_, err := client.Sync(t.Context(), d, o)
	if !app.IsCode(err, app.Failed) || !errors.Is(app.ErrorOf(err).Unwrap(), errDead) {
		t.Fatal(err)
	}
	_ = w
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errDead }

func TestCancelled(t *testing.T) {
	_, d := world(t)
	ctx, cancel := context.WithCancel(t.Context())
	o := client.Options{Now: d.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		cancel()
		<-r.Context().Done()
		return nil, r.Context().Err()
	})}
	_, err := client.Sync(ctx, d, o)
	if !app.IsCode(err, app.Failed) || !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestPagesOfManyChanges(t *testing.T) {
	w, d := world(t)
	for range 2_300 {
		write(t, d, "多い")
	}
	requests := map[string]int{}
	line := w.Line(d.Key)
	o := client.Options{Now: d.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		requests[r.URL.Path]++
		return line.RoundTrip(r)
	})}
	res, err := client.Sync(t.Context(), d, o)
	ok(t, err)
	if res.Pushed != 2_300 || res.Pulled != 2_300 || requests[wire.PathPush] < 3 || requests[wire.PathPull] < 3 {
		t.Fatal(res, requests)
	}
	clear(requests)
	_, err = client.Sync(t.Context(), d, o)
	ok(t, err)
	if requests[wire.PathPush] != 0 || requests[wire.PathPull] != 1 || len(requests) != 1 {
		t.Fatal("nothing to do, and yet it asked", requests)
	}
}

func TestClockIsMeasured(t *testing.T) {
	w, d := world(t)
	d.Skew = -42 * time.Second
	res, err := client.Sync(t.Context(), d, w.Options(d))
	ok(t, err)
	if res.Offset != 42_000 || res.Err != 1 || d.Offset != 42_000 || d.Err != 1 {
		t.Fatal(res, d.Offset, d.Err)
	}
	o := w.Options(d)
	o.Transport = carrier(func(*http.Request) (*http.Response, error) { return nil, errDead })
	res, err = client.Sync(t.Context(), d, o)
	if err == nil || res.Err != app.Unknown || d.Offset != 42_000 {
		t.Fatal(res, err)
	}
}

func TestAnotherServersCodeIsRefused(t *testing.T) {
	w, d := world(t)
	other, err := simtest.NewWorld(2, simtest.WithoutRights(modules.Book()), logtest.NewMemory(), t.TempDir())
	ok(t, err)
	_, err = other.Server.AddUser(t.Context(), "青木")
	ok(t, err)
	code, err := other.Server.EnrollCode(t.Context(), "青木", []string{"a:1"})
	ok(t, err)
	if _, err = client.Enroll(t.Context(), d, code, other.Options(d)); !app.IsCode(err, app.Invalid) {
		t.Fatal(err)
	}
	_, err = w.Sync(t.Context(), d)
	ok(t, err)
}

// TestFollow hears the other device's change, wakes for its own, and ends.
func TestFollow(t *testing.T) {
	w, a := world(t)
	b, err := w.Device()
	ok(t, err)
	ok(t, w.Enroll(t.Context(), b, "馬場"))
	ctx, end := context.WithCancel(t.Context())
	wake, heard, done := make(chan struct{}), make(chan client.Result), make(chan struct{})
	go func() {
		client.Follow(ctx, a, w.Options(a), wake, func(r client.Result, err error) {
			if err != nil {
				t.Error(err)
			}
			heard <- r
		})
		close(done)
	}()
	<-heard
	write(t, b, "他人")
	_, err = w.Sync(t.Context(), b)
	ok(t, err)
	if r := <-heard; r.Pulled != 1 {
		t.Error(r)
	}
	write(t, a, "自分")
	wake <- struct{}{}
	if r := <-heard; r.Pushed != 1 || r.Pulled != 1 {
		t.Error(r)
	}
	end()
	<-done
}

// TestFollowComesBack is woken after the line was dead.
func TestFollowComesBack(t *testing.T) {
	w, d := world(t)
	var dead atomic.Bool
	dead.Store(true)
	line := w.Line(d.Key)
	o := client.Options{Now: d.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		if dead.Load() {
			return nil, errDead
		}
		return line.RoundTrip(r)
	})}
	ctx, end := context.WithCancel(t.Context())
	defer end()
	wake, heard := make(chan struct{}), make(chan error, 100)
	go client.Follow(ctx, d, o, wake, func(_ client.Result, err error) { heard <- err })
	if err := <-heard; !app.IsCode(err, app.Failed) {
		t.Fatal(err)
	}
	dead.Store(false)
	for err := range heard { // by itself, after a pause of at most two seconds, or four
		if err == nil {
			return
		}
	}
}

func TestStepsHaveNames(t *testing.T) {
	for _, s := range []client.Step{client.Pushing, client.Uploading, client.Pulling, client.Downloading} {
		if s.Label().JA == "" || s.Label().EN == "" {
			t.Error(s)
		}
	}
}
