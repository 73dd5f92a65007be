// Package pace holds back who sends too much to what the server takes in by HTTP, one
// address from another. Do not use it for devices: sync has limits of its own, by key.
package pace

import (
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"daicho/app"
)

// Pace lets an address send as fast as is meant.
type Pace struct {
	now    app.Clock
	burst  float64
	refill time.Duration
	mu     sync.Mutex
	spent  map[string]debt
}

// most is how many addresses are remembered.
const most = 10_000

// debt is how much of the burst is used up, as of a time.
type debt struct {
	sent float64
	at   time.Time
}

// New lets an address send so much at once, and one more in each refill.
func New(now app.Clock, burst int, refill time.Duration) *Pace {
	return &Pace{now: now, burst: float64(burst), refill: refill, spent: map[string]debt{}}
}

// Take counts one thing that an address sends; if it is one too many, it is not counted,
// and Take says how long to wait.
func (p *Pace) Take(from string) (wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if _, there := p.spent[from]; !there && len(p.spent) >= most {
		p.forget(now)
	}
	d := p.owed(from, now)
	if over := d.sent + 1 - p.burst; over > 0 {
		return time.Duration(over * float64(p.refill))
	}
	d.sent++
	p.spent[from] = d
	return 0
}

// Charge counts more for what an address sent, since it was a guess.
func (p *Pace) Charge(from string, more float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := p.owed(from, p.now())
	d.sent += more
	p.spent[from] = d
}

func (p *Pace) owed(from string, now time.Time) debt {
	d := p.spent[from]
	return debt{max(0, d.sent-max(0, float64(now.Sub(d.at))/float64(p.refill))), now}
}

// forget drops who owes nothing any more; if all do, everybody starts anew.
func (p *Pace) forget(now time.Time) {
	for from := range p.spent {
		if p.owed(from, now).sent == 0 {
			delete(p.spent, from)
		}
	}
	if len(p.spent) >= most {
		clear(p.spent)
	}
}

// From is the address that a request came from. One that comes from this machine came
// through the proxy that stands before the server, which says whom it speaks for.
func From(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	if a, err := netip.ParseAddr(host); err == nil && a.IsLoopback() {
		via := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last, err := netip.ParseAddr(strings.TrimSpace(via[len(via)-1])); err == nil {
			return last.String()
		}
	}
	return host
}

// RetryAfter says when to come again, in whole seconds.
func RetryAfter(w http.ResponseWriter, wait time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
}
