package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"sync"

	"daicho/app"
	"daicho/app/modules"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/ui"
)

// door opens the replica for the screens.
type door struct {
	options store.Options

	mu      sync.Mutex
	replica *store.Replica
	fresh   *store.Replica  // made, but not yet enrolled
	typed   keys.Passphrase // of the fresh one
}

func newDoor(dir string, now app.Clock) (*door, error) {
	folder, err := keys.Default()
	if err != nil {
		return nil, err
	}
	return &door{options: store.Options{Dir: dir, Keys: folder, Book: modules.Book(), Clock: now, Random: rand.Reader, App: cli.Version}}, nil
}

// State says what can be known without the key.
func (d *door) State() ui.DoorState {
	d.mu.Lock()
	fresh := d.fresh != nil
	d.mu.Unlock()
	if fresh {
		return ui.DoorState{Tries: -1} // still a first run
	}
	id, err := keys.FolderID(d.options.Dir)
	s := ui.DoorState{Exists: err == nil || !app.IsCode(err, app.NotFound), Tries: -1}
	if err != nil {
		return s
	}
	ways, err := d.options.Keys.Ways(id)
	for _, w := range ways {
		s.Keyring = s.Keyring || err == nil && w == keys.ByKeyring
	}
	return s
}

func (d *door) Unlock(ctx context.Context, passphrase []byte) error {
	return d.enter(store.Open(ctx, d.options, keys.Passphrase(passphrase)))
}

func (d *door) UnlockByKeyring(ctx context.Context) error {
	return d.enter(store.Open(ctx, d.options, keys.Keyring{}))
}

// Create makes a replica for a person who works alone first.
func (d *door) Create(ctx context.Context, person string, passphrase []byte) error {
	r, err := store.Create(ctx, d.options, passphrase)
	if err == nil {
		err = r.Local(ctx, func(tx *store.LocalTx) error { return tx.Set(localName, []byte(person)) })
	}
	return d.enter(r, err)
}

// localName is the setting with the name of who works without a server.
const localName = "local-name"

// Enrol makes a replica and binds it to a server. If that fails the replica
// is kept for the next try, which may bring another passphrase.
func (d *door) Enrol(ctx context.Context, code string, passphrase []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.make(ctx, passphrase); err != nil {
		return err
	}
	if _, err := client.Enroll(ctx, client.Of(d.fresh), code, client.Options{Now: d.options.Clock}); err != nil {
		return err
	}
	d.replica, d.fresh = d.fresh, nil
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

func (d *door) enter(r *store.Replica, err error) error {
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.replica = r
	return nil
}

// opened is the replica, nil while the door is shut.
func (d *door) opened() *store.Replica {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.replica
}

var _ ui.Door = (*door)(nil)
