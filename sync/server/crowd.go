package server

import (
	"net"
	"sync"
)

// How many connections there may be: from one address, behind which a whole
// branch office may stand, and together.
const (
	maxFromOne = 512
	maxFromAll = 8_192
)

// crowd is a listener that lets only so many connections in and hangs up on others.
type crowd struct {
	net.Listener
	tooMany func()
	mu      sync.Mutex
	from    map[string]int // no key without a connection
	all     int
}

func newCrowd(l net.Listener, tooMany func()) *crowd {
	return &crowd{Listener: l, tooMany: tooMany, from: map[string]int{}}
}

// Accept is part of [net.Listener].
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		host := hostOf(conn.RemoteAddr().String())
		if c.enter(host) {
			return &guest{Conn: conn, leave: sync.OnceFunc(func() { c.leave(host) })}, nil
		}
		c.tooMany()
		_ = conn.Close()
	}
}

func (c *crowd) enter(host string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.from[host] >= maxFromOne || c.all >= maxFromAll {
		return false
	}
	c.from[host]++
	c.all++
	return true
}

func (c *crowd) leave(host string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all--
	if c.from[host]--; c.from[host] == 0 {
		delete(c.from, host)
	}
}

// guest is a connection that is counted until it is closed.
type guest struct {
	net.Conn
	leave func()
}

// Close is part of [net.Conn].
func (g *guest) Close() error {
	g.leave()
	return g.Conn.Close()
}
