package vfs

import (
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

func xRead(t *libc.TLS, p, z uintptr, n int32, off int64) int32 {
	out := cmem.Bytes(z, int(n))
	rc := fileAt(p).read(t, out, off)
	if rc != ok && rc != shortRead {
		clear(out)
	}
	return rc
}

func xWrite(t *libc.TLS, p, z uintptr, n int32, off int64) int32 {
	return fileAt(p).write(t, cmem.Bytes(z, int(n)), off)
}

func xTruncate(t *libc.TLS, p uintptr, size int64) int32 { return fileAt(p).truncate(t, size) }

func xSync(t *libc.TLS, p uintptr, flags int32) int32 {
	return fileAt(p).sync(t, flags)
}

func xFileSize(t *libc.TLS, p, out uintptr) int32 {
	size, rc := fileAt(p).size(t)
	*cmem.At[int64](out) = size
	return rc
}

func xLock(t *libc.TLS, p uintptr, level int32) int32 {
	fileAt(p).locked()
	b := baseOf(p)
	return cmem.Func[fnFI](b.methods().FxLock)(t, uintptr(b), level)
}

func xUnlock(t *libc.TLS, p uintptr, level int32) int32 {
	fileAt(p).locked()
	b := baseOf(p)
	return cmem.Func[fnFI](b.methods().FxUnlock)(t, uintptr(b), level)
}

func xCheckReservedLock(t *libc.TLS, p, out uintptr) int32 {
	b := baseOf(p)
	return cmem.Func[fnFF](b.methods().FxCheckReservedLock)(t, uintptr(b), out)
}

// xFileControl lets through what is known not to touch the content. A size hint
// or chunk size would grow the file by bytes that nobody sealed, so it is taken
// and dropped; a memory map is always of size 0; the rest is unknown.
func xFileControl(t *libc.TLS, p uintptr, op int32, arg uintptr) int32 {
	switch op {
	case sqlite3.SQLITE_FCNTL_SIZE_HINT, sqlite3.SQLITE_FCNTL_CHUNK_SIZE:
		return ok
	case sqlite3.SQLITE_FCNTL_MMAP_SIZE:
		*cmem.At[int64](arg) = 0
		return ok
	case sqlite3.SQLITE_FCNTL_LOCKSTATE, sqlite3.SQLITE_FCNTL_LAST_ERRNO, sqlite3.SQLITE_FCNTL_PERSIST_WAL,
		sqlite3.SQLITE_FCNTL_VFSNAME, sqlite3.SQLITE_FCNTL_TEMPFILENAME, sqlite3.SQLITE_FCNTL_HAS_MOVED,
		sqlite3.SQLITE_FCNTL_LOCK_TIMEOUT, sqlite3.SQLITE_FCNTL_EXTERNAL_READER, sqlite3.SQLITE_FCNTL_WIN32_AV_RETRY:
		b := baseOf(p)
		return cmem.Func[fnFIF](b.methods().FxFileControl)(t, uintptr(b), op, arg)
	}
	return sqlite3.SQLITE_NOTFOUND
}

// xSectorSize is at least the size of a block, so that SQLite never lets a torn
// write reach a block that it has already synced.
func xSectorSize(*libc.TLS, uintptr) int32 { return blockSize }

// xDeviceCharacteristics withholds every promise of atomic or partial transfers,
// which sealed units do not keep, and gives the one that the format itself keeps:
// a write touches no unit but its own.
func xDeviceCharacteristics(t *libc.TLS, p uintptr) int32 {
	b := baseOf(p)
	c := cmem.Func[fnF](b.methods().FxDeviceCharacteristics)(t, uintptr(b))
	return c&sqlite3.SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | sqlite3.SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

// xShmMap says plainly that the disk is full where the platform says that the
// log's index cannot grow: while a connection opens, only the plain code is left
// of an error.
func xShmMap(t *libc.TLS, p uintptr, region, size, extend int32, out uintptr) int32 {
	b := baseOf(p)
	rc := cmem.Func[fnFIIIF](b.methods().FxShmMap)(t, uintptr(b), region, size, extend, out)
	if rc == sqlite3.SQLITE_IOERR_SHMSIZE {
		return noSpace
	}
	return rc
}

func xShmLock(t *libc.TLS, p uintptr, off, n, flags int32) int32 {
	fileAt(p).locked()
	b := baseOf(p)
	return cmem.Func[fnFIII](b.methods().FxShmLock)(t, uintptr(b), off, n, flags)
}

func xShmBarrier(t *libc.TLS, p uintptr) {
	b := baseOf(p)
	cmem.Func[fnVoid](b.methods().FxShmBarrier)(t, uintptr(b))
}

func xShmUnmap(t *libc.TLS, p uintptr, remove int32) int32 {
	b := baseOf(p)
	return cmem.Func[fnFI](b.methods().FxShmUnmap)(t, uintptr(b), remove)
}
