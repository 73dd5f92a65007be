package store

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"daicho/app"
	"daicho/store/bigram"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// applicationID marks the database as a replica's: "DCHO".
const applicationID = 0x4443484f

// Create makes a new replica in an empty or new folder, whose data key opens
// with a passphrase, and opens it. It has a device key of its own and belongs
// to nobody yet: see [LocalTx.Enroll].
func Create(ctx context.Context, o Options, pass keys.Passphrase) (*Replica, error) {
	if err := emptyFolder(o.Dir); err != nil {
		return nil, err
	}
	s, id := newReplica(o), keys.NewID()
	key, err := o.Keys.Create(id, pass, cmp.Or(o.Cost, keys.UsualCost()))
	if err != nil {
		return nil, err
	}
	err = s.found(id, key)
	if err == nil {
		s, err = Open(ctx, o, pass)
	}
	if err != nil {
		newReplica(o).abandon(id)
		return nil, unwritten(err)
	}
	return s, nil
}

// found writes the files of a new replica; the one that makes it a replica last.
func (s *Replica) found(id keys.ID, key keys.DataKey) (err error) {
	if err := os.Mkdir(s.place(blobFolder), 0o700); err != nil {
		return err
	}
	if err := bigram.Register(); err != nil {
		return err
	}
	if s.db, err = vfs.Create(s.place(dbFile), key); err != nil {
		return err
	}
	err = s.lay(id)
	if err = errors.Join(err, s.db.Close()); err != nil {
		return err
	}
	return writeID(s.dir, id)
}

// abandon takes away what a failed creation left, as far as it can: the key last,
// without which the rest could not even be looked at.
func (s *Replica) abandon(id keys.ID) {
	os.Remove(s.place(idFile))
	_ = vfs.Remove(s.place(dbFile))
	os.Remove(s.place(blobFolder))
	os.Remove(s.dir) // if it is empty
	s.from.Remove(id)
}

// lay writes what must stand in a database before the first migration.
func (s *Replica) lay(id keys.ID) error {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(s.random, seed); err != nil {
		return err
	}
	device := app.DeviceID(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
	return s.begin(func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO self VALUES (1, ?, ?, ?)", string(id), device[:], seed)
		return err
	})
}

// begin makes the first tables of a database and lets f write into them, in one
// transaction.
func (s *Replica) begin(f func(*sql.Tx) error) error {
	tx, err := s.db.Write.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, formOfDatabase)); err != nil {
		return err
	}
	if _, err := tx.Exec(ground); err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// ground is what tells a replica's database from any other, and from one that
// was emptied. Everything else is made by migrations.
const ground = `
CREATE TABLE self (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	replica TEXT NOT NULL,
	device  BLOB NOT NULL,
	seed    BLOB NOT NULL -- of the device's Ed25519 key
) STRICT;
CREATE TABLE migration (
	module TEXT    NOT NULL,
	n      INTEGER NOT NULL,
	PRIMARY KEY (module, n)
) STRICT, WITHOUT ROWID;`

// Open opens the replica in a folder, by its passphrase, the system's keyring, or
// another way. It never makes one. Whatever is wrong with the folder or the key is
// an [app.Error] that says what to do, and nothing was changed then, but that
// wrong tries are counted: see [keys.Throttle].
func Open(ctx context.Context, o Options, how keys.Opener) (*Replica, error) {
	s := newReplica(o)
	id, err := readID(o.Dir)
	if err != nil {
		return nil, err
	}
	if err := bigram.Register(); err != nil {
		return nil, err
	}
	if s.data, err = s.openKey(ctx, id, how); err != nil {
		return nil, err
	}
	if err := s.openDatabase(); err != nil {
		return nil, opening(err)
	}
	err = s.start(ctx, id)
	if err == nil {
		err = s.leased(ctx, o, how)
	}
	if err != nil {
		return nil, errors.Join(opening(err), s.db.Close())
	}
	s.beginWitness()
	return s, nil
}

// openDatabase opens the database. An empty file is damage, not a new one.
func (s *Replica) openDatabase() (err error) {
	path := s.place(dbFile)
	if info, err := os.Stat(path); err == nil && info.Size() == 0 {
		return fmt.Errorf("%s is empty: %w", dbFile, vfs.ErrDamaged)
	}
	s.db, err = vfs.Adopt(path, s.data, ofFirstForm)
	if err != nil && !vfs.Damaged(err) && firstPageBad(path, s.data) {
		err = fmt.Errorf("%w: %w", vfs.ErrDamaged, err)
	}
	return err
}

// firstPageBad looks at what SQLite reads before it can say what is wrong.
func firstPageBad(path string, key keys.DataKey) bool {
	pages, err := vfs.OpenSalvage(path, key)
	if err != nil {
		return false
	}
	defer pages.Close()
	_, err = pages.Page(1)
	return errors.Is(err, vfs.ErrDamaged)
}

// ofFirstForm reports whether a database is a replica's of the form that had no
// table of page tags yet.
func ofFirstForm(db *sql.DB) (bool, error) {
	var mark, form int
	err := db.QueryRow("SELECT application_id, user_version FROM pragma_application_id, pragma_user_version").Scan(&mark, &form)
	return mark == applicationID && form == 1, err
}

// start makes sure that the database is this replica's, brings it to this
// program's tables, and finds out who writes here.
func (s *Replica) start(ctx context.Context, id keys.ID) error {
	if err := s.recognise(id); err != nil {
		return err
	}
	if err := s.notOlder(ctx); err != nil {
		return err
	}
	if err := s.upgrade(); err != nil {
		return err
	}
	if err := s.complete(ctx); err != nil {
		return err
	}
	return s.read(ctx, func(r *reader) error {
		me, err := r.me()
		s.actor.Store(&me)
		return err
	})
}

func (s *Replica) recognise(id keys.ID) error {
	var mark, form int
	err := s.db.Read.QueryRow("SELECT application_id, user_version FROM pragma_application_id, pragma_user_version").Scan(&mark, &form)
	switch {
	case err != nil:
		return err
	case mark != applicationID:
		return notReplica
	case form > formOfDatabase:
		return newerReplica
	}
	var replica string
	var device, seed []byte
	if err := s.db.Read.QueryRow("SELECT replica, device, seed FROM self").Scan(&replica, &device, &seed); err != nil {
		return fmt.Errorf("%w: %w", vfs.ErrDamaged, err)
	}
	if replica != string(id) {
		return otherReplica
	}
	s.id = id
	if len(seed) != ed25519.SeedSize {
		return vfs.ErrDamaged
	}
	s.key = ed25519.NewKeyFromSeed(seed)
	if s.device = app.DeviceID(s.public()); string(device) != string(s.device[:]) {
		return vfs.ErrDamaged
	}
	return nil
}

// upgrade runs the migrations that the database has not seen.
func (s *Replica) upgrade() error {
	from := []fs.FS{product}
	if s.extra != nil {
		from = append(from, s.extra)
	}
	list, err := migrations(from...)
	if err != nil {
		return err
	}
	if err := migrate(s.db.Write, list); err != nil {
		return err
	}
	return s.raiseForm()
}

// raiseForm says in a database of an earlier form that it is of this one.
func (s *Replica) raiseForm() error {
	var form int
	err := s.db.Read.QueryRow("PRAGMA user_version").Scan(&form)
	if err != nil || form == formOfDatabase {
		return err
	}
	_, err = s.db.Write.Exec(fmt.Sprintf("PRAGMA user_version = %d", formOfDatabase))
	return err
}

// opening gives a failure to open its sentence.
func opening(err error) error {
	switch {
	case errors.Is(err, vfs.ErrMissing):
		return because(err, dbMissing)
	case vfs.WrongKey(err):
		return because(err, otherKey)
	}
	return machine(err)
}
