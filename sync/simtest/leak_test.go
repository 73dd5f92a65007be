package simtest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// leaky answers one path as if somebody asked who may read everything.
type leaky struct {
	to, all http.RoundTripper
	path    string
	leaked  int
}

// RoundTrip is part of [http.RoundTripper].
func (l *leaky) RoundTrip(q *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(q.Body)
	if err != nil {
		return nil, err
	}
	q.Header.Del("Accept-Encoding")
	again := func(body []byte) *http.Request {
		r := q.Clone(q.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
		return r
	}
	a, err := l.to.RoundTrip(again(body))
	if err != nil || q.URL.Path != l.path || a.StatusCode != http.StatusOK {
		return a, err
	}
	if q.Header.Get("Content-Encoding") == wire.Zstd {
		if body, err = wire.Unpack(body, wire.MaxRequest); err != nil {
			return nil, err
		}
		q.Header.Del("Content-Encoding")
	}
	everything := app.ReadsAll.Hash()
	var pull wire.Pull
	var rows wire.Rows
	var in any = &pull
	if l.path == wire.PathRows {
		in = &rows
	}
	if err = wire.Decode(body, in); err != nil {
		return nil, err
	}
	if bytes.Equal(pull.Clearance, make([]byte, 32)) {
		return a, nil // it has to hear first what it may read
	}
	pull.Clearance, rows.Clearance, rows.Only = everything[:], everything[:], nil
	if body, err = wire.Encode(in); err != nil {
		return nil, err
	}
	l.leaked++
	return l.all.RoundTrip(again(body))
}

// TestServerThatShowsTooMuch: it sends a device what its person may not read, as
// records or in the order. The device says so loudly, keeps nothing of it and all
// of its own, and goes on when the server means well again.
func TestServerThatShowsTooMuch(t *testing.T) {
	for name, path := range map[string]string{"records": wire.PathRows, "the order": wire.PathPull} {
		t.Run(name, func(t *testing.T) {
			b := newBureau(t, 1)
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			sync := func(n int, line http.RoundTripper) error {
				_, err := client.Sync(now, b.devices[n], client.Options{Now: b.Clock, FillFrom: 1, Transport: line})
				return err
			}
			honest := func(n int) http.RoundTripper { return b.Line(b.devices[n].DeviceKey()) }
			must(b.join(2))
			d := b.devices[2]
			who, err := d.Enrolment(now)
			must(err)
			b.rights[who.Person.ID] = app.NewClearance(app.Extent{Kind: app.Any, All: true}) // of no zone
			if path == wire.PathPull {
				must(sync(2, honest(2)))
			}
			for range 12 { // in all zones
				must(b.create(b.devices[0]))
			}
			must(errors.Join(sync(0, honest(0)), b.create(d)))
			before := len(d.Docs())
			l := &leaky{to: honest(2), all: honest(0), path: path}
			err = sync(2, l)
			if e := app.ErrorOf(err); !app.IsCode(err, app.Damaged) || e.Say.JA == "" || l.leaked == 0 {
				t.Fatalf("told: %v; leaked %d times", err, l.leaked)
			}
			if after := len(d.Docs()); after != before || d.Pending() == 0 {
				t.Fatalf("%d records, %d before, %d changes pending", after, before, d.Pending())
			}
			for range 2 {
				must(sync(2, honest(2)))
			}
			must(b.holds(d))
		})
	}
}
