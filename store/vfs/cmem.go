package vfs

import (
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// The translated SQLite keeps its memory outside the Go heap and speaks of it in
// uintptr, functions included. These few lines are the only place where such a
// number becomes a Go value; none of them ever points into the Go heap.

// at gives what stands at address p.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// bytesAt gives the n bytes at address p.
func bytesAt(p uintptr, n int) []byte { return unsafe.Slice(at[byte](p), n) }

// fn gives the function whose address is p.
func fn[T any](p uintptr) T { return *(*T)(unsafe.Pointer(&p)) }

// address gives the address of a function, which must be a declared one: a
// closure could be collected.
func address[T any](f T) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

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
	return at[sqlite3.Tsqlite3_io_methods](at[sqlite3.Tsqlite3_file](uintptr(r)).FpMethods)
}

func (r raw) isOpen() bool { return at[sqlite3.Tsqlite3_file](uintptr(r)).FpMethods != 0 }

func (r raw) close(t *libc.TLS) int32 { return fn[fnF](r.methods().FxClose)(t, uintptr(r)) }

// read fills b, which is C memory, from off.
func (r raw) read(t *libc.TLS, b []byte, off int64) int32 {
	return fn[fnFFIL](r.methods().FxRead)(t, uintptr(r), start(b), int32(len(b)), off)
}

// write writes b, which is C memory, at off.
func (r raw) write(t *libc.TLS, b []byte, off int64) int32 {
	return fn[fnFFIL](r.methods().FxWrite)(t, uintptr(r), start(b), int32(len(b)), off)
}

func (r raw) truncate(t *libc.TLS, size int64) int32 {
	return fn[fnFL](r.methods().FxTruncate)(t, uintptr(r), size)
}

func (r raw) size(t *libc.TLS) (int64, int32) {
	p := t.Alloc(8)
	defer t.Free(8)
	rc := fn[fnFF](r.methods().FxFileSize)(t, uintptr(r), p)
	return *at[int64](p), rc
}

// start is the address of C memory.
func start(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// scratch is C memory of n bytes that free gives back.
func scratch(t *libc.TLS, n int) []byte {
	p := libc.Xmalloc(t, libc.Tsize_t(n))
	if p == 0 {
		return nil
	}
	return bytesAt(p, n)
}

func free(t *libc.TLS, b []byte) {
	clear(b)
	libc.Xfree(t, start(b))
}
