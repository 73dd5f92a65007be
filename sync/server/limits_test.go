package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// from asks as a device at an address.
func (o *office) from(address string, d *simtest.Device, path string, message any) *http.Response {
	o.Helper()
	q, err := http.NewRequest("POST", "https://daicho"+path, bytes.NewReader(encode(o.T, message)))
	ok(o.T, err)
	q.RemoteAddr = address
	a, err := o.Line(d.Key).RoundTrip(q)
	ok(o.T, err)
	return a
}

// TestGuessingCodesIsLocked guesses from one address, then from many.
func TestGuessingCodesIsLocked(t *testing.T) {
	var lines bytes.Buffer
	o := newOffice(t, modules.Book())
	s, err := server.New(t.Context(), server.Options{Dir: t.TempDir(), Book: o.Book, Clock: o.Clock, Random: o.Random, Log: slog.New(slog.NewTextHandler(&lines, nil))}, logtest.NewMemory())
	ok(t, err)
	o.Server = s
	d := o.device("")
	guess := func(address string) *http.Response {
		return o.from(address, d, wire.PathEnroll, &wire.Enroll{Secret: [16]byte{1}})
	}
	for range 5 {
		equal(t, guess("192.0.2.1:1000").StatusCode, 403)
	}
	equal(t, strings.Contains(lines.String(), "enrolment is locked"), false)
	a := guess("192.0.2.1:2000")
	equal(t, []string{strconv.Itoa(a.StatusCode), a.Header.Get("Retry-After")}, []string{"429", "60"})
	equal(t, []bool{strings.Contains(lines.String(), "enrolment is locked"), strings.Contains(lines.String(), "192.0.2.1")}, []bool{true, false})
	equal(t, guess("192.0.2.2:1000").StatusCode, 403)
	o.later(time.Minute)
	equal(t, guess("192.0.2.1:1000").StatusCode, 403)
	equal(t, guess("192.0.2.1:1000").StatusCode, 429)
	o.later(2 * time.Minute)
	for i := range 60 {
		equal(t, guess("198.51.100."+strconv.Itoa(i)+":1").StatusCode, 403)
	}
	equal(t, guess("203.0.113.1:1").StatusCode, 429) // all addresses together
	o.later(time.Second)
	equal(t, guess("203.0.113.1:1").StatusCode, 403)
}

// TestGoodCodesAreNotCounted enrols a whole office from one address.
func TestGoodCodesAreNotCounted(t *testing.T) {
	o := newOffice(t, modules.Book())
	for range 20 {
		o.device("青木")
	}
}

// TestPaceOfADevice asks as fast as it can: after a while it is told when to come back.
func TestPaceOfADevice(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	asked, told := 0, (*http.Response)(nil)
	for told == nil && asked < 10_000 {
		if answer := o.from("", a, wire.PathPull, &wire.Pull{Epoch: o.epoch}); answer.StatusCode == 429 {
			told = answer
		}
		asked++
	}
	if told == nil || told.Header.Get("Retry-After") != "1" || asked < 100 {
		t.Fatal(asked, told)
	}
	_, err := o.Sync(t.Context(), a)
	o.refused(err, app.Failed, "busy")
	o.sync(b) // others are not held up
	o.later(time.Second)
	o.sync(a)
}

// TestStrangersDoNotFillTheMemory come with a new key each time.
func TestStrangersDoNotFillTheMemory(t *testing.T) {
	o := newOffice(t, modules.Book())
	for range server.Room + 500 {
		d := o.device("")
		o.from("", d, wire.PathPull, &wire.Pull{})
	}
	if n := o.Server.Remembered(); n > server.Room {
		t.Fatal(n)
	}
}

// TestClientComesBackWhenItIsTold, as often as it makes sense.
func TestClientComesBackWhenItIsTold(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("青木")
	for _, c := range []struct {
		busy  int
		after string
		good  bool
		rests int
	}{{2, "7", true, 2}, {9, "7", false, 3}, {1, "3600", false, 0}, {1, "", false, 0}, {1, "soon", false, 0}} {
		options, rests := o.Options(d), []time.Duration(nil)
		line, busy := options.Transport, c.busy
		options.Transport = carrier(func(r *http.Request) (*http.Response, error) {
			if busy == 0 {
				return line.RoundTrip(r)
			}
			busy--
			return tooMany(t, c.after), nil
		})
		options.Rest = func(_ context.Context, d time.Duration) error { rests = append(rests, d); return nil }
		o.open(d, "混雑")
		_, err := client.Sync(t.Context(), d, options)
		if (err == nil) != c.good || len(rests) != c.rests || c.rests > 0 && rests[0] != 7*time.Second {
			t.Errorf("%d times busy, Retry-After %q: %v after %v", c.busy, c.after, err, rests)
		}
	}
}

// TestConnectionsOfOneAddress opens one more than are let in.
func TestConnectionsOfOneAddress(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	over := 0
	crowd := server.Crowd(l, func() { over++ })
	accepted := make(chan net.Conn, server.FromOne+1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := crowd.Accept()
			if err != nil {
				return
			}
			accepted <- c
		}
	}()
	dial := func() net.Conn {
		c, err := net.Dial("tcp", l.Addr().String())
		ok(t, err)
		t.Cleanup(func() { c.Close() })
		return c
	}
	var in []net.Conn
	for range server.FromOne {
		dial()
		in = append(in, <-accepted)
	}
	_, err = dial().Read(make([]byte, 1)) // it hangs up
	equal(t, err != nil, true)
	ok(t, in[0].Close())
	_ = in[0].Close() // counted once
	dial()
	in[0] = <-accepted
	for _, c := range in {
		ok(t, c.Close())
	}
	ok(t, l.Close())
	<-done
	equal(t, over, 1)
}

func tooMany(t *testing.T, after string) *http.Response {
	h := http.Header{}
	if after != "" {
		h.Set("Retry-After", after)
	}
	body := encode(t, &wire.Problem{Code: "failed", JA: "混雑", EN: "busy"})
	return &http.Response{StatusCode: http.StatusTooManyRequests, Header: h, Body: io.NopCloser(bytes.NewReader(body))}
}
