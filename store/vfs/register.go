package vfs

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
	"daicho/store/internal/fault"
)

// VFS is one data key made known to SQLite under a random name. Files opened
// through it are sealed under that key. It is safe for use by several goroutines.
type VFS struct {
	name string
	key  [32]byte
	base uintptr // the platform's sqlite3_vfs
	self uintptr // ours

	tagged bool // a database that is there already must have its table of tags

	random func([]byte)

	mu    sync.Mutex
	files int
	made  map[identity]*fileKeys
	known map[string]*tags // by where they stand
	why   error            // what was wrong with a table that was looked for
}

// fileKeys are the sealers of one database file and its companions.
type fileKeys struct {
	id      identity
	pages   *sealer
	log     *sealer
	journal *sealer
}

// ErrInUse is returned by Close while files are still open.
var ErrInUse = errors.New("vfs: files are still open")

// registered finds the Go side of what SQLite holds: *VFS by the address of its
// sqlite3_vfs, *file by the address of its sqlite3_file.
var (
	registered table[*VFS]
	opened     table[*file]
)

// table is a map by address that is read far more often than written.
type table[T any] struct {
	mu sync.RWMutex
	m  map[uintptr]T
}

func (t *table[T]) get(p uintptr) T {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.m[p]
}

func (t *table[T]) put(p uintptr, v T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.m == nil {
		t.m = map[uintptr]T{}
	}
	t.m[p] = v
}

func (t *table[T]) drop(p uintptr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.m, p)
}

// Register makes key known to SQLite and returns the VFS that seals with it.
// Each database file should have a key of its own, hence a VFS of its own. Close
// it after the last connection is closed.
func Register(key [32]byte) (*VFS, error) {
	return register(key, func(b []byte) { rand.Read(b) })
}

func register(key [32]byte, random func([]byte)) (*VFS, error) {
	var suffix [8]byte
	rand.Read(suffix[:])
	v := &VFS{name: "daicho-" + hex.EncodeToString(suffix[:]), key: key, random: random, made: map[identity]*fileKeys{}, known: map[string]*tags{}}
	t := libc.NewTLS()
	defer t.Close()
	if v.base = sqlite3.Xsqlite3_vfs_find(t, 0); v.base == 0 {
		return nil, errors.New("vfs: SQLite has no file system on this platform")
	}
	if err := v.build(t); err != nil {
		return nil, err
	}
	registered.put(v.self, v)
	if rc := sqlite3.Xsqlite3_vfs_register(t, v.self, 0); rc != ok {
		v.release(t)
		return nil, fmt.Errorf("vfs: SQLite refused the registration (%d)", rc)
	}
	return v, nil
}

// build makes our sqlite3_vfs in C memory: a copy of the platform's, whose clock,
// sleep and randomness take no notice of whom they are called through, with our
// own doors in place of those that touch files.
func (v *VFS) build(t *libc.TLS) error {
	v.self = libc.Xcalloc(t, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	name, err := libc.CString(v.name)
	if err != nil || v.self == 0 {
		return fmt.Errorf("vfs: out of memory")
	}
	s := cmem.At[sqlite3.Tsqlite3_vfs](v.self)
	*s = *cmem.At[sqlite3.Tsqlite3_vfs](v.base)
	s.FpNext, s.FpAppData, s.FzName = 0, 0, name
	s.FszOsFile += int32(ourSize)
	s.FxOpen = cmem.Address[fnFFFIF](xOpen)
	s.FxDelete = cmem.Address[fnFFI](xDelete)
	s.FxAccess = cmem.Address[fnFFIF](xAccess)
	s.FxFullPathname = cmem.Address[fnFFIF](xFullPathname)
	return nil
}

func (v *VFS) release(t *libc.TLS) {
	registered.drop(v.self)
	libc.Xfree(t, cmem.At[sqlite3.Tsqlite3_vfs](v.self).FzName)
	libc.Xfree(t, v.self)
	v.self = 0
	v.key = [32]byte{}
	v.made, v.known = nil, nil
}

// Name is what a DSN gives as vfs=NAME. It is random and tells nothing.
func (v *VFS) Name() string { return v.name }

// Close takes the VFS from SQLite and forgets its key. It returns ErrInUse, and
// does nothing, while a file is open through it. Closing twice is harmless.
func (v *VFS) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.self == 0 {
		return nil
	}
	if v.files > 0 {
		return ErrInUse
	}
	t := libc.NewTLS()
	defer t.Close()
	if rc := sqlite3.Xsqlite3_vfs_unregister(t, v.self); rc != ok {
		return fmt.Errorf("vfs: SQLite refused to let go (%d)", rc)
	}
	v.release(t)
	return nil
}

// keysOf gives the sealers of the file called id, the same ones for every handle
// of this process, so that their nonces are counted together.
func (v *VFS) keysOf(id identity) (*fileKeys, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if k := v.made[id]; k != nil {
		return k, nil
	}
	k := &fileKeys{id: id}
	for _, part := range []struct {
		purpose string
		sealer  **sealer
	}{{"page", &k.pages}, {"log", &k.log}, {"journal", &k.journal}} {
		key, err := derive(&v.key, id, part.purpose)
		if err != nil {
			return nil, err
		}
		if *part.sealer, err = newSealer(key, v.random); err != nil {
			return nil, err
		}
	}
	v.made[id] = k
	return k, nil
}

func (v *VFS) count(n int) {
	v.mu.Lock()
	v.files += n
	v.mu.Unlock()
}

func (v *VFS) platform() *sqlite3.Tsqlite3_vfs { return cmem.At[sqlite3.Tsqlite3_vfs](v.base) }

func vfsAt(p uintptr) *VFS { return registered.get(p) }

func xDelete(t *libc.TLS, p, name uintptr, syncDir int32) int32 {
	if rc := before(fault.Delete, badDelete); rc != ok {
		return rc
	}
	v := vfsAt(p)
	if rc := beforeDelete(t, name); rc != ok {
		return rc
	}
	return cmem.Func[fnFFI](v.platform().FxDelete)(t, v.base, name, syncDir)
}

func xAccess(t *libc.TLS, p, name uintptr, flags int32, out uintptr) int32 {
	v := vfsAt(p)
	return cmem.Func[fnFFIF](v.platform().FxAccess)(t, v.base, name, flags, out)
}

func xFullPathname(t *libc.TLS, p, name uintptr, n int32, out uintptr) int32 {
	v := vfsAt(p)
	return cmem.Func[fnFFIF](v.platform().FxFullPathname)(t, v.base, name, n, out)
}
