package chaos

import (
	"bytes"
	"errors"
	"io"
	"net"
	"syscall"
	"testing"
	"time"
)

// echo sends back what it hears.
func echo(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(c, c)
				c.Close()
			}()
		}
	}()
	return l.Addr().String()
}

func through(t *testing.T, line Line) (*Proxy, *net.TCPConn) {
	t.Helper()
	p, err := Listen(echo(t), line, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	c, err := net.Dial("tcp", p.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return p, c.(*net.TCPConn)
}

func TestGoodLineCarriesAll(t *testing.T) {
	p, c := through(t, Line{Latency: time.Millisecond, Jitter: time.Millisecond, Rate: 50 << 20})
	want := bytes.Repeat([]byte("台帳"), 100_000)
	go func() {
		_, _ = c.Write(want)
		c.CloseWrite()
	}()
	got, err := io.ReadAll(c)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d of %d bytes, %v", len(got), len(want), err)
	}
	if up, down := p.Passed(); up != int64(len(want)) || down != up {
		t.Errorf("counted %d and %d", up, down)
	}
}

func TestReset(t *testing.T) {
	_, c := through(t, Line{Reset: 1})
	_, _ = c.Write([]byte("x"))
	if _, err := io.ReadAll(c); !errors.Is(err, syscall.ECONNRESET) {
		t.Fatalf("%v is no reset", err)
	}
}

func TestSilence(t *testing.T) {
	for name, line := range map[string]Line{"half open": {HalfOpen: 1}, "black hole": {BlackHole: 1}} {
		p, c := through(t, line)
		if _, err := c.Write([]byte("x")); err != nil {
			t.Fatal(name, err)
		}
		c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		if n, err := c.Read(make([]byte, 1)); n != 0 || !errors.Is(err, syscall.ETIMEDOUT) && !isTimeout(err) {
			t.Errorf("%s: %d bytes, %v", name, n, err)
		}
		if err := p.Close(); err != nil {
			t.Error(name, err)
		}
	}
}

func isTimeout(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// TestMute is a line on which the answer is lost, but not the question.
func TestMute(t *testing.T) {
	p, c := through(t, Line{Mute: true})
	if _, err := c.Write([]byte("xy")); err != nil {
		t.Fatal(err)
	}
	c.CloseWrite()
	got, err := io.ReadAll(c)
	if up, down := p.Passed(); len(got) > 0 || err != nil || up != 2 || down != 0 {
		t.Errorf("%d bytes up, %d down, heard %q, %v", up, down, got, err)
	}
}
