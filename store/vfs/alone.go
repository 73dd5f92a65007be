package vfs

import (
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

// ErrOpen says that this or another process has the database open.
var ErrOpen = errors.New("the database is open elsewhere")

// Alone makes sure that nobody has the database at path open, and keeps
// everybody from opening it until release is called: they find it busy. A file
// is to be put in its place meanwhile. The error is [ErrOpen] if somebody has.
//
// It is the lock that SQLite itself takes before it brings the log back.
func Alone(path string) (release func() error, err error) {
	t := libc.NewTLS()
	base := sqlite3.Xsqlite3_vfs_find(t, 0)
	size := cmem.At[sqlite3.Tsqlite3_vfs](base).FszOsFile
	p := libc.Xcalloc(t, 1, libc.Tsize_t(size))
	name := libc.Xcalloc(t, 1, libc.Tsize_t(len(path)+4)) // as SQLite's own, it ends in several zeros
	done := func() {
		libc.Xfree(t, name)
		libc.Xfree(t, p)
		t.Close()
	}
	if p == 0 || name == 0 {
		done()
		return nil, errors.New("vfs: no memory")
	}
	copy(cmem.Bytes(name, len(path)), path)
	if err := lockAlone(t, base, name, raw(p)); err != nil {
		done()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() error {
		defer done()
		if rc := raw(p).close(t); rc != ok {
			return fmt.Errorf("vfs: unlock %s: %d", path, rc)
		}
		return nil
	}, nil
}

func lockAlone(t *libc.TLS, base, name uintptr, f raw) error {
	open := cmem.At[sqlite3.Tsqlite3_vfs](base).FxOpen
	if rc := cmem.Func[fnFFFIF](open)(t, base, name, uintptr(f), sqlite3.SQLITE_OPEN_MAIN_DB|sqlite3.SQLITE_OPEN_READWRITE, 0); rc != ok {
		if f.isOpen() {
			f.close(t)
		}
		return fmt.Errorf("vfs: SQLite cannot open the file (%d)", rc)
	}
	for _, level := range []int32{sqlite3.SQLITE_LOCK_SHARED, sqlite3.SQLITE_LOCK_EXCLUSIVE} {
		rc := cmem.Func[fnFI](f.methods().FxLock)(t, uintptr(f), level)
		if rc == ok {
			continue
		}
		f.close(t)
		if rc&0xff == sqlite3.SQLITE_BUSY {
			return ErrOpen
		}
		return fmt.Errorf("vfs: SQLite cannot lock the file (%d)", rc)
	}
	return nil
}

// Exclusive opens the database at path, sealed under key, for nobody but f, with
// all of its log in it. Whoever tries to open it meanwhile finds it busy, also
// under another name that f gives it. The error is [Busy] if somebody has it open.
func Exclusive(path string, key [32]byte, f func(*Database) error) error {
	v, err := Register(key)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", v.dsn(path, "rw", "", "locking_mode(EXCLUSIVE)", "synchronous(FULL)"))
	if err != nil {
		return errors.Join(err, v.Close())
	}
	limit(db, 1)
	err = checkIn(db)
	if err == nil {
		err = f(&Database{Write: db, path: path, vfs: v})
	}
	return errors.Join(err, db.Close(), v.Close())
}

// Fits reports whether the database at path was made under key. It reads no page.
func Fits(path string, key [32]byte) (bool, error) {
	v, err := Register(key)
	if err != nil {
		return false, err
	}
	a, err := v.aside(path, sqlite3.SQLITE_OPEN_MAIN_DB)
	if err != nil {
		return false, errors.Join(err, v.Close())
	}
	p := &pageFile{file: a.file, unit: a.hold(a.tls, pageSize)}
	rc := p.identify(a.tls)
	a.release()
	if rc == foreign {
		return false, v.Close()
	}
	return rc == ok && p.keys != nil, errors.Join(readError(rc), v.Close())
}
