package server

import (
	"net/http"
	"sync"

	"daicho/app"
	"daicho/sync/wire"
)

// How many enrolments, other messages, attachments and devices that wait are
// let in before others are sent away for a while; and how many of one device,
// or, of those who enrol, of one address. Whoever is slow takes room from
// himself alone.
const (
	maxJoining, ownJoining = 16, 4
	maxBusy, ownBusy       = 64, 8
	maxMoving, ownMoving   = 32, 4
	maxWaiting, ownWaiting = 4_000, 8
)

// gate lets a number of callers in.
type gate struct {
	room, own int
	who       func(*http.Request) string

	mu  sync.Mutex
	all int
	of  map[string]int // no key without a caller
}

func newGate(room, own int, who func(*http.Request) string) *gate {
	return &gate{room: room, own: own, who: who, of: map[string]int{}}
}

// enter lets a caller in, who calls leave at the end.
func (g *gate) enter(r *http.Request) (leave func(), ok bool) {
	who := g.who(r)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all >= g.room || g.of[who] >= g.own {
		return nil, false
	}
	g.all++
	g.of[who]++
	return func() { g.leave(who) }, true
}

func (g *gate) leave(who string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all--
	if g.of[who]--; g.of[who] == 0 {
		delete(g.of, who)
	}
}

// count is how many are in.
func (g *gate) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.all
}

// byDevice tells callers apart by their key; byAddress, where keys cost nothing.
func byDevice(r *http.Request) string {
	key, err := wire.DeviceKey(r.TLS)
	if err != nil {
		return ""
	}
	id := app.DeviceID(key)
	return string(id[:])
}

func byAddress(r *http.Request) string { return hostOf(r.RemoteAddr) }
