package vfs

import (
	"errors"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/durable"
)

// What the callbacks answer to SQLite.
const (
	ok          = sqlite3.SQLITE_OK
	shortRead   = sqlite3.SQLITE_IOERR_SHORT_READ
	badRead     = sqlite3.SQLITE_IOERR_READ
	badWrite    = sqlite3.SQLITE_IOERR_WRITE
	badTruncate = sqlite3.SQLITE_IOERR_TRUNCATE
	badSync     = sqlite3.SQLITE_IOERR_FSYNC
	badDelete   = sqlite3.SQLITE_IOERR_DELETE
	noSpace     = sqlite3.SQLITE_FULL
	noMemory    = sqlite3.SQLITE_IOERR_NOMEM
	altered     = sqlite3.SQLITE_IOERR_DATA
	cut         = sqlite3.SQLITE_CORRUPT
	foreign     = sqlite3.SQLITE_NOTADB
	refused     = sqlite3.SQLITE_CANTOPEN
)

// Damaged reports whether err says that a file is not what was written: a page
// that fails its authentication, a file cut short or emptied, a broken
// structure. The file must then be left alone and restored, never written to.
func Damaged(err error) bool {
	return errors.Is(err, ErrDamaged) || code(err) == altered || code(err)&0xff == sqlite3.SQLITE_CORRUPT
}

// WrongKey reports whether err says that a file was not made under the key
// given: the key is another file's, or the file is none of ours, or its first 16
// bytes are damaged.
func WrongKey(err error) bool { return code(err) == foreign }

// Busy reports whether err says that another connection or process held the
// lock for longer than the busy time-out. The same call may succeed later.
func Busy(err error) bool { return code(err)&0xff == sqlite3.SQLITE_BUSY }

// Full reports whether err says that the disk is full.
func Full(err error) bool { return code(err)&0xff == sqlite3.SQLITE_FULL || durable.Full(err) }

// Failing reports whether err says that the disk does not do as it is told: it is
// broken or gone, or a file grew larger than the system lets it.
func Failing(err error) bool { return code(err)&0xff == sqlite3.SQLITE_IOERR }

// answer is what SQLite is told of a failure with a file of ours: otherwise, unless
// the disk is full or the file is not what was written.
func answer(err error, otherwise int32) int32 {
	switch {
	case err == nil:
		return ok
	case durable.Full(err):
		return noSpace
	case errors.Is(err, ErrDamaged), errors.Is(err, fs.ErrNotExist):
		return altered
	}
	return otherwise
}

// code is SQLite's extended result code in err, or 0.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
