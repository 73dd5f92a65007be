package vfs

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
)

// Database is one sealed database, open: a single writer, whose transactions
// take the write lock at once, beside a pool of readers that cannot write. Other
// processes may have it open at the same time.
type Database struct {
	// Write has one connection; BEGIN is IMMEDIATE and a COMMIT is on the disk
	// (synchronous=FULL) when it returns. What is deleted is overwritten.
	Write *sql.DB
	// Read has a few connections; each statement or transaction sees the last
	// commit before it began.
	Read *sql.DB

	path string
	vfs  *VFS
	tags *tags
}

var (
	// ErrDamaged says that a file is there but is no database any more; see
	// [Damaged], which also knows SQLite's own words for it.
	ErrDamaged = errors.New("the database is damaged or was altered")
	// ErrMissing says that no file is there. It wraps fs.ErrNotExist.
	ErrMissing = fmt.Errorf("the database is missing: %w", fs.ErrNotExist)
)

// writerCache is 16 MB of pages: each record of a large database writes to a
// dozen indexes at places far apart, which would be read and opened anew.
const writerCache = "cache_size(-16000)"

// writerLog brings 16 MB of the log into the database at once: a page that many
// records wrote to is sealed and written there once for all of them.
const writerLog = "wal_autocheckpoint(4000)"

// readers is the size of the pool: enough for a window that fills several views.
const readers = 4

// Create makes a new empty database at path, sealed under key, and opens it. The
// file appears whole or not at all. If something stands at path already, the
// error is fs.ErrExist and nothing is touched.
func Create(path string, key [32]byte) (*Database, error) {
	v, err := Register(key)
	if err != nil {
		return nil, err
	}
	err = v.make(path, func(draft string) error { return v.settle(draft, "rwc") })
	if err = errors.Join(err, v.Close()); err != nil {
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	return Open(path, key)
}

// Open opens the database at path, sealed under key. It never makes one: the
// error is ErrMissing if there is no file; for [WrongKey] and [Damaged] ask these.
// A failed opening changes nothing.
func Open(path string, key [32]byte) (*Database, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open %s: %w", path, ErrMissing)
	}
	v, err := Register(key)
	if err != nil {
		return nil, err
	}
	v.tagged = true
	d, err := v.open(path)
	if err != nil {
		if why := v.complaint(); why != nil {
			err = errors.Join(why, err)
		}
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), d.Close())
	}
	return d, nil
}

func (v *VFS) open(path string) (*Database, error) {
	d := &Database{path: path, vfs: v}
	var err error
	if d.Write, err = sql.Open("sqlite", v.dsn(path, "rw", "&_txlock=immediate", "synchronous(FULL)", "secure_delete(1)", writerCache, writerLog)); err != nil {
		return d, err
	}
	if d.Read, err = sql.Open("sqlite", v.dsn(path, "ro", "", "query_only(1)")); err != nil {
		return d, err
	}
	limit(d.Write, 1)
	limit(d.Read, min(readers, 2*runtime.NumCPU()))
	if err := d.verify(d.Write); err != nil {
		return d, err
	}
	d.tags = v.onlyTags()
	return d, d.verify(d.Read)
}

// limit keeps up to n connections open for good: opening one costs milliseconds.
func limit(db *sql.DB, n int) {
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
}

// verify reads page 1 and makes sure that the database is what the guarantees
// were given for.
func (d *Database) verify(db *sql.DB) error {
	var mode string
	var size, objects int
	if err := db.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if err := db.QueryRow("PRAGMA page_size").Scan(&size); err != nil {
		return err
	}
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&objects); err != nil {
		return err
	}
	if mode != "wal" || size != pageSize {
		return fmt.Errorf("%w: journal mode %q, pages of %d bytes", ErrDamaged, mode, size)
	}
	return nil
}

// Version counts what was ever written to the database's file: it never becomes
// less, and it is on the disk. An older version of database, log and table put
// back together is known by a lower one, and by nothing else.
func (d *Database) Version() (uint64, error) {
	return d.tags.version()
}

// Path is where the database stands.
func (d *Database) Path() string { return d.path }

// Close closes all connections, which brings the log into the database if no
// other process has it open, and forgets the key. Every row and statement must
// be closed before.
func (d *Database) Close() error {
	var err error
	for _, db := range []*sql.DB{d.Read, d.Write} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return errors.Join(err, d.vfs.Close())
}
