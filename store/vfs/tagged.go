package vfs

import (
	"time"

	"modernc.org/libc"
)

// tries is how often a page is looked at that has not its tag, a millisecond
// apart. SQLite reads page 1 before it knows of the log, perhaps while another
// process brings a newer one into the database; and Windows lets nobody open the
// table in the moment in which it is made anew.
const tries = 4

// isLast makes sure that the sealed page n (from 0), which was just read, is the
// one last written there.
func (p *pageFile) isLast(t *libc.TLS, page []byte, n int64) int32 {
	if p.tags == nil {
		return ok
	}
	if last, err := p.tags.has(n+1, page[usable:usable+tagSize]); last && err == nil {
		return ok
	}
	rc := p.lookAgain(t, page, n)
	for i := 1; rc != ok && i < tries; i++ {
		time.Sleep(time.Millisecond)
		rc = p.lookAgain(t, page, n)
	}
	return rc
}

func (p *pageFile) lookAgain(t *libc.TLS, page []byte, n int64) int32 {
	if err := p.tags.refresh(); err != nil {
		return answer(err, badRead)
	}
	if rc := p.file.base.read(t, page, n*pageSize); rc != ok {
		return damageIfShort(rc)
	}
	last, err := p.tags.has(n+1, page[usable:usable+tagSize])
	if err == nil && !last {
		return altered
	}
	return answer(err, badRead)
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
	if p.tags == nil || pages >= p.tags.known() {
		return ok
	}
	return answer(p.tags.add(p.out, record{what: recordCut, page: uint32(pages)}), badWrite)
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
		size = min(size, p.tags.known()*pageSize)
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
		p.tags.compact(max(fewRecords, p.tags.known()/4))
	}
	return rc
}
