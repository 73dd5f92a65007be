package simtest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"daicho/app"
	"daicho/store/storetest"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// lies are answers of a server that does not mean well, to a replica on the disk
// that has a change of its own to bring. want is the code of what its person is
// told, or nothing.
var lies = []struct {
	name, want string
	fresh      bool // the replica has never synced
	lie        func(q *http.Request, asked []byte, a *http.Response)
}{
	{"the point goes back", "failed", false, onPull(func(q *wire.Pull, p *wire.Pulled) { p.UpTo, p.Outcomes = q.GSN-1, nil })},
	{"the point stands still", "failed", false, onPull(func(q *wire.Pull, p *wire.Pulled) { p.UpTo, p.Outcomes = q.GSN, nil })},
	{"outcomes in another order", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { slices.Reverse(p.Outcomes) })},
	{"an outcome twice", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { p.Outcomes = append(p.Outcomes[:1:1], p.Outcomes...) })},
	{"outcomes beyond the page", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { p.UpTo-- })},
	{"outcomes that are none", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { p.Outcomes[0] = []byte("garbage") })},
	{"an end beyond the signed record", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { p.Head += 1_000 })},
	{"no checkpoint any more", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { p.Checkpoint = nil })},
	{"a checkpoint altered", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) {
		p.Checkpoint.Note = bytes.Replace(p.Checkpoint.Note, []byte("\n"), []byte("x\n"), 1)
	})},
	{"a checkpoint without proof", "damaged", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { p.Checkpoint.Proof = nil })},
	{"another order", "stale", false, onPull(func(_ *wire.Pull, p *wire.Pulled) { p.Epoch[0] ^= 1 })},
	{"clearances without end", "failed", false, onPull(func(q *wire.Pull, p *wire.Pulled) {
		to := app.ReadsAll
		if hash := to.Hash(); bytes.Equal(q.Clearance, hash[:]) {
			to = app.NewClearance(app.Extent{Kind: storetest.ItemKind, All: true})
		}
		p.Clearance, p.Outcomes = wire.ExtentsOf(to), nil
	})},
	{"more rows, and none", "damaged", true, onRows(func(_ *wire.Rows, p *wire.RowsPage) { p.Rows, p.More = nil, true })},
	{"the same rows again and again", "damaged", true, onRows(func(q *wire.Rows, p *wire.RowsPage) {
		if p.More = true; q.After.Kind != "" {
			p.Rows = []wire.Row{{Ref: q.After, GSN: 1, Doc: []byte{0xa0}}}
		}
	})},
	{"rows that are no documents", "damaged", true, onRows(func(_ *wire.Rows, p *wire.RowsPage) { p.Rows[0].Doc = []byte("garbage") })},
	{"more acknowledged than was sent", "damaged", false, onPush(func(p *wire.Pushed) { p.Watermarks[0].Seq += 1_000 })},
	{"nothing acknowledged", "stale", false, onPush(func(p *wire.Pushed) { p.Watermarks = nil })},
	{"no message", "damaged", false, onEach(func(*http.Request, []byte) []byte { return []byte("<html>") })},
	{"deep nesting", "damaged", false, onEach(func(*http.Request, []byte) []byte { return append(bytes.Repeat([]byte{0x81}, 10_000), 0) })},
	{"a bomb", "damaged", false, func(_ *http.Request, _ []byte, a *http.Response) {
		w, _ := zstd.NewWriter(nil)
		put(a, w.EncodeAll(make([]byte, wire.MaxAnswer+1), nil))
		a.Header.Set("Content-Encoding", wire.Zstd)
	}},
	{"sent elsewhere", "failed", false, func(_ *http.Request, _ []byte, a *http.Response) {
		a.StatusCode = http.StatusFound
		a.Header.Set("Location", "https://elsewhere.example/v1/pull")
		put(a, nil)
	}},
	{"come back in a year", "failed", false, func(_ *http.Request, _ []byte, a *http.Response) {
		text, _ := wire.Encode(&wire.Problem{Code: "failed", JA: "混雑", EN: "busy"})
		a.StatusCode = http.StatusTooManyRequests
		a.Header.Set("Retry-After", "31536000")
		put(a, text)
	}},
}

// TestServerThatLies: a replica takes none of it in, keeps its own change, does
// not ask for ever, and is as it should be when the server means well again.
func TestServerThatLies(t *testing.T) {
	for _, c := range lies {
		t.Run(c.name, func(t *testing.T) {
			b := newBureau(t, 1)
			d := b.devices[2]
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
			write := func(n int) { must(errors.Join(b.create(b.devices[n]), b.create(b.devices[n]))) }
			write(0)
			must(errors.Join(sync(0, honest(0)), b.join(2)))
			if !c.fresh {
				write(2)
				must(sync(2, honest(2)))
			}
			write(0)
			must(sync(0, honest(0)))
			must(b.create(d))
			l := &liar{to: honest(2), lie: c.lie}
			err := sync(2, l)
			if e := app.ErrorOf(err); e == nil || string(e.Code) != c.want || e.Say.JA == "" {
				t.Fatalf("told: %v", err)
			}
			if l.asked > 100 {
				t.Fatalf("asked %d times", l.asked)
			}
			if d.Pending() == 0 {
				t.Fatal("its own change is gone")
			}
			for range 2 {
				must(sync(2, honest(2)))
			}
			if d.Pending() != 0 || len(d.Refused()) != 0 {
				t.Fatalf("%d changes pending, %v refused", d.Pending(), d.Refused())
			}
			must(b.holds(d))
		})
	}
}

// liar carries requests and alters answers.
type liar struct {
	to    http.RoundTripper
	lie   func(*http.Request, []byte, *http.Response)
	asked int
}

// RoundTrip is part of [http.RoundTripper].
func (l *liar) RoundTrip(q *http.Request) (*http.Response, error) {
	l.asked++
	var body []byte
	if q.Body != nil {
		body, _ = io.ReadAll(q.Body)
		q.Body = io.NopCloser(bytes.NewReader(body))
	}
	q.Header.Del("Accept-Encoding")
	a, err := l.to.RoundTrip(q)
	if err == nil {
		if q.Header.Get("Content-Encoding") == wire.Zstd {
			body, err = wire.Unpack(body, wire.MaxRequest)
		}
		l.lie(q, body, a)
	}
	return a, err
}

func put(a *http.Response, text []byte) {
	a.Body, a.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
}

// on alters good answers to one question.
func on[Q, A any](path string, lie func(*Q, *A)) func(*http.Request, []byte, *http.Response) {
	return func(q *http.Request, asked []byte, a *http.Response) {
		if q.URL.Path != path || a.StatusCode != http.StatusOK {
			return
		}
		var in Q
		var out A
		text, err := io.ReadAll(a.Body)
		if err = errors.Join(err, wire.Decode(asked, &in), wire.Decode(text, &out)); err == nil {
			lie(&in, &out)
			text, err = wire.Encode(&out)
		}
		if err != nil {
			panic(err) // the server of the test means well
		}
		put(a, text)
	}
}

// onPull alters pages that hold outcomes.
func onPull(lie func(*wire.Pull, *wire.Pulled)) func(*http.Request, []byte, *http.Response) {
	return on(wire.PathPull, func(q *wire.Pull, p *wire.Pulled) {
		if len(p.Outcomes) > 1 {
			lie(q, p)
		}
	})
}

func onRows(lie func(*wire.Rows, *wire.RowsPage)) func(*http.Request, []byte, *http.Response) {
	return on(wire.PathRows, lie)
}

func onPush(lie func(*wire.Pushed)) func(*http.Request, []byte, *http.Response) {
	return on(wire.PathPush, func(_ *wire.Push, p *wire.Pushed) { lie(p) })
}

// onEach answers every message with other bytes.
func onEach(text func(*http.Request, []byte) []byte) func(*http.Request, []byte, *http.Response) {
	return func(q *http.Request, asked []byte, a *http.Response) {
		if strings.HasPrefix(q.URL.Path, "/v1/") {
			put(a, text(q, asked))
		}
	}
}
