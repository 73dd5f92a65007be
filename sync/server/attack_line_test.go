package server_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// speak opens a connection and writes bytes to it as they are.
func (s *siege) speak(d *simtest.Device, text string) *tls.Conn {
	s.Helper()
	conf, err := wire.ClientTLS(d.Key, s.server, s.Clock)
	ok(s.T, err)
	c, err := tls.Dial("tcp", s.at, conf)
	ok(s.T, err)
	s.Cleanup(func() { c.Close() })
	_, err = io.WriteString(c, text)
	ok(s.T, err)
	return c
}

// slow begins a message and never ends it.
func slow(path string) string {
	return "POST " + path + " HTTP/1.1\r\nHost: daicho\r\nContent-Length: 1000\r\n\r\n\xa1"
}

func status(t *testing.T, c net.Conn) int {
	t.Helper()
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	ok(t, err)
	return a.StatusCode
}

// TestSlowClientsTakeRoomFromThemselves: of those who begin messages and do not
// end them, only so many are let in of one device, and of one address that
// enrols; others are served meanwhile.
func TestSlowClientsTakeRoomFromThemselves(t *testing.T) {
	s := newSiege(t)
	for _, c := range []struct {
		path string
		who  func() *simtest.Device
		room int
	}{
		{wire.PathPush, func() *simtest.Device { return s.attacker }, 8},
		{wire.PathEnroll, func() *simtest.Device { return s.device("") }, 4},
	} {
		already := s.Server.Working()
		var in []net.Conn
		for n := range c.room {
			in = append(in, s.speak(c.who(), slow(c.path)))
			for s.Server.Working() <= already+n {
			}
		}
		for range 3 {
			equal(t, s.asks(c.who(), "POST", c.path, []byte{0xa0}), "429 failed")
		}
		s.syncs(s.clerk)
		if c.path == wire.PathPush { // who enrols comes from the attacker's address here
			s.enrolled("隣人", s.at)
		}
		for _, one := range in {
			ok(t, one.Close())
		}
		for s.Server.Working() > already {
		}
	}
	s.endures(0)
}

// TestRawLines writes what no library would send.
func TestRawLines(t *testing.T) {
	s := newSiege(t)
	for text, want := range map[string]int{
		"POST /v1/pull HTTP/1.1\r\nHost: d\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab":                                         400,
		"POST /v1/pull HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked, gzip\r\n\r\n":                                                 501,
		"POST /v1/pull HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n":                                                 400,
		"POST /v1/pull HTTP/1.1\r\nHost: d\r\nContent-Length: -1\r\n\r\n":                                                               400,
		"POST /v1/pull HTTP/1.1\r\nHost: d\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n":                                           431,
		"POST /v1/pull HTTP/1.1\r\n\r\n":                                                                                                400,
		"POST /v1/pull HTTP/9.9\r\nHost: d\r\n\r\n":                                                                                     505,
		"\x16\x03\x01 garbage\r\n\r\n":                                                                                                  400,
		"POST http://other.example/v1/nothing HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n":                                         404,
		"CONNECT other.example:443 HTTP/1.1\r\nHost: d\r\n\r\n":                                                                         404,
		"POST /v1/pull HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\xff\r\n0\r\n\r\nGET / H\r\n": 400,
	} {
		if got := status(t, s.speak(s.attacker, text)); got != want {
			t.Errorf("%.60q: %d, want %d", text, got, want)
		}
	}
	s.endures(0)
}

// TestKeysDoNotFillPages: where records have many keys, a page holds fewer of
// them, and a new device still gets all.
func TestKeysDoNotFillPages(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	for n := range 20 {
		k := o.open(a, fmt.Sprint("件名", n))
		photo, err := a.Attach(k.Ref, "写真.jpg", strings.NewReader("写真")) // only then its keys come with it
		ok(t, err)
		k.Photos = []app.Blob{photo}
		ok(t, a.Save(k))
	}
	o.sync(a)
	p := &wire.Push{Epoch: o.epoch}
	for _, ref := range a.Refs("ticket") {
		for n := range byte(9) {
			p.Keys = append(p.Keys, wire.Key{Subject: ref.ID, Key: [32]byte{n, 1}})
		}
	}
	o.pushed(a, p)
	o.Server.FewKeys(25)
	options, asked := o.Options(b), 0
	options.FillFrom = 1
	line := options.Transport
	options.Transport = carrier(func(q *http.Request) (*http.Response, error) {
		if q.URL.Path == wire.PathRows {
			asked++
		}
		return line.RoundTrip(q)
	})
	_, err := client.Sync(t.Context(), b, options)
	ok(t, err)
	equal(t, []any{len(b.Refs("ticket")), asked >= 10}, []any{20, true})
}
