package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
)

// session is where a verb works: one replica, one console.
type session struct {
	dir       string
	keyring   bool // opens the replica
	emergency emergencyFlags
	book      app.Book
	cost      keys.Cost
	console   *cli.Console
}

// folder is the replica's folder, the person's own unless they named another.
func (s *session) folder() (string, error) {
	if s.dir != "" {
		return s.dir, nil
	}
	return cli.ReplicaFolder()
}

// options wires the store to this machine.
func (s *session) options() (o store.Options, err error) {
	o = store.Options{Book: s.book, Cost: s.cost, Clock: s.console.Now, Mono: s.console.Mono, Random: rand.Reader, App: "daichoctl " + cli.Version, Progress: progress(s.console.Err), Lease: cli.Lease}
	if o.Dir, err = s.folder(); err != nil {
		return o, err
	}
	o.Keys, err = keys.Default()
	return o, err
}

// with opens the replica for as long as f runs.
func (s *session) with(ctx context.Context, f func(*store.Replica) error) error {
	return s.open(ctx, func(*store.Options) {}, f)
}

// open is with, wired otherwise.
func (s *session) open(ctx context.Context, wire func(*store.Options), f func(*store.Replica) error) error {
	return s.openBy(ctx, wire, func(r *store.Replica, _ keys.Opener) error { return f(r) })
}

// openBy is open, and tells by what it was opened.
func (s *session) openBy(ctx context.Context, wire func(*store.Options), f func(*store.Replica, keys.Opener) error) error {
	o, err := s.options()
	if err != nil {
		return err
	}
	wire(&o)
	how, err := s.opener(ctx)
	if err != nil {
		return err
	}
	return opened(ctx, o, how, func(r *store.Replica) error {
		if err := s.emergency.note(ctx, r, how, s.console.Now()); err != nil {
			return err
		}
		return f(r, how)
	})
}

// opened runs f over a replica that is opened for it.
func opened(ctx context.Context, o store.Options, how keys.Opener, f func(*store.Replica) error) error {
	r, err := store.Open(ctx, o, how)
	if err != nil {
		return fmt.Errorf("replica %s: %w", o.Dir, err)
	}
	return obeyed(ctx, o, errors.Join(f(r), r.Close()))
}

// closed runs f over a replica that is not open.
func (s *session) closed(ctx context.Context, f func(store.Options, keys.Opener) error) error {
	o, err := s.options()
	if err != nil {
		return err
	}
	if s.emergency.used() {
		return cli.Misused("この操作は、パスフレーズかキーリングで台帳を開きます。先に --shares か --recovery-key で開き、新しいパスフレーズを設定してください。", "this verb opens the replica by passphrase or keyring; open it by --shares or --recovery-key to give it a new passphrase first")
	}
	how, err := s.opener(ctx)
	if err != nil {
		return err
	}
	if err := f(o, how); err != nil {
		return fmt.Errorf("replica %s: %w", o.Dir, err)
	}
	return nil
}

// opener opens the replica.
func (s *session) opener(ctx context.Context) (keys.Opener, error) {
	switch {
	case s.keyring:
		return keys.Keyring{}, nil
	case s.emergency.used():
		return s.emergency.opener()
	}
	return s.console.Passphrase(ctx)
}
