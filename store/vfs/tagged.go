package vfs

import (
	"errors"
	"fmt"
	"math/bits"
	"os"
	"strings"
	"time"

	"modernc.org/libc"
)

// tagsOf gives the table of the database at path called id, the same one for
// every connection of the VFS.
func (v *VFS) tagsOf(path string, id identity) (*tags, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	path = tagsPath(path, id)
	if t := v.known[path]; t != nil {
		return t, nil
	}
	seal, err := v.tagSealer(id)
	if err != nil {
		return nil, err
	}
	t, err := loadTags(path, id, seal, v.random)
	if v.why = err; err != nil {
		return nil, err
	}
	v.known[path] = t
	return t, nil
}

// onlyTags is the table of the only database that was opened so far.
func (v *VFS) onlyTags() *tags {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, t := range v.known {
		return t
	}
	return nil
}

func (v *VFS) tagSealer(id identity) (*sealer, error) {
	key, err := derive(&v.key, id, "tags")
	if err != nil {
		return nil, err
	}
	return newSealer(key, v.random)
}

func (v *VFS) complain(why error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.why = why
}

// complaint is what was wrong with the last table looked for, which SQLite's
// codes cannot tell; nil if nothing was.
func (v *VFS) complaint() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.why
}

// findTags finds the table of a database that has been identified, or not, as rc
// says.
func (p *pageFile) findTags(rc int32, path string) int32 {
	v := p.file.vfs
	if rc == foreign {
		if err := v.mended(identity(p.unit), path); err != nil {
			v.complain(err)
			return cut
		}
	}
	if rc != ok {
		return rc
	}
	var err error
	p.tags, err = v.tagsOf(path, p.keys.id)
	if errors.Is(err, ErrDamaged) {
		return cut
	}
	return answer(err, refused)
}

// slips is how many bits of an identity may differ for it to be the same, damaged.
// Of two drawn at random 64 do.
const slips = 16

// mended looks beside the database for a table under this key whose identity, but
// for a few bits, is id, and says what id should be. If there is none, the key is
// wrong.
func (v *VFS) mended(id identity, path string) error {
	list, _ := tables(path) // a folder that cannot be read has none for us
	for _, name := range list {
		b, err := os.ReadFile(name)
		if err != nil || len(b) < identitySize {
			continue
		}
		if own := identity(b); own.madeBy(&v.key) && own.differs(id) <= slips {
			return fmt.Errorf("%w: its first 16 bytes should be %x", ErrDamaged, own)
		}
	}
	return nil
}

func (id identity) differs(from identity) (n int) {
	for i := range id {
		n += bits.OnesCount8(id[i] ^ from[i])
	}
	return n
}

// tries is how often a page is looked at that has not its tag, a millisecond
// apart. SQLite reads page 1 before it knows of the log, perhaps while another
// process brings a newer one into the database.
const tries = 4

// isLast makes sure that the sealed page n (from 0), which was just read, is the
// one last written there.
func (p *pageFile) isLast(t *libc.TLS, page []byte, n int64) int32 {
	if p.tags == nil || p.tags.has(n+1, page[usable:usable+tagSize]) {
		return ok
	}
	for i := range tries {
		if i > 0 {
			time.Sleep(time.Millisecond)
		}
		if err := p.tags.refresh(); err != nil {
			return answer(err, badRead)
		}
		if rc := p.file.base.read(t, page, n*pageSize); rc != ok {
			return damageIfShort(rc)
		}
		if p.tags.has(n+1, page[usable:usable+tagSize]) {
			return ok
		}
	}
	return altered
}

// tag writes the tag of page n (from 0), which stands sealed in unit, to the
// table. That comes before the page itself: whoever finds the one without the
// other finds the page in the log, because only a checkpoint writes here.
func (p *pageFile) tag(n int64) int32 {
	if p.tags == nil {
		return ok
	}
	r := record{what: recordPage, page: uint32(n + 1), tag: [tagSize]byte(p.unit[usable:])}
	if p.source.page == n+1 {
		r.frame = p.source.frame
	}
	return answer(p.tags.add(p.out, r), badWrite)
}

// tagCut writes that the database will have so many pages.
func (p *pageFile) tagCut(pages int64) int32 {
	if p.tags == nil || pages >= p.tags.pages() {
		return ok
	}
	return answer(p.tags.add(p.out, record{what: recordCut, page: uint32(pages)}), badWrite)
}

// ready opens the table to write to it, which takes in what others have written.
// It is left open until the locks change.
func (p *pageFile) ready() int32 {
	if p.tags == nil || p.out != nil {
		return ok
	}
	var err error
	p.out, err = p.tags.open()
	return answer(err, badWrite)
}

// locked notes that others may have changed the file.
func (p *pageFile) locked() {
	p.known = 0
	p.letTableGo()
}

func (p *pageFile) letTableGo() {
	if p.out != nil {
		p.out.Close()
		p.out = nil
	}
}

// sealedSize is up to where the file holds sealed pages whose tags are known.
// After a loss of power the table may know fewer pages than there are.
func (p *pageFile) sealedSize(t *libc.TLS) (int64, int32) {
	size, rc := p.file.base.size(t)
	if p.tags != nil {
		size = min(size, p.tags.pages()*pageSize)
	}
	return size, rc
}

// sync makes the table last before the pages that it tells of. Then both are
// whole, which is the time to make a long table anew.
func (p *pageFile) sync(t *libc.TLS, flags int32) int32 {
	if p.tags == nil {
		return p.file.base.sync(t, flags)
	}
	p.letTableGo()
	if err := p.tags.sync(); err != nil {
		return answer(err, badSync)
	}
	rc := p.file.base.sync(t, flags)
	if rc == ok {
		p.tags.compact()
	}
	return rc
}

// beforeDelete notes that a log which is to be deleted is not needed any more.
func beforeDelete(t *libc.TLS, name uintptr) int32 {
	if !strings.HasSuffix(libc.GoString(name), "-wal") {
		return ok
	}
	db, rc := databaseOf(t, name)
	if rc != ok {
		return rc
	}
	return answerDelete(db.tags.letLogGo())
}

func answerDelete(rc int32) int32 {
	if rc == badTruncate {
		return badDelete
	}
	return rc
}
