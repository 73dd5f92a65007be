package client_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"

	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// twoRows is a line of a device on which a page of records holds two; asked hears
// after which record each was asked for.
func twoRows(t *testing.T, w *simtest.World, d *simtest.Device, asked *[]wire.Ref) client.Options {
	line := w.Line(d.Key)
	return client.Options{Now: d.Clock, FillFrom: 1, Past: true, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path != wire.PathRows {
			return line.RoundTrip(r)
		}
		r = r.Clone(r.Context())
		r.Header.Del("Accept-Encoding") // what is cut must come unpacked
		body, err := io.ReadAll(r.Body)
		ok(t, err)
		var q wire.Rows
		ok(t, wire.Decode(body, &q))
		*asked = append(*asked, q.After)
		r.Body = io.NopCloser(bytes.NewReader(body))
		a, err := line.RoundTrip(r)
		if err != nil || a.StatusCode != http.StatusOK {
			return a, err
		}
		text, err := io.ReadAll(a.Body)
		ok(t, err)
		var p wire.RowsPage
		ok(t, wire.Decode(text, &p))
		if len(p.Rows) > 2 {
			p.Rows, p.More = p.Rows[:2], true
		}
		text, err = wire.Encode(&p)
		ok(t, err)
		return answer(http.StatusOK, text), nil
	})}
}

// TestFirstSyncGoesOnWhereItWasCancelled cancels the filling of a new replica
// after its first page.
func TestFirstSyncGoesOnWhereItWasCancelled(t *testing.T) {
	w, a := world(t)
	for n := range 5 {
		write(t, a, fmt.Sprint("問い合わせ", n))
	}
	_, err := client.Sync(t.Context(), a, w.Options(a))
	ok(t, err)
	b, err := w.Device()
	ok(t, err)
	ok(t, w.Enroll(t.Context(), b, "井上"))
	write(t, b, "登録の前から")
	var asked []wire.Ref
	var told []client.Progress
	o := twoRows(t, w, b, &asked)
	ctx, cancel := context.WithCancel(t.Context())
	o.Progress = func(p client.Progress) {
		if p.Step == client.Filling {
			told = append(told, p)
			cancel()
		}
	}
	done, err := client.Sync(ctx, b, o)
	if err == nil || done.Filled != 2 || len(b.Refs(ticket.Kind)) != 3 {
		t.Fatalf("cancelled: %+v, %v", done, err)
	}
	asked = nil
	done, err = client.Sync(t.Context(), b, o)
	ok(t, err)
	if len(asked) < 2 || asked[0] == (wire.Ref{}) || slices.Index(asked, wire.Ref{}) >= 0 {
		t.Errorf("it asked for pages after %v", asked)
	}
	if done.Filled != 4 || done.Past != 5 || len(b.Refs(ticket.Kind)) != 6 || b.Said[1].GSN == 0 { // its own is there, too
		t.Errorf("%+v, %d records", done, len(b.Refs(ticket.Kind)))
	}
	if last := told[len(told)-1]; last.Done != last.Total || told[0].Done != 2 || told[0].Total < 5 {
		t.Errorf("told %+v", told)
	}
}
