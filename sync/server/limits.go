package server

import (
	"crypto/tls"
	"net"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"daicho/app"
	"daicho/sync/wire"
)

// How often a device may speak, and how often codes may be guessed wrong: so
// many at once, and so many a second in the long run.
const (
	paceBurst   = 500
	pacePerSec  = 100
	guessBurst  = 5 // from one address
	guessPerSec = 1.0 / 60
	wrongBurst  = 60 // from all addresses together
	wrongPerSec = 1
	maxPaced    = 10_000 // devices, or addresses, that are remembered
)

// limits keeps anybody from taking the server for himself, and from guessing.
type limits struct {
	paces   paces[app.ID]
	guesses paces[string]
	wrong   *rate.Limiter
}

func newLimits() *limits {
	return &limits{newPaces[app.ID](pacePerSec, paceBurst), newPaces[string](guessPerSec, guessBurst), rate.NewLimiter(wrongPerSec, wrongBurst)}
}

// pace is how long a device must wait before it speaks again; zero: not at all.
func (l *limits) pace(s *tls.ConnectionState, now time.Time) time.Duration {
	key, err := wire.DeviceKey(s)
	if err != nil {
		return 0 // it is refused anyway
	}
	r := l.paces.of(app.DeviceID(key), now).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// lockedOut is a refusal that ends by itself.
type lockedOut struct {
	error
	wait time.Duration
}

func (l *lockedOut) Unwrap() error { return l.error }

var errGuesses = app.Refuse(app.Forbidden, "", "誤った登録コードが続いたため、登録を一時的に停止しています。1 分以上おいてから、もう一度お試しください。",
	"enrolment is locked for a while after wrong codes; wait a minute or more and try again")

// mayGuess refuses to look at a code after too many wrong ones.
func (l *limits) mayGuess(from string, now time.Time) error {
	if l.guesses.of(from, now).TokensAt(now) < 1 || l.wrong.TokensAt(now) < 1 {
		return &lockedOut{errGuesses, time.Minute}
	}
	return nil
}

// guessed takes in that a code was wrong.
func (l *limits) guessed(from string, now time.Time) {
	l.guesses.of(from, now).AllowN(now, 1)
	l.wrong.AllowN(now, 1)
}

// hostOf is the address without its port.
func hostOf(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}

// paces are token buckets by key, of which it remembers only so many: those that
// are full again say nothing and are forgotten first.
type paces[K comparable] struct {
	per   rate.Limit
	burst int
	mu    *sync.Mutex
	all   map[K]*rate.Limiter
}

func newPaces[K comparable](per rate.Limit, burst int) paces[K] {
	return paces[K]{per, burst, &sync.Mutex{}, map[K]*rate.Limiter{}}
}

func (p *paces[K]) of(k K, now time.Time) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.all[k]; l != nil {
		return l
	}
	if len(p.all) >= maxPaced {
		p.forget(now)
	}
	l := rate.NewLimiter(p.per, p.burst)
	p.all[k] = l
	return l
}

// forget makes room. Where nobody has been quiet for long, anybody goes.
func (p *paces[K]) forget(now time.Time) {
	for k, l := range p.all {
		if l.TokensAt(now) >= float64(p.burst) {
			delete(p.all, k)
		}
	}
	for k := range p.all {
		if len(p.all) < maxPaced {
			return
		}
		delete(p.all, k)
	}
}
