package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"sync"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/ui"
)

// door opens the replica for the screens, and shuts it again.
type door struct {
	options store.Options
	told    listeners[func(ui.Rebuild)]

	residents residents
	turn      func(dir string) // shows the door of another folder
	arrived   func()           // hears that it was opened, before any screen does

	mu        sync.Mutex
	replica   *store.Replica // whichever was opened last; nil when it is closed
	id        keys.ID        // of the first one opened: the screens show that one's records
	fresh     *store.Replica // made, but not yet enrolled
	erased    *store.Replica // by an order: closed already; nil: none was
	typed     keys.Passphrase
	recovered keys.Opener // what opened the replica in place of a lost passphrase
	entered   entry       // how it was opened
	settings  ui.Settings // that were kept in the one opened last
	leased    opening     // the last try, if it was right and the lease is over
	shut      ui.DoorState
	closing   sync.WaitGroup
}

func newDoor(dir string, now app.Clock) (*door, error) {
	folder, err := keys.Default()
	if err != nil {
		return nil, err
	}
	d := &door{settings: usualSettings(), arrived: func() {}}
	d.options = store.Options{Dir: dir, Keys: folder, Book: modules.Book(), Clock: now, Random: rand.Reader, App: cli.Version, Progress: d.tell, Lease: cli.Lease}
	return d, nil
}

func (d *door) Watch(told func(ui.Rebuild)) (stop func()) { return d.told.add(told) }

func (d *door) Others() []ui.Resident { return d.residents.others(d.options.Dir) }

// Turn leaves a replica that was made and not enrolled where it is.
func (d *door) Turn(to ui.Resident) {
	d.mu.Lock()
	fresh := d.fresh
	d.fresh = nil
	d.mu.Unlock()
	if fresh != nil {
		fresh.Close()
	}
	if to.Place == "" {
		to.Place = d.residents.free()
	}
	d.turn(to.Place)
}

// tell passes on how far an opening is that makes columns anew.
func (d *door) tell(kind app.Kind, done, total int) {
	g, err := d.options.Book.Registers.Of(kind)
	if err != nil {
		return
	}
	for _, told := range d.told.all() {
		told(ui.Rebuild{What: g.About().Label, Done: done, Total: total})
	}
}

// State says what can be known without the key.
func (d *door) State() ui.DoorState {
	d.mu.Lock()
	s, fresh, leased := d.shut, d.fresh != nil, d.leased.how != nil
	d.mu.Unlock()
	s.Tries = -1
	if fresh {
		return s // still a first run
	}
	id, err := keys.FolderID(d.options.Dir)
	s.Exists = err == nil || !app.IsCode(err, app.NotFound)
	if err != nil {
		return s
	}
	s.Leased = leased
	if s.Person == "" {
		s.Person = d.residents.names()[id]
	}
	allowed := d.options.Keys.Attempts(id, d.options.Clock())
	s.Tries, s.Until = allowed.Left, allowed.Until
	ways, err := d.options.Keys.Ways(id)
	for _, w := range ways {
		s.Keyring = s.Keyring || err == nil && w == keys.ByKeyring
		s.Recovery = s.Recovery || err == nil && w == keys.ByRecoveryKey
		s.Pair = s.Pair || err == nil && w == keys.ByShares
	}
	return s
}

// SetPassphrase gives who has opened by the recovery key a new passphrase.
func (d *door) SetPassphrase(ctx context.Context, passphrase []byte) error {
	r, err := d.open()
	if err != nil {
		return err
	}
	d.mu.Lock()
	how := d.recovered
	d.mu.Unlock()
	if how == nil {
		return errShut
	}
	if err := r.ChangePassphrase(ctx, how, passphrase); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.recovered = nil
	return nil
}

// Create makes a replica for a person who works alone first.
func (d *door) Create(ctx context.Context, person string, passphrase []byte) error {
	r, err := store.Create(ctx, d.options, passphrase)
	if err == nil {
		err = r.Local(ctx, func(tx *store.LocalTx) error { return tx.Set(localName, []byte(person)) })
	}
	if err := d.enter(r, err); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.entered = firstRun
	return nil
}

// localName is the setting with the name of who works without a server.
const localName = "local-name"

// Enrol makes a replica and binds it to a server. If that fails the replica
// is kept for the next try, which may bring another passphrase.
func (d *door) Enrol(ctx context.Context, code string, passphrase []byte, p ui.Proof) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.make(ctx, passphrase); err != nil {
		return err
	}
	if _, err := client.Enroll(ctx, client.Of(d.fresh), code, client.Options{Now: d.options.Clock, Prove: showing(p)}); err != nil {
		return unproved(err)
	}
	d.replica, d.id, d.fresh, d.entered, d.shut = d.fresh, d.fresh.ID(), nil, firstRun, ui.DoorState{}
	return nil
}

// make makes the replica of a first run, or gives the one of an earlier try
// the passphrase typed now.
func (d *door) make(ctx context.Context, passphrase keys.Passphrase) (err error) {
	if d.fresh == nil {
		d.fresh, err = store.Create(ctx, d.options, passphrase)
	} else {
		err = d.options.Keys.ChangePassphrase(ctx, d.fresh.ID(), d.typed, passphrase, keys.UsualCost())
	}
	if err == nil {
		d.typed = bytes.Clone(passphrase)
	}
	return err
}

// enter takes in what was opened. The screens that wait behind a lock belong
// to one replica; no other may be put under them.
func (d *door) enter(r *store.Replica, err error) error {
	if err != nil {
		return err
	}
	kept, err := keptSettings(context.Background(), r)
	if err != nil {
		kept = usualSettings() // nobody is kept out for how a window looks
	}
	if err := d.admit(r, kept); err != nil {
		return err
	}
	d.arrived()
	return nil
}

func (d *door) admit(r *store.Replica, kept ui.Settings) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.id != "" && d.id != r.ID() {
		r.Close()
		return errOther
	}
	d.replica, d.id, d.entered, d.shut = r, r.ID(), usually, ui.DoorState{}
	d.settings = kept
	return nil
}

// lost is the replica that was erased by an order; nil: none was.
func (d *door) lost() *store.Replica {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.erased
}

// kept are the settings of the replica that was opened.
func (d *door) kept() ui.Settings {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.settings
}

// entry is how the door was opened, where something follows from it.
type entry uint8

const (
	usually entry = iota
	firstRun
	byRecovery // the passphrase is lost
)

func (d *door) how() entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.entered
}

// open is the replica, for a while: until it is locked and all is done.
func (d *door) open() (*store.Replica, error) {
	if r := d.opened(); r != nil {
		return r, nil
	}
	return nil, errShut
}

// opened is the replica, nil while the door is shut.
func (d *door) opened() *store.Replica {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.replica
}

// lock says from now on why the door is shut, and who works behind it. The
// replica stays open for what is under way: close closes it, and its data key
// is forgotten with it, when idle has returned. It can be opened anew before.
func (d *door) lock(why ui.Shut, after time.Duration, who ui.Status) (close func(idle func()) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = ui.DoorState{Shut: why, After: after, Person: who.Person, Device: who.Device, LastSync: who.LastSync}
	d.recovered, d.leased = nil, opening{}
	r := d.replica
	d.closing.Add(1)
	return func(idle func()) error {
		defer d.closing.Done()
		idle()
		d.mu.Lock()
		gone := r == d.erased
		if d.replica == r {
			d.replica = nil
		}
		d.mu.Unlock()
		if gone {
			return nil
		}
		return r.Close()
	}
}

var (
	errShut = app.Refuse(app.Failed, "", "台帳をロックしたため、実行できませんでした。ロックを解除してから、もう一度実行してください。",
		"the register was locked meanwhile; unlock it and try again")
	errOther = app.Refuse(app.Invalid, "", "このフォルダーの台帳は、ロックする前のものと違います。プログラムを終了して、もう一度起動してください。",
		"the folder holds another register than before the lock; end the program and start it again")
)

var _ ui.Door = (*door)(nil)
