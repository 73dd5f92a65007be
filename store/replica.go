package store

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"io"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"daicho/app"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// Options say where a replica is and what it works with.
type Options struct {
	Dir    string
	Keys   keys.Folder // where the key that opens the replica stands, outside of Dir
	Cost   keys.Cost   // of a try of the passphrase, when one is set; zero: the usual one
	Book   app.Book
	Clock  app.Clock                       // wall time
	Random io.Reader                       // crypto/rand.Reader in programs
	Mono   func() (ns int64, boot [8]byte) // a clock that nobody can set and that counts suspend, and which run of the machine it counts in; nil: the machine's
	App    string                          // version of the program, written into changes
	Lease  time.Duration                   // how long an enrolled device may be opened after its last contact with the server; 0: for ever
	ToSync bool                            // open although the lease is over, for nothing but a contact
	Older  bool                            // open even what the keyring says is an older copy, and take it for the last from now on
	// Progress is told after each piece of a projection that is made anew, which
	// an opening waits for: how many of a kind's records are done. Nil: nobody asks.
	Progress func(kind app.Kind, done, total int)
	Tables   fs.FS // folder "migrations" of registers that are not the product's; nil: there are none
}

// Replica is one device's copy of the registers. It is safe for use by several
// goroutines; several processes may have one folder open at the same time.
type Replica struct {
	dir     string
	book    app.Book
	clock   app.Clock
	random  io.Reader
	mono    func() (int64, [8]byte)
	version string
	extra   fs.FS
	older   bool
	id      keys.ID
	data    keys.DataKey
	from    keys.Folder
	cost    keys.Cost
	term    time.Duration // of the lease
	db      *vfs.Database
	tables  map[app.Kind]*table
	device  app.ID
	key     ed25519.PrivateKey
	actor   atomic.Pointer[app.Actor]
	watch   watchers
	witness witness
	told    func(kind app.Kind, done, total int) // of a rebuild
}

// newReplica is a replica that nothing has been opened for.
func newReplica(o Options) *Replica {
	s := &Replica{dir: o.Dir, book: o.Book, clock: o.Clock, random: &oneByOne{from: o.Random}, mono: o.Mono,
		version: o.App, extra: o.Tables, older: o.Older, from: o.Keys, cost: cmp.Or(o.Cost, keys.UsualCost()), tables: map[app.Kind]*table{}, witness: witness{news: make(chan struct{}, 1)}}
	if s.told = o.Progress; s.told == nil {
		s.told = func(app.Kind, int, int) {}
	}
	if s.mono == nil {
		s.mono = mono
	}
	for kind, g := range o.Book.Registers {
		s.tables[kind] = newTable(g)
	}
	return s
}

// oneByOne lets several goroutines draw from one source.
type oneByOne struct {
	mu   sync.Mutex
	from io.Reader
}

func (r *oneByOne) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return io.ReadFull(r.from, p)
}

// Close closes the replica and forgets its data key. Watchers are not called
// any more once it has returned; none of them may close it.
func (s *Replica) Close() error {
	s.watch.stop()
	s.endWitness()
	s.data = keys.DataKey{}
	return s.db.Close()
}

// Dir is the replica's folder.
func (s *Replica) Dir() string { return s.dir }

// ID is the replica's name, by which its key is found.
func (s *Replica) ID() keys.ID { return s.id }

// Book is what the replica decides by.
func (s *Replica) Book() app.Book { return s.book }

// Device is this device's id, which follows from its key.
func (s *Replica) Device() app.ID { return s.device }

// DeviceKey is the key that signs this device's changes, for the TLS
// certificate of sync. It must never be written anywhere.
func (s *Replica) DeviceKey() ed25519.PrivateKey { return s.key }

func (s *Replica) public() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// Actor is who acts on this device: the person it is enrolled for, or its
// local author before that.
func (s *Replica) Actor() app.Actor { return *s.actor.Load() }

// Get reads one record of any kind; a NotFound error if it is not here.
func (s *Replica) Get(ctx context.Context, ref app.Ref) (rec app.Record, err error) {
	err = s.read(ctx, func(r *reader) error {
		rec, err = r.load(ref)
		return err
	})
	return rec, err
}

// Get reads one record of a known kind.
func Get[T any](ctx context.Context, s *Replica, g *app.Register[T], id app.ID) (*T, error) {
	r, err := s.Get(ctx, app.Ref{Kind: g.About().Kind, ID: id})
	if err != nil {
		return nil, err
	}
	return any(r).(*T), nil
}
