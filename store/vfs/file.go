package vfs

import (
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

// file is one open file. SQLite uses a file from one goroutine at a time.
type file struct {
	vfs  *VFS
	base raw
	content
	close func(*libc.TLS)
}

// content is the sealed side of a file: SQLite's offsets and sizes on one side,
// the platform's on the other. Each answers SQLite's result codes.
type content interface {
	read(t *libc.TLS, out []byte, off int64) int32
	write(t *libc.TLS, in []byte, off int64) int32
	truncate(t *libc.TLS, size int64) int32
	size(t *libc.TLS) (int64, int32)
	sync(t *libc.TLS, flags int32) int32
	locked() // a lock was taken or given back: others may have changed the file
}

// ours is what stands in C memory before the platform's own sqlite3_file.
type ours struct {
	pMethods uintptr
	_        uintptr // keeps the platform's part aligned to 16 bytes
}

const ourSize = unsafe.Sizeof(ours{})

func baseOf(p uintptr) raw { return raw(p + ourSize) }

func fileAt(p uintptr) *file { return opened.get(p) }

// kinds are the flags of which xOpen gets exactly one.
const kinds = sqlite3.SQLITE_OPEN_MAIN_DB | sqlite3.SQLITE_OPEN_TEMP_DB | sqlite3.SQLITE_OPEN_TRANSIENT_DB |
	sqlite3.SQLITE_OPEN_MAIN_JOURNAL | sqlite3.SQLITE_OPEN_TEMP_JOURNAL | sqlite3.SQLITE_OPEN_SUBJOURNAL |
	sqlite3.SQLITE_OPEN_SUPER_JOURNAL | sqlite3.SQLITE_OPEN_WAL

func xOpen(t *libc.TLS, pv, name, p uintptr, flags int32, out uintptr) int32 {
	v := vfsAt(pv)
	cmem.At[ours](p).pMethods = 0
	base := baseOf(p)
	rc := cmem.Func[fnFFFIF](v.platform().FxOpen)(t, v.base, name, uintptr(base), flags, out)
	if rc != ok {
		if base.isOpen() {
			base.close(t)
		}
		return rc
	}
	f := &file{vfs: v, base: base}
	if rc = f.dress(t, name, flags); rc != ok {
		base.close(t)
		return rc
	}
	v.count(1)
	opened.put(p, f)
	cmem.At[ours](p).pMethods = ioMethods()
	return ok
}

// dress gives the file the content that its kind has. A super-journal is
// refused: it would name files of several keys, and a write-ahead log needs none.
func (f *file) dress(t *libc.TLS, name uintptr, flags int32) int32 {
	switch flags & kinds {
	case sqlite3.SQLITE_OPEN_MAIN_DB:
		return f.asPages(t, name, flags&sqlite3.SQLITE_OPEN_CREATE != 0)
	case sqlite3.SQLITE_OPEN_WAL:
		return f.asLog(t, name)
	case sqlite3.SQLITE_OPEN_MAIN_JOURNAL:
		return f.asJournal(t, name)
	case sqlite3.SQLITE_OPEN_TEMP_DB, sqlite3.SQLITE_OPEN_TRANSIENT_DB,
		sqlite3.SQLITE_OPEN_TEMP_JOURNAL, sqlite3.SQLITE_OPEN_SUBJOURNAL:
		return f.asTemp(t)
	}
	return refused
}

// databaseOf gives the database that the log or journal called name belongs to.
func databaseOf(t *libc.TLS, name uintptr) (*pageFile, int32) {
	if name == 0 {
		return nil, refused
	}
	db := opened.get(sqlite3.Xsqlite3_database_file_object(t, name))
	if db == nil {
		return nil, refused
	}
	pages, is := db.content.(*pageFile)
	if !is {
		return nil, refused
	}
	return pages, ok
}

// hold keeps n bytes of C memory for as long as the file is open.
func (f *file) hold(t *libc.TLS, n int) []byte {
	b := scratch(t, n)
	f.close = func(t *libc.TLS) { free(t, b) }
	return b
}

func xClose(t *libc.TLS, p uintptr) int32 {
	f := fileAt(p)
	f.locked()
	rc := f.base.close(t)
	f.close(t)
	opened.drop(p)
	cmem.At[ours](p).pMethods = 0
	f.vfs.count(-1)
	return rc
}

// ioMethods is the table of our doors, made once and never freed: SQLite may hold
// its address for the life of the process. Version 2 has no memory mapping, which
// would show SQLite the sealed bytes.
var ioMethods = sync.OnceValue(func() uintptr {
	t := libc.NewTLS()
	defer t.Close()
	p := libc.Xcalloc(t, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
	*cmem.At[sqlite3.Tsqlite3_io_methods](p) = sqlite3.Tsqlite3_io_methods{
		FiVersion:               2,
		FxClose:                 cmem.Address[fnF](xClose),
		FxRead:                  cmem.Address[fnFFIL](xRead),
		FxWrite:                 cmem.Address[fnFFIL](xWrite),
		FxTruncate:              cmem.Address[fnFL](xTruncate),
		FxSync:                  cmem.Address[fnFI](xSync),
		FxFileSize:              cmem.Address[fnFF](xFileSize),
		FxLock:                  cmem.Address[fnFI](xLock),
		FxUnlock:                cmem.Address[fnFI](xUnlock),
		FxCheckReservedLock:     cmem.Address[fnFF](xCheckReservedLock),
		FxFileControl:           cmem.Address[fnFIF](xFileControl),
		FxSectorSize:            cmem.Address[fnF](xSectorSize),
		FxDeviceCharacteristics: cmem.Address[fnF](xDeviceCharacteristics),
		FxShmMap:                cmem.Address[fnFIIIF](xShmMap),
		FxShmLock:               cmem.Address[fnFIII](xShmLock),
		FxShmBarrier:            cmem.Address[fnVoid](xShmBarrier),
		FxShmUnmap:              cmem.Address[fnFI](xShmUnmap),
	}
	return p
})
