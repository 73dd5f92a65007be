package vfs

import (
	"encoding/binary"

	"modernc.org/libc"
)

// logFile is a write-ahead log. The sealed header is 40 bytes longer than
// SQLite's, a sealed frame exactly as long, because tag and nonce stand in the
// page's reserved bytes: so every frame stands 40 bytes after SQLite's offset.
type logFile struct {
	file *file
	db   *pageFile // whose log it is; nil in tests
	tags *tags     // of that database; nil if it has none
	unit []byte    // C memory of one frame
	seal *sealer
	head binding // of the header
	aad  binding // of a frame; holds the salts
	salt [8]byte // of the generation that aad is bound to
	have bool    // salt is known

	waiting    [frameHead]byte // header of a frame whose page is to come
	waitingFor int64           // its frame, or -1
	lastWhole  int64           // the frame last read whole, or -1
	rewriting  bool            // SQLite mends checksums; else it recovers
}

// asLog makes f the log of a database.
func (f *file) asLog(t *libc.TLS, name uintptr) int32 {
	db, rc := databaseOf(t, name)
	if rc != ok {
		return rc
	}
	keys, rc := db.sealing(t)
	if rc != ok {
		return rc
	}
	if rc = f.logOf(t, keys); rc == ok {
		l := f.content.(*logFile)
		l.db, l.tags = db, db.tags
	}
	return rc
}

func (f *file) logOf(t *libc.TLS, keys *fileKeys) int32 {
	l := &logFile{file: f, seal: keys.log, waitingFor: -1, lastWhole: -1}
	if l.unit = f.hold(t, frameSize); l.unit == nil {
		return noMemory
	}
	l.head.file(kindHeader, keys.id)
	l.aad.file(kindFrame, keys.id)
	f.content = l
	return ok
}

func (l *logFile) locked() {}

func (l *logFile) size(t *libc.TLS) (int64, int32) {
	n, rc := l.file.base.size(t)
	if n = max(0, n-overhead); rc == ok && n <= logHeader && l.tags != nil {
		rc = l.mayBeBare(n)
	}
	if n < logHeader {
		n = 0
	}
	return n, rc
}

func (l *logFile) truncate(t *libc.TLS, size int64) int32 {
	l.waitingFor, l.lastWhole = -1, -1
	if size < logHeader {
		l.have = false
		if rc := l.tags.letLogGo(badTruncate); rc != ok {
			return rc
		}
		return l.file.base.truncate(t, 0)
	}
	return l.file.base.truncate(t, size+overhead)
}

// read serves the reads that SQLite makes of a log: its header when it recovers
// (32 at 0), a checksum when it mends those of a transaction that wrote a page
// twice (8 bytes), whole frames in both, and the page of a frame otherwise.
func (l *logFile) read(t *libc.TLS, out []byte, off int64) int32 {
	if off < logHeader {
		return l.readHeader(t, out, off)
	}
	i, within := (off-logHeader)/frameSize, (off-logHeader)%frameSize
	if within+int64(len(out)) > frameSize {
		return badRead
	}
	switch {
	case len(out) == frameSize:
		return l.readWhole(t, out, i)
	case len(out) == 8:
		l.rewriting = true
	}
	if rc := l.load(t, i); rc != ok {
		return damageIfShort(rc)
	}
	copy(out, l.unit[within:])
	if l.db != nil {
		l.db.source = logPlace{page: int64(binary.BigEndian.Uint32(l.unit)), frame: uint64(i + 1)}
	}
	return ok
}

func (l *logFile) readHeader(t *libc.TLS, out []byte, off int64) int32 {
	if off+int64(len(out)) > logHeader {
		return badRead
	}
	l.rewriting = len(out) == 8
	if l.tags != nil && !l.rewriting {
		return l.recover(t, out)
	}
	rc := l.loadHeader(t)
	switch {
	case rc == ok:
		copy(out, l.unit[off:logHeader])
	case !l.rewriting && (rc == altered || rc == shortRead):
		clear(out) // a torn header: there is no log
		return ok
	}
	return rc
}

// readWhole serves recovery, which takes the first frame that is not authentic
// for the end of the log, as it would one with a wrong checksum: a crash leaves
// such a frame. Where SQLite mends checksums no crash can be the reason.
func (l *logFile) readWhole(t *libc.TLS, out []byte, i int64) int32 {
	rc := l.load(t, i)
	l.lastWhole = i
	if rc == altered && !l.rewriting {
		clear(out)
		return ok
	}
	if rc == ok {
		copy(out, l.unit[:frameHead+usable])
		clear(out[frameHead+usable:])
	}
	return rc
}

// loadHeader reads the header into the start of unit and learns its salts.
func (l *logFile) loadHeader(t *libc.TLS) int32 {
	h := l.unit[:logHeader+overhead]
	if rc := l.file.base.read(t, h, 0); rc != ok {
		return rc
	}
	if !l.seal.unseal(h, l.head.place(0)) {
		return altered
	}
	l.learn(h)
	return ok
}

func (l *logFile) learn(header []byte) {
	l.salt, l.have = [8]byte(header[16:24]), true
	l.aad.generation(l.salt)
}

// load reads frame i (from 0) into unit. If another process began a new
// generation of the log, the frame is authentic only under its salts, so they
// are read again once.
func (l *logFile) load(t *libc.TLS, i int64) int32 {
	if !l.have {
		if rc := l.loadCurrent(t); rc != ok {
			return rc
		}
	}
	rc := l.loadSalted(t, i)
	if rc != altered {
		return rc
	}
	before := l.salt
	if rc := l.loadCurrent(t); rc != ok {
		return rc
	}
	if l.salt == before {
		return altered
	}
	return l.loadSalted(t, i)
}

func (l *logFile) loadSalted(t *libc.TLS, i int64) int32 {
	if rc := l.file.base.read(t, l.unit, place(i)); rc != ok {
		return rc
	}
	if !l.seal.unseal(l.unit, l.aad.place(i+1)) {
		return altered
	}
	clear(l.unit[frameHead+usable:])
	return ok
}

// place is the offset of frame i (from 0) in the sealed log.
func place(i int64) int64 { return logHeader + overhead + i*frameSize }

func (l *logFile) write(t *libc.TLS, in []byte, off int64) int32 {
	if off == 0 && len(in) == logHeader {
		return l.storeHeader(t, in)
	}
	if off < logHeader {
		return badWrite
	}
	i, within := (off-logHeader)/frameSize, (off-logHeader)%frameSize
	switch {
	case within == 0 && len(in) == frameHead:
		return l.writeHead(t, in, i)
	case within == frameHead && len(in) == pageSize && allZero(in[usable:]):
		return l.writePage(t, in, i)
	}
	return badWrite
}

func (l *logFile) storeHeader(t *libc.TLS, in []byte) int32 {
	l.learn(in)
	l.waitingFor, l.lastWhole = -1, -1
	if rc := l.tags.beginLog(l.salt); rc != ok {
		return rc
	}
	unit := l.unit[:logHeader+overhead]
	if err := l.seal.seal(unit, in, l.head.place(0)); err != nil {
		return badWrite
	}
	return l.file.base.write(t, unit, 0)
}

// writeHead takes the header of frame i. SQLite writes the page next, and the two
// are sealed together; only when it mends checksums, having just read the frame
// whole, it writes the header alone.
func (l *logFile) writeHead(t *libc.TLS, in []byte, i int64) int32 {
	if l.lastWhole == i {
		l.lastWhole = -1
		if l.load(t, i) == ok {
			copy(l.unit, in)
			return l.store(t, i)
		}
		if l.rewriting {
			return altered
		}
	}
	copy(l.waiting[:], in)
	l.waitingFor = i
	return l.current(t, in)
}

// current makes sure that the salts are those of the header that SQLite writes
// frames for. They are zero in a frame whose checksum is to be mended.
func (l *logFile) current(t *libc.TLS, head []byte) int32 {
	salt := [8]byte(head[8:16])
	if l.have && (salt == l.salt || salt == [8]byte{}) {
		return ok
	}
	if rc := l.loadCurrent(t); rc != ok {
		return damageIfShort(rc)
	}
	if salt != l.salt && salt != [8]byte{} {
		return badWrite
	}
	return ok
}

// writePage takes the page of frame i: after its header, or alone when a
// transaction writes a page again that it has already put in the log.
func (l *logFile) writePage(t *libc.TLS, in []byte, i int64) int32 {
	if l.waitingFor == i {
		copy(l.unit, l.waiting[:])
		l.waitingFor = -1
	} else if rc := l.load(t, i); rc != ok {
		return damageIfShort(rc)
	}
	if binary.BigEndian.Uint32(l.unit) == 1 && !isFirstPage(in) {
		return badWrite
	}
	copy(l.unit[frameHead:], in)
	return l.store(t, i)
}

// store seals the frame in unit and writes it as frame i, in one write.
func (l *logFile) store(t *libc.TLS, i int64) int32 {
	if err := l.seal.seal(l.unit, l.unit[:frameHead+usable], l.aad.place(i+1)); err != nil {
		return badWrite
	}
	return l.file.base.write(t, l.unit, place(i))
}
