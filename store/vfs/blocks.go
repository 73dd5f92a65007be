package vfs

import (
	"modernc.org/libc"
)

// blockFile is a journal or a temporary file, which SQLite reads and writes in
// pieces of any length: blocks of 4096 bytes, each sealed, the last one shorter.
type blockFile struct {
	file *file
	unit []byte // C memory of one sealed block
	seal *sealer
	aad  binding
	temp bool
}

// asJournal makes f the rollback journal of a database. One that has a table of
// tags never has a journal: what stands there was put there.
func (f *file) asJournal(t *libc.TLS, name uintptr) int32 {
	db, rc := databaseOf(t, name)
	if rc != ok {
		return rc
	}
	if db.tags != nil {
		return cut
	}
	keys, rc := db.sealing(t)
	if rc != ok {
		return rc
	}
	return f.journalOf(t, keys)
}

func (f *file) journalOf(t *libc.TLS, keys *fileKeys) int32 {
	b := &blockFile{seal: keys.journal}
	b.aad.file(kindJournal, keys.id)
	return b.attach(t, f)
}

// asTemp makes f a temporary file, under a key that nobody keeps.
func (f *file) asTemp(t *libc.TLS) int32 {
	var key [32]byte
	f.vfs.random(key[:])
	seal, err := newSealer(key[:], f.vfs.random)
	if err != nil {
		return noMemory
	}
	b := &blockFile{seal: seal, temp: true}
	b.aad.file(kindTemp, identity{})
	return b.attach(t, f)
}

func (b *blockFile) attach(t *libc.TLS, f *file) int32 {
	b.file, f.content = f, b
	if b.unit = f.hold(t, sealedBlock); b.unit == nil {
		return noMemory
	}
	return ok
}

func (b *blockFile) locked() {}

func (b *blockFile) sync(t *libc.TLS, flags int32) int32 { return b.file.base.sync(t, flags) }

func (b *blockFile) size(t *libc.TLS) (int64, int32) {
	n, rc := b.file.base.size(t)
	return n/sealedBlock*blockSize + max(0, n%sealedBlock-overhead), rc
}

func (b *blockFile) read(t *libc.TLS, out []byte, off int64) int32 {
	size, rc := b.size(t)
	if rc != ok {
		return rc
	}
	bears := b.bearsDamage(len(out), off, size)
	for len(out) > 0 {
		n, rc := b.load(t, off/blockSize, size)
		if rc == altered && bears {
			n, rc = 0, ok
		}
		if rc != ok {
			return rc
		}
		within := off % blockSize
		c := copy(out[:min(len(out), int(blockSize-within))], b.unit[min(within, int64(n)):n])
		if c == 0 {
			c = min(len(out), int(blockSize-within))
			clear(out[:c])
		}
		out, off = out[c:], off+int64(c)
	}
	if off > size {
		return shortRead
	}
	return ok
}

// bearsDamage reports whether a crash may have left the bytes read unauthentic,
// so that they must read as zeros: the first bytes of a journal's header, which
// SQLite rewrites in place, and the last 16 of the file, where it looks for the
// name of a super-journal. What it plays back lies between, and was synced.
func (b *blockFile) bearsDamage(n int, off, size int64) bool {
	header := off%blockSize == 0 && n != 4 && n < 100
	return !b.temp && (header || off >= size-16)
}

// load reads block i into unit and returns how many bytes it has.
func (b *blockFile) load(t *libc.TLS, i, size int64) (int, int32) {
	n := int(min(blockSize, max(0, size-i*blockSize)))
	if n == 0 {
		return 0, ok
	}
	unit := b.unit[:n+overhead]
	if rc := b.file.base.read(t, unit, i*sealedBlock); rc != ok {
		return 0, damageIfShort(rc)
	}
	if !b.seal.unseal(unit, b.aad.place(i)) {
		return 0, altered
	}
	return n, ok
}

// store seals the first n bytes of unit as block i.
func (b *blockFile) store(t *libc.TLS, i int64, n int) int32 {
	unit := b.unit[:n+overhead]
	if err := b.seal.seal(unit, unit[:n], b.aad.place(i)); err != nil {
		return badWrite
	}
	return b.file.base.write(t, unit, i*sealedBlock)
}

func (b *blockFile) write(t *libc.TLS, in []byte, off int64) int32 {
	size, rc := b.size(t)
	if rc == ok && off > size {
		rc = b.grow(t, size, off)
		size = off
	}
	for rc == ok && len(in) > 0 {
		n := min(len(in), int(blockSize-off%blockSize))
		rc = b.splice(t, in[:n], off, size)
		in, off = in[n:], off+int64(n)
		size = max(size, off)
	}
	return rc
}

// grow writes zeros from the end of the file, at size, up to end.
func (b *blockFile) grow(t *libc.TLS, size, end int64) int32 {
	var zero [blockSize]byte
	for size < end {
		n := min(end-size, blockSize-size%blockSize)
		if rc := b.splice(t, zero[:n], size, size); rc != ok {
			return rc
		}
		size += n
	}
	return ok
}

// splice writes in, which lies within one block, at off of a file of size bytes.
// A block that a crash left unauthentic in a journal counts as zeros: SQLite only
// writes into it to begin anew.
func (b *blockFile) splice(t *libc.TLS, in []byte, off, size int64) int32 {
	i, within := off/blockSize, int(off%blockSize)
	had := int(min(blockSize, max(0, size-i*blockSize)))
	if within > 0 || len(in) < had {
		if _, rc := b.load(t, i, size); rc != ok && (b.temp || rc != altered) {
			return rc
		}
	}
	copy(b.unit[within:], in)
	return b.store(t, i, max(had, within+len(in)))
}

func (b *blockFile) truncate(t *libc.TLS, size int64) int32 {
	now, rc := b.size(t)
	if rc != ok {
		return rc
	}
	if size > now {
		return b.grow(t, now, size)
	}
	i, n := size/blockSize, int(size%blockSize)
	if n == 0 {
		return b.file.base.truncate(t, i*sealedBlock)
	}
	if _, rc := b.load(t, i, now); rc != ok {
		return rc
	}
	if rc := b.store(t, i, n); rc != ok {
		return rc
	}
	return b.file.base.truncate(t, i*sealedBlock+int64(n)+overhead)
}
