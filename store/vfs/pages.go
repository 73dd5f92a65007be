package vfs

import (
	"os"

	"modernc.org/libc"
)

// pageFile is a database file: page n (from 0) stands at n*4096, sealed in place.
// Page 0 carries the file's identity where SQLite's magic would stand.
type pageFile struct {
	file *file
	unit []byte // C memory of one page
	aad  binding

	keys   *fileKeys // nil until the identity is known or drawn
	onDisk bool      // the identity stands in the file
	known  int64     // the file has at least this size; 0 after a change of locks

	tags   *tags    // of the pages; nil for a file that has none
	out    *os.File // the table of tags, open while a checkpoint writes
	source logPlace // what was last read of the log
}

// logPlace is a page in the log.
type logPlace struct {
	page  int64  // from 1
	frame uint64 // from 1
}

// asPages makes f a database file. Without create, a file that is empty or too
// short for an identity is damage: SQLite would take it for a new database and
// throw its write-ahead log away.
func (f *file) asPages(t *libc.TLS, name uintptr, create bool) int32 {
	p := &pageFile{file: f, unit: f.hold(t, pageSize)}
	if p.unit == nil {
		return noMemory
	}
	f.content = p
	rc := p.identify(t)
	if rc == altered || rc == ok && !p.onDisk && !create {
		rc = cut // an opening tells the program no more than this part of a code
	}
	if f.vfs.tagged && !create {
		rc = p.findTags(rc, libc.GoString(name))
	}
	if rc != ok {
		f.close(t)
	}
	return rc
}

// identify reads the identity of the file, unless it is known already. An empty
// file has none yet.
func (p *pageFile) identify(t *libc.TLS) int32 {
	if p.onDisk {
		return ok
	}
	size, rc := p.file.base.size(t)
	if rc != ok || size == 0 {
		return rc
	}
	head := p.unit[:identitySize]
	if rc := p.file.base.read(t, head, 0); rc != ok {
		return damageIfShort(rc)
	}
	id := identity(head)
	if !id.madeBy(&p.file.vfs.key) {
		return foreign
	}
	p.onDisk = true
	return p.adopt(id)
}

func (p *pageFile) adopt(id identity) int32 {
	keys, err := p.file.vfs.keysOf(id)
	if err != nil {
		return noMemory
	}
	p.keys = keys
	p.aad.file(kindPage, id)
	return ok
}

// sealing gives the keys to write with, and draws an identity if the file is new.
func (p *pageFile) sealing(t *libc.TLS) (*fileKeys, int32) {
	if rc := p.identify(t); rc != ok || p.keys != nil {
		return p.keys, rc
	}
	id, err := newIdentity(&p.file.vfs.key, p.file.vfs.random)
	if err != nil {
		return nil, noMemory
	}
	return p.keys, p.adopt(id)
}

func (p *pageFile) size(t *libc.TLS) (int64, int32) { return p.file.base.size(t) }

func (p *pageFile) read(t *libc.TLS, out []byte, off int64) int32 {
	n, within := off/pageSize, off%pageSize
	if within+int64(len(out)) > pageSize {
		return badRead
	}
	if rc := p.identify(t); rc != ok {
		return rc
	}
	if len(out) == pageSize {
		return p.load(t, out, n)
	}
	rc := p.load(t, p.unit, n)
	switch {
	case rc == ok:
		copy(out, p.unit[within:])
	case off == 0 && len(out) == 100:
		return firstLook(out)
	case rc == shortRead:
		clear(out)
	}
	return rc
}

// firstLook answers SQLite's read of the first 100 bytes at opening when there is
// no readable page 1: the file is new, or a crash tore the page and a log or
// journal holds it. It needs the page size and the reserved bytes before it can
// go on; the page itself is authenticated when it is really read.
func firstLook(out []byte) int32 {
	clear(out)
	out[16], out[17], out[20] = pageSize>>8, 0, overhead
	return shortRead
}

// load reads page n (from 0) into page, which is C memory.
func (p *pageFile) load(t *libc.TLS, page []byte, n int64) int32 {
	if p.keys == nil {
		clear(page)
		return shortRead
	}
	if rc := p.file.base.read(t, page, n*pageSize); rc != ok {
		return p.missing(t, page, n, rc)
	}
	if rc := p.isLast(t, page, n); rc != ok {
		return rc
	}
	if !p.unsealPage(page, n) {
		return altered
	}
	clear(page[usable:]) // SQLite's checksums cover them as it wrote them: zero
	return ok
}

// missing answers for a page that the file does not hold whole. SQLite takes a
// page after the end for zeros, which is right only for a database not yet
// written; any other such page was cut off.
func (p *pageFile) missing(t *libc.TLS, page []byte, n int64, rc int32) int32 {
	if rc != shortRead {
		return rc
	}
	size, rc := p.file.base.size(t)
	if rc != ok {
		return rc
	}
	if size > 0 || n > 0 {
		return altered
	}
	clear(page)
	return shortRead
}

func (p *pageFile) unsealPage(page []byte, n int64) bool {
	if n > 0 {
		return p.keys.pages.unseal(page, p.aad.place(n+1))
	}
	if identity(page) != p.keys.id {
		return false
	}
	copy(page, magic)
	return p.keys.pages.unseal(page[identitySize:], p.aad.place(1))
}

// write takes whole pages only, with nothing in the reserved bytes: anything else
// would come from a database made without them, and lose data.
func (p *pageFile) write(t *libc.TLS, in []byte, off int64) int32 {
	if len(in) != pageSize || off%pageSize != 0 || !allZero(in[usable:]) {
		return badWrite
	}
	if off == 0 && !isFirstPage(in) {
		return badWrite
	}
	if _, rc := p.sealing(t); rc != ok {
		return rc
	}
	if rc := p.ready(); rc != ok {
		return rc
	}
	if rc := p.fill(t, off); rc != ok {
		return rc
	}
	rc := p.store(t, in, off/pageSize)
	if rc == ok {
		p.known = max(p.known, off+pageSize)
	}
	return rc
}

// isFirstPage reports whether a page can be the first one: it says that pages have
// 4096 bytes, 40 of them reserved. A VACUUM could otherwise change that, which
// leaves a database that can be read but not written.
func isFirstPage(p []byte) bool {
	return string(p[:len(magic)]) == magic && p[16] == pageSize>>8 && p[17] == 0 && p[20] == overhead
}

// fill seals pages of zeros from the end of the file up to the offset end, so
// that no hole is left that nobody authenticated.
func (p *pageFile) fill(t *libc.TLS, end int64) int32 {
	if end <= p.known {
		return ok
	}
	size, rc := p.sealedSize(t)
	if rc != ok {
		return rc
	}
	for n := (size + pageSize - 1) / pageSize; n*pageSize < end; n++ {
		if n == lockPage {
			continue
		}
		if rc := p.store(t, nil, n); rc != ok {
			return rc
		}
	}
	p.known = max(size, end)
	return ok
}

// store seals page n (from 0) and writes it; a nil page is one of zeros.
func (p *pageFile) store(t *libc.TLS, page []byte, n int64) int32 {
	from := 0
	if n == 0 {
		copy(p.unit, p.keys.id[:])
		from = identitySize
	}
	if page == nil {
		clear(p.unit[from:])
		page = p.unit
	}
	if err := p.keys.pages.seal(p.unit[from:], page[from:usable], p.aad.place(n+1)); err != nil {
		return badWrite
	}
	if rc := p.tag(n); rc != ok {
		return rc
	}
	rc := p.file.base.write(t, p.unit, n*pageSize)
	if rc == ok && n == 0 {
		p.onDisk = true
	}
	return rc
}

func (p *pageFile) truncate(t *libc.TLS, size int64) int32 {
	if size%pageSize != 0 {
		return badTruncate
	}
	p.known = 0
	if rc := p.ready(); rc != ok {
		return rc
	}
	now, rc := p.sealedSize(t)
	if rc != ok {
		return rc
	}
	if size > now {
		if _, rc := p.sealing(t); rc != ok {
			return rc
		}
		if rc := p.fill(t, size); rc != ok || p.tags == nil {
			return rc
		}
	}
	if rc := p.tagCut(size / pageSize); rc != ok {
		return rc
	}
	if size == 0 {
		p.onDisk = false
	}
	return p.file.base.truncate(t, size)
}

// damageIfShort turns the end of the file, met where there must be bytes, into
// damage.
func damageIfShort(rc int32) int32 {
	if rc == shortRead {
		return altered
	}
	return rc
}
