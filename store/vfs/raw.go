package vfs

import (
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/durable"
	"daicho/store/internal/cmem"
	"daicho/store/internal/fault"
)

// Shapes of SQLite's function pointers, named by their arguments after the
// thread: f file or pointer, i int, l long.
type (
	fnF     = func(*libc.TLS, uintptr) int32
	fnFI    = func(*libc.TLS, uintptr, int32) int32
	fnFL    = func(*libc.TLS, uintptr, int64) int32
	fnFF    = func(*libc.TLS, uintptr, uintptr) int32
	fnFIF   = func(*libc.TLS, uintptr, int32, uintptr) int32
	fnFFI   = func(*libc.TLS, uintptr, uintptr, int32) int32
	fnFFIL  = func(*libc.TLS, uintptr, uintptr, int32, int64) int32
	fnFFIF  = func(*libc.TLS, uintptr, uintptr, int32, uintptr) int32
	fnFFFIF = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	fnFIII  = func(*libc.TLS, uintptr, int32, int32, int32) int32
	fnFIIIF = func(*libc.TLS, uintptr, int32, int32, int32, uintptr) int32
	fnVoid  = func(*libc.TLS, uintptr)
)

// raw is the platform's own open file below ours.
type raw uintptr

func (r raw) methods() *sqlite3.Tsqlite3_io_methods {
	return cmem.At[sqlite3.Tsqlite3_io_methods](cmem.At[sqlite3.Tsqlite3_file](uintptr(r)).FpMethods)
}

func (r raw) isOpen() bool { return cmem.At[sqlite3.Tsqlite3_file](uintptr(r)).FpMethods != 0 }

func (r raw) close(t *libc.TLS) int32 { return cmem.Func[fnF](r.methods().FxClose)(t, uintptr(r)) }

// read fills b, which is C memory, from off.
func (r raw) read(t *libc.TLS, b []byte, off int64) int32 {
	return cmem.Func[fnFFIL](r.methods().FxRead)(t, uintptr(r), cmem.Start(b), int32(len(b)), off)
}

// write writes b, which is C memory, at off.
func (r raw) write(t *libc.TLS, b []byte, off int64) int32 {
	if rc := before(fault.Write, badWrite); rc != ok {
		return rc
	}
	return cmem.Func[fnFFIL](r.methods().FxWrite)(t, uintptr(r), cmem.Start(b), int32(len(b)), off)
}

func (r raw) truncate(t *libc.TLS, size int64) int32 {
	if rc := before(fault.Truncate, badTruncate); rc != ok {
		return rc
	}
	return cmem.Func[fnFL](r.methods().FxTruncate)(t, uintptr(r), size)
}

func (r raw) size(t *libc.TLS) (int64, int32) {
	p := t.Alloc(8)
	defer t.Free(8)
	rc := cmem.Func[fnFF](r.methods().FxFileSize)(t, uintptr(r), p)
	return *cmem.At[int64](p), rc
}

// before asks whether a test wants this operation to fail, and as the platform
// would say it.
func before(op fault.Op, failed int32) int32 {
	err := fault.Before(op)
	switch {
	case err == nil:
		return ok
	case durable.Full(err):
		return noSpace
	}
	return failed
}

func (r raw) sync(t *libc.TLS, flags int32) int32 {
	if rc := before(fault.Sync, badSync); rc != ok {
		return rc
	}
	return cmem.Func[fnFI](r.methods().FxSync)(t, uintptr(r), flags)
}

// scratch is C memory of n bytes that free gives back.
func scratch(t *libc.TLS, n int) []byte {
	p := libc.Xmalloc(t, libc.Tsize_t(n))
	if p == 0 {
		return nil
	}
	return cmem.Bytes(p, n)
}

func free(t *libc.TLS, b []byte) {
	clear(b)
	libc.Xfree(t, cmem.Start(b))
}
