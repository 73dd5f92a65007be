package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"daicho/store/bigram"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// rekeyed is what the database is called that is written under the next data key.
const rekeyed = ".rekey"

// Rekey draws a new data key and writes the database again under it, so that an
// old copy of the envelope opens nothing new. The ways to open stay: pass must be
// the passphrase, if the replica has one. Nobody may have the replica open. Killed
// at any moment, the replica opens by the old key or by the new one: the next
// opening finishes or abandons what was begun.
//
// With [keys.ErrEntryLeft] it is done, but for an entry of the keyring.
func Rekey(ctx context.Context, o Options, pass keys.Passphrase) error {
	id, err := readID(o.Dir)
	if err != nil {
		return err
	}
	if err := bigram.Register(); err != nil {
		return err
	}
	s := newReplica(o)
	key, err := s.openKey(ctx, id, pass)
	if err != nil {
		return err
	}
	path := s.place(dbFile)
	release, err := alone(path) // says so at once; SQLite would wait first
	if err == nil {
		err = release()
	}
	if err != nil {
		return err
	}
	open := func() error { return nil }
	err = vfs.Exclusive(path, key, func(db *vfs.Database) (err error) {
		open, err = reseal(ctx, o.Keys, id, db, key, pass)
		return err
	})
	return machine(errors.Join(err, open()))
}

// reseal makes the new database and puts it in the place of the one in hand, which
// nobody else can open meanwhile. Nor can anybody open the new one before open is
// called, when the one in hand is closed: it would take the new one's log along.
func reseal(ctx context.Context, from keys.Folder, id keys.ID, db *vfs.Database, present keys.DataKey, pass keys.Passphrase) (open func() error, err error) {
	open = func() error { return nil }
	next, err := from.StartRekey(ctx, id, present, pass)
	if err != nil {
		return open, err
	}
	draft := db.Path() + rekeyed
	err = dropDatabase(draft)
	if err == nil {
		err = db.CopyTo(ctx, draft, next)
	}
	if err != nil {
		return open, errors.Join(err, dropDatabase(draft), from.AbandonRekey(context.WithoutCancel(ctx), id))
	}
	release, err := alone(draft)
	if err != nil {
		return open, err
	}
	if err := vfs.Replace(draft, db.Path()); err != nil {
		return release, err
	}
	return release, from.FinishRekey(context.WithoutCancel(ctx), id, next)
}

// openKey gives the data key, and first finishes or abandons a change of it that
// was interrupted: whichever key fits the database counts.
func (s *Replica) openKey(ctx context.Context, id keys.ID, how keys.Opener) (keys.DataKey, error) {
	how = keys.Throttle(how, s.clock())
	key, err := s.from.Open(ctx, id, how)
	if err != nil || !s.from.Rekeying(id) || !exists(s.place(dbFile)) {
		return key, err
	}
	release, err := alone(s.place(dbFile))
	if err != nil {
		return key, err // it is not interrupted, but under way
	}
	key, err = s.settle(ctx, id, how, key)
	return key, errors.Join(err, release())
}

func (s *Replica) settle(ctx context.Context, id keys.ID, how keys.Opener, present keys.DataKey) (keys.DataKey, error) {
	fits, err := vfs.Fits(s.place(dbFile), present)
	if err != nil {
		return present, err
	}
	if fits {
		err := s.from.AbandonRekey(ctx, id)
		return present, errors.Join(err, dropDatabase(s.place(dbFile+rekeyed)))
	}
	next, err := s.from.Next().Open(ctx, id, how)
	if err != nil {
		return present, err
	}
	if fits, err := vfs.Fits(s.place(dbFile), next); err != nil || !fits {
		return present, err // it is of neither; opening it says so
	}
	return next, s.from.FinishRekey(ctx, id, next)
}

// Erase destroys what opens the replica, then its files. Without all, a recovery
// key goes on opening copies of the folder, and only that; an envelope without one
// is refused. With all nothing opens any copy again. Changes that were not sent
// are lost: see [Status]. Nobody may have the replica open.
//
// With [keys.ErrEntryLeft] it is done, but for an entry of the keyring. After a
// crash, call it again.
func Erase(ctx context.Context, o Options, all bool) error {
	id, err := readID(o.Dir)
	if err != nil {
		return err
	}
	if exists(filepath.Join(o.Dir, dbFile)) {
		release, err := alone(filepath.Join(o.Dir, dbFile))
		if err != nil {
			return err
		}
		if err := release(); err != nil {
			return err
		}
	}
	erased := o.Keys.Erase(ctx, id, all)
	if erased != nil && !errors.Is(erased, keys.ErrEntryLeft) {
		return erased
	}
	return errors.Join(erased, removeReplica(o.Dir))
}

// removeReplica removes a replica's files, the one that makes it a replica last,
// and the folder if nothing else is in it.
func removeReplica(dir string) error {
	err := errors.Join(dropDatabase(filepath.Join(dir, dbFile)), os.RemoveAll(blobsOf(dir)))
	if err == nil {
		err = durable.Remove(filepath.Join(dir, idFile))
	}
	if err != nil {
		return because(err, cannotWrite)
	}
	os.Remove(dir) // if it is empty
	return nil
}
