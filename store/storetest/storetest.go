// Package storetest gives tests a replica: really sealed, but with a cheap
// passphrase and with time and randomness that the test decides. It also has a
// small server in memory, [Sequencer], that puts changes in order.
//
// Programs have no use for it: the randomness is known to everybody.
package storetest

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
)

//go:embed migrations/*.sql
var tables embed.FS

// Tables are the migrations of [Book]'s registers.
func Tables() fs.FS { return tables }

// Clock is a clock that stands until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Start is where the clocks of tests begin: 2026-11-22 10:00 in Japan.
var Start = time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)

// Now is the time; its method value is an [app.Clock].
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now.IsZero() {
		c.now = Start
	}
	return c.now
}

// Advance moves the clock; back, too.
func (c *Clock) Advance(d time.Duration) {
	now := c.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now.Add(d)
}

// Mono is a clock that nobody sets, in one run of a machine that never restarts.
func (c *Clock) Mono() (int64, [8]byte) { return c.Now().Sub(Start).Nanoseconds(), [8]byte{1} }

// Option changes how [New] makes a replica.
type Option func(*setup)

type setup struct {
	store.Options
	seed  uint64
	clock *Clock
}

// WithBook gives the replica another book than [Book], one with product tables.
func WithBook(b app.Book) Option { return func(s *setup) { s.Book, s.Tables = b, nil } }

// WithRegisters gives the replica another book with the tables of [Book].
func WithRegisters(b app.Book) Option { return func(s *setup) { s.Book = b } }

// WithDir puts the replica elsewhere than into a folder that the test removes.
func WithDir(dir string) Option { return func(s *setup) { s.Dir = dir } }

// WithSeed gives the replica other random bytes: each device needs a seed of
// its own.
func WithSeed(seed uint64) Option { return func(s *setup) { s.seed = seed } }

// WithClock gives the replica a clock that the test moves.
func WithClock(c *Clock) Option { return func(s *setup) { s.clock = c } }

// Passphrase opens every replica of this package.
var Passphrase = keys.Passphrase("正しい馬 電池 ホチキス")

// Random is a reader of bytes that follow from a seed.
func Random(seed uint64) io.Reader {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(seed >> (8 * i))
	}
	return rand.NewChaCha8(key)
}

// New makes a replica that is closed when the test ends.
func New(t testing.TB, options ...Option) *store.Replica {
	t.Helper()
	s := newSetup(t, options)
	r, err := store.Create(context.Background(), s.Options, Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// Open opens a replica again that [New] made with the same options.
func Open(t testing.TB, options ...Option) (*store.Replica, error) {
	t.Helper()
	r, err := store.Open(context.Background(), newSetup(t, options).Options, Passphrase)
	if err == nil {
		t.Cleanup(func() { r.Close() })
	}
	return r, err
}

// Options are what [New] makes a replica with, for tests that make their own.
func Options(t testing.TB, options ...Option) store.Options {
	t.Helper()
	return newSetup(t, options).Options
}

func newSetup(t testing.TB, options []Option) *setup {
	s := &setup{Options: store.Options{Dir: filepath.Join(t.TempDir(), "replica"), Book: Book(), App: "test", Tables: tables}, clock: &Clock{}}
	for _, o := range options {
		o(s)
	}
	s.Keys, s.Cost = keys.In(s.Dir+".keys"), keys.Cost{Passes: 1, KiB: 8, Threads: 1}
	s.Clock, s.Mono, s.Random = s.clock.Now, s.clock.Mono, Random(s.seed)
	return s
}
