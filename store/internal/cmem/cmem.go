// Package cmem is the one place where an address that the translated SQLite hands
// out becomes a Go value. That SQLite keeps its memory outside the Go heap and
// speaks of it, functions included, in uintptr; nothing here may be used on an
// address inside the Go heap.
package cmem

import "unsafe"

// At gives what stands at address p, which must be aligned for it and stay
// allocated for as long as the result is used.
func At[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// Bytes gives the n bytes at address p.
func Bytes(p uintptr, n int) []byte { return unsafe.Slice(At[byte](p), n) }

// Start is the address of what Bytes gave.
func Start(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// Func gives the function whose address is p; F must be its type.
func Func[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }

// Address gives the address of a function for SQLite to call. It must be a
// declared one: a closure could be collected while SQLite still has it.
func Address[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }
