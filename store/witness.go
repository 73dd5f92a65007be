package store

import (
	"context"
	"slices"
	"time"

	"daicho/store/keys"
)

// Who can write to the folder can put an older copy of all its files back, which
// fit each other. So the system's keyring, where it opens the replica, remembers
// how far the files had come: both numbers of [keys.Witness] only grow, and stand
// on the disk before the keyring hears of them, so that a crash leaves the files
// ahead of it and never behind.

const (
	// witnessWait is how long a keyring may take. It may be locked and ask a
	// person, who has opened the replica by another way and need not answer.
	witnessWait = 2 * time.Second
	// witnessGap is the least time between two visits to the keyring.
	witnessGap = 5 * time.Second
)

// witness tells the keyring how far the replica is, soon after it has gone on.
type witness struct {
	news    chan struct{}
	answers bool
	cancel  context.CancelFunc // nil: nobody tells
	done    chan struct{}
}

// notOlder makes sure that the files are not behind what the keyring remembers,
// and begins to tell it. A keyring that does not answer is not waited for, and not
// asked again: it would ask the person each time.
func (s *Replica) notOlder(ctx context.Context) error {
	ways, err := s.from.Ways(s.id)
	if err != nil || !slices.Contains(ways, keys.ByKeyring) {
		return err
	}
	if s.older {
		if err := forgetWitness(ctx, s.from, s.id); err != nil {
			return err
		}
	}
	ask, cancel := context.WithTimeout(ctx, witnessWait)
	defer cancel()
	known, _, err := s.from.Witness(ask, s.id, s.data)
	if err != nil {
		return ctx.Err()
	}
	now, err := s.reached(ctx)
	if err == nil && (now.Version < known.Version || now.Seq < known.Seq) {
		err = olderFiles
	}
	s.witness.answers = err == nil
	return err
}

// forgetWitness has the keyring take the files for the last ones, whatever it
// remembers: those of a new database begin to count again.
func forgetWitness(ctx context.Context, from keys.Folder, id keys.ID) error {
	ask, cancel := context.WithTimeout(ctx, witnessWait)
	defer cancel()
	return from.ForgetWitness(ask, id)
}

// reached is how far the files are.
func (s *Replica) reached(ctx context.Context) (w keys.Witness, err error) {
	if w.Version, err = s.db.Version(); err != nil {
		return w, err
	}
	err = s.read(ctx, func(r *reader) error {
		_, err := r.one("SELECT coalesce(max(seq), 0) FROM journal", nil, &w.Seq)
		return err
	})
	return w, err
}

// beginWitness tells the keyring from now on, if it answers.
func (s *Replica) beginWitness() {
	if !s.witness.answers {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.witness.cancel, s.witness.done = cancel, make(chan struct{})
	s.witness.wake() // a program may have died before it told the keyring
	go s.testify(ctx)
}

// wake says that there is something to tell.
func (w *witness) wake() {
	select {
	case w.news <- struct{}{}:
	default: // that is known already
	}
}

func (s *Replica) testify(ctx context.Context) {
	defer close(s.witness.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.witness.news:
			s.tellKeyring(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(witnessGap):
		}
	}
}

// tellKeyring has the keyring remember how far the files are. One that does not
// answer now is told the next time.
func (s *Replica) tellKeyring(ctx context.Context) {
	ask, cancel := context.WithTimeout(ctx, witnessWait)
	defer cancel()
	if now, err := s.reached(ask); err == nil {
		_ = s.from.SetWitness(ask, s.id, s.data, now)
	}
}

// endWitness tells the keyring for the last time.
func (s *Replica) endWitness() {
	if s.witness.cancel == nil {
		return
	}
	s.witness.cancel()
	<-s.witness.done
	s.tellKeyring(context.Background())
}
