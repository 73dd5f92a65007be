package simtest

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"

	"daicho/sync/wire"
)

var errLine = errors.New("the line is dead")

// network is a bad one: requests and answers are lost, requests arrive twice,
// and some arrive long after everybody has given up on them. Its chances are its
// own: a device asks for its next page while it writes the one before.
type network struct {
	*Sim
	rand *rand.Rand
	good bool // once it is healed
	late []func()
}

// badLine is one device's way to the server.
type badLine struct {
	*network
	to     http.RoundTripper
	device int // at which desk
	packs  bool
}

// RoundTrip is part of [http.RoundTripper].
func (l *badLine) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body) // it comes from memory
		r.Body.Close()
	}
	key := publicKey(l.Devices[l.device])
	send := func() (*http.Response, error) {
		again := r.Clone(now)
		again.Body = io.NopCloser(bytes.NewReader(body))
		if !l.packs {
			again.Header.Del("Accept-Encoding") // packing has tests of its own
		}
		return l.serve(key, again, body, l.to)
	}
	if l.good {
		return send()
	}
	switch fate := l.rand.IntN(20); {
	case fate < 2:
		return nil, errLine
	case fate < 4:
		_, _ = send() // and the answer is lost
		return nil, errLine
	case fate < 6:
		l.late = append(l.late, func() { _, _ = send() })
		return nil, errLine
	case fate < 8:
		_, _ = send()
	}
	return send()
}

// deliver lets one late request arrive; it may have brothers that come later still.
func (n *network) deliver() {
	if len(n.late) == 0 {
		return
	}
	i := n.rand.IntN(len(n.late))
	n.late[i]()
	if n.rand.IntN(3) > 0 {
		n.late = append(n.late[:i], n.late[i+1:]...)
	}
}

// serve lets the server answer, and starts it again if its program ended over it.
func (n *network) serve(who []byte, r *http.Request, body []byte, to http.RoundTripper) (*http.Response, error) {
	n.book.mortal = !n.good
	a, err := to.RoundTrip(r)
	n.book.mortal = false
	if n.book.down {
		n.book.down = false
		if err := n.Restart(); err != nil {
			return nil, err
		}
		return nil, errLine
	}
	if err != nil || a.Header.Get("Content-Encoding") != "" {
		return a, err
	}
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return nil, err
	}
	n.customs.look(who, r.URL.Path, body, a.StatusCode, text)
	if r.URL.Path == wire.PathRows && a.StatusCode == http.StatusOK {
		text, err = shorten(text, n.rows)
	}
	a.Body, a.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	return a, err
}

// shorten leaves the first records of a page.
func shorten(text []byte, most int) ([]byte, error) {
	var p wire.RowsPage
	if err := wire.Decode(text, &p); err != nil || len(p.Rows) <= most {
		return text, err
	}
	for _, r := range p.Rows[most:] { // no key comes before its record
		p.Keys = slices.DeleteFunc(p.Keys, func(k wire.Key) bool { return k.Subject == r.Ref.ID })
	}
	p.Rows, p.More = p.Rows[:most], true
	return wire.Encode(&p)
}
