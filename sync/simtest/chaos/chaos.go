// Package chaos is a bad network between real programs: a proxy for TCP on this
// machine that delays, slows, resets, silences and swallows connections, by
// chance of a seed. Use it in tests of programs that really listen; histories
// that must repeat exactly belong into package simtest above, which has no
// sockets at all.
package chaos

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Line says how bad the network is. The zero Line is a good one.
type Line struct {
	Latency time.Duration // each way
	Jitter  time.Duration // up to so much more, each way
	Rate    int           // bytes a second each way; 0: as fast as it goes
	// Chances from 0 to 1 for each piece that passes (at most [Piece] bytes).
	Reset    float64 // both sides get a TCP reset
	HalfOpen float64 // this way falls silent for ever, the other goes on
	// Chance for each new connection that it is taken and nothing ever passes.
	BlackHole float64
	Mute      bool // what goes up arrives, and nothing comes back
}

// Piece is the most that passes at once, in bytes.
const Piece = 16 << 10

// window is how many pieces are on the way at most.
const window = 32

// Proxy stands before one address.
type Proxy struct {
	l    net.Listener
	to   string
	end  context.CancelFunc
	ctx  context.Context
	all  sync.WaitGroup
	up   atomic.Int64
	down atomic.Int64
	open atomic.Int64

	mu   sync.Mutex
	line Line
	rand *rand.Rand
}

// Listen starts a proxy on the loopback interface before an address (host:port).
func Listen(to string, line Line, seed uint64) (*Proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{l: l, to: to, line: line, rand: rand.New(rand.NewPCG(seed, 7))}
	p.ctx, p.end = context.WithCancel(context.Background())
	p.all.Go(p.accept)
	return p, nil
}

// Address is where the proxy listens.
func (p *Proxy) Address() string { return p.l.Addr().String() }

// Set changes the network for connections and pieces from now on.
func (p *Proxy) Set(line Line) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.line = line
}

// Passed are the bytes that went through so far: towards the address, and back.
func (p *Proxy) Passed() (up, down int64) { return p.up.Load(), p.down.Load() }

// Connections counts those that were ever opened.
func (p *Proxy) Connections() int64 { return p.open.Load() }

// Close ends the proxy and every connection through it.
func (p *Proxy) Close() error {
	p.end()
	err := p.l.Close()
	p.all.Wait()
	return err
}

func (p *Proxy) accept() {
	for {
		c, err := p.l.Accept()
		if err != nil {
			return
		}
		p.open.Add(1)
		p.all.Go(func() { p.carry(c) })
	}
}

// draw is the network as it is now, and whether something of a chance happens.
func (p *Proxy) draw(chance func(Line) float64) (Line, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.line, p.rand.Float64() < chance(p.line)
}

func (p *Proxy) jitter(most time.Duration) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if most <= 0 {
		return 0
	}
	return time.Duration(p.rand.Int64N(int64(most)))
}

// carry serves one connection.
func (p *Proxy) carry(near net.Conn) {
	defer near.Close()
	if _, lost := p.draw(func(l Line) float64 { return l.BlackHole }); lost {
		<-p.ctx.Done()
		return
	}
	far, err := (&net.Dialer{}).DialContext(p.ctx, "tcp", p.to)
	if err != nil {
		return
	}
	defer far.Close()
	ctx, end := context.WithCancel(p.ctx)
	defer end()
	stop := context.AfterFunc(ctx, func() { near.Close(); far.Close() })
	defer stop()
	var both sync.WaitGroup
	both.Go(func() { p.pump(ctx, end, far, near, &p.up) })
	both.Go(func() { p.pump(ctx, end, near, far, &p.down) })
	both.Wait()
}

// errReset ends a connection as a broken line does.
var errReset = errors.New("reset")

// pump carries one way until it ends. What was read is written after the
// latency; meanwhile more is read, as on a long line.
func (p *Proxy) pump(ctx context.Context, end func(), to, from net.Conn, count *atomic.Int64) {
	way := make(chan piece, window)
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(way)
		p.read(ctx, from, way)
	})
	err := p.write(ctx, to, way, count)
	switch {
	case errors.Is(err, errReset):
		abrupt(to)
		abrupt(from)
		end()
	case err != nil:
		end()
	case ctx.Err() == nil: // the other way may go on
		if to.(*net.TCPConn).CloseWrite() != nil {
			end()
		}
	}
	reading.Wait()
}

// piece is what was read at once, and when it may be written.
type piece struct {
	data []byte
	due  time.Time
}

func (p *Proxy) read(ctx context.Context, from net.Conn, way chan<- piece) {
	for {
		buf := make([]byte, Piece)
		n, err := from.Read(buf)
		if n > 0 {
			line, _ := p.draw(func(Line) float64 { return 0 })
			due := time.Now().Add(line.Latency + p.jitter(line.Jitter))
			select {
			case way <- piece{buf[:n], due}:
			case <-ctx.Done():
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (p *Proxy) write(ctx context.Context, to net.Conn, way <-chan piece, count *atomic.Int64) error {
	for one := range way {
		line, broken := p.draw(func(l Line) float64 { return l.Reset })
		if broken {
			return errReset
		}
		if _, silent := p.draw(func(l Line) float64 { return l.HalfOpen }); silent {
			<-ctx.Done()
			return ctx.Err()
		}
		if line.Mute && count == &p.down {
			continue
		}
		if line.Rate > 0 {
			one.due = later(one.due, time.Now().Add(time.Duration(len(one.data))*time.Second/time.Duration(line.Rate)))
		}
		if err := until(ctx, one.due); err != nil {
			return err
		}
		n, err := to.Write(one.data)
		count.Add(int64(n))
		if err != nil {
			return err
		}
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func until(ctx context.Context, t time.Time) error {
	d := time.Until(t)
	if d <= 0 {
		return ctx.Err()
	}
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// abrupt has a connection end by an RST, not in order.
func abrupt(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0) }
