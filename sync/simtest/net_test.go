package simtest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

var errLine = errors.New("the line is dead")

// network is a bad one: requests and answers are lost, requests arrive twice,
// and some arrive long after everybody has given up on them.
type network struct {
	*Sim
	good bool // once it is healed
	late []func()
}

// badLine is one device's way to the server.
type badLine struct {
	*network
	to http.RoundTripper
}

// RoundTrip is part of [http.RoundTripper].
func (l *badLine) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body) // it comes from memory
		r.Body.Close()
	}
	send := func() (*http.Response, error) {
		again := r.Clone(now)
		again.Body = io.NopCloser(bytes.NewReader(body))
		return l.to.RoundTrip(again)
	}
	if l.good {
		return send()
	}
	switch fate := l.Rand.IntN(20); {
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
	i := n.Rand.IntN(len(n.late))
	n.late[i]()
	if n.Rand.IntN(3) > 0 {
		n.late = append(n.late[:i], n.late[i+1:]...)
	}
}
