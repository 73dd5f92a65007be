package vfs

import "encoding/binary"

// What a record of a table of tags says. All but the first two are on the disk
// before SQLite goes on.
const (
	recordPage  = 'P' // a page is about to be written with this tag
	recordCut   = 'C' // the database is about to be cut to so many pages
	recordBegin = 'B' // a log with these salts is about to be begun
	recordLog   = 'L' // the header of that log is on the disk
	recordNoLog = 'N' // all of the log is in the database; it is about to go
)

// record is one line of a table of tags.
type record struct {
	what   byte
	page   uint32        // its number from 1; in recordCut how many stay
	frame  uint64        // of the log, from 1, that the page came from; or 0
	tag    [tagSize]byte // of the page; the salts of a log in the first 8 bytes
	before [8]byte       // start of the tag of the record before this one
}

const recordBody = 40

func (r *record) encode(b []byte) {
	clear(b[:recordBody])
	b[0] = r.what
	binary.BigEndian.PutUint32(b[4:], r.page)
	binary.BigEndian.PutUint64(b[8:], r.frame)
	copy(b[16:], r.tag[:])
	copy(b[32:], r.before[:])
}

func decodeRecord(b []byte) record {
	return record{
		what:   b[0],
		page:   binary.BigEndian.Uint32(b[4:]),
		frame:  binary.BigEndian.Uint64(b[8:]),
		tag:    [tagSize]byte(b[16:]),
		before: [8]byte(b[32:]),
	}
}

func (r *record) salts() [8]byte { return [8]byte(r.tag[:]) }

// synced reports whether everything up to the record is on the disk once another
// record follows it.
func (r *record) synced() bool { return r.what != recordPage && r.what != recordCut }

// ofLog is a record about the log with these salts.
func ofLog(what byte, salts [8]byte) record {
	r := record{what: what}
	copy(r.tag[:], salts[:])
	return r
}

// tagState is what a table of tags says: how each page of the database stands in
// the file, and which log belongs to it.
type tagState struct {
	tagBlocks // zeros for the lock page
	log       logState
	written   uint64 // records since the table was first made
}

type logState struct {
	stage byte // recordNoLog, recordBegin or recordLog
	salts [8]byte
	frame uint64 // the highest one whose page is in the database
}

// fits reports whether r can follow on what the table says now. Pages are added
// one by one; only the lock page is never written.
func (s *tagState) fits(r record) bool {
	n, known := int64(r.page), s.pages
	switch r.what {
	case recordPage:
		return n > 0 && (n <= known+1 || known == lockPage && n == known+2)
	case recordCut:
		return n > 0 && n <= known
	case recordLog:
		return s.log.stage == recordBegin && s.log.salts == r.salts()
	}
	return r.what == recordBegin || r.what == recordNoLog
}

// apply takes in a record that fits.
func (s *tagState) apply(r record) {
	switch r.what {
	case recordPage:
		s.put(int64(r.page), r.tag)
		s.log.frame = max(s.log.frame, r.frame)
	case recordCut:
		s.cut(int64(r.page))
	case recordBegin:
		s.log = logState{stage: recordBegin, salts: r.salts()}
	case recordLog:
		s.log.stage = recordLog
	case recordNoLog:
		s.log = logState{stage: recordNoLog}
	}
	s.written++
}
