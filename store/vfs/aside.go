package vfs

import (
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

// aside is a file opened for reading beside SQLite's own handles. It must be the
// platform's VFS that opens it: to close a database's file by any other way would
// give back the locks that SQLite holds on it in this process (POSIX).
type aside struct {
	*file
	tls  *libc.TLS
	p    uintptr
	path uintptr
	name uintptr
}

// aside opens the file at path, which is of one of SQLite's kinds.
func (v *VFS) aside(path string, kind int32) (*aside, error) {
	a := &aside{tls: libc.NewTLS()}
	var err error
	if a.path, err = libc.CString(path); err != nil {
		a.tls.Close()
		return nil, err
	}
	a.name = sqlite3.Xsqlite3_create_filename(a.tls, a.path, a.path, a.path, 0, 0)
	a.p = libc.Xcalloc(a.tls, 1, libc.Tsize_t(v.platform().FszOsFile))
	a.file = &file{vfs: v, base: raw(a.p), close: func(*libc.TLS) {}}
	flags := int32(sqlite3.SQLITE_OPEN_READONLY) | kind
	rc := cmem.Func[fnFFFIF](v.platform().FxOpen)(a.tls, v.base, a.name, a.p, flags, 0)
	v.count(1)
	if rc != ok {
		a.release()
		return nil, fmt.Errorf("read %s: SQLite's code %d", path, rc)
	}
	return a, nil
}

func (a *aside) release() {
	if a.base.isOpen() {
		a.base.close(a.tls)
	}
	a.file.close(a.tls)
	libc.Xfree(a.tls, a.p)
	sqlite3.Xsqlite3_free_filename(a.tls, a.name)
	libc.Xfree(a.tls, a.path)
	a.tls.Close()
	a.vfs.count(-1)
}

// pagesAside opens the database at path, whatever is known of its tags.
func (v *VFS) pagesAside(path string) (*aside, *pageFile, error) {
	a, err := v.aside(path, sqlite3.SQLITE_OPEN_MAIN_DB)
	if err != nil {
		return nil, nil, err
	}
	p := &pageFile{file: a.file, unit: a.hold(a.tls, pageSize)}
	a.content = p
	rc := p.identify(a.tls)
	if rc == ok && p.keys == nil {
		rc = altered
	}
	if rc != ok {
		a.release()
		return nil, nil, fmt.Errorf("read %s: %w", path, readError(rc))
	}
	return a, p, nil
}

// readError says what a code means for who reads aside.
func readError(rc int32) error {
	switch rc {
	case ok:
		return nil
	case altered, shortRead:
		return ErrDamaged
	}
	return fmt.Errorf("SQLite's code %d", rc)
}
