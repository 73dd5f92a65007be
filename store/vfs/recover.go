package vfs

import (
	"encoding/binary"

	"modernc.org/libc"
)

// beginLog notes that a log with these salts is about to be begun. All of the
// last one is in the database then.
func (t *tags) beginLog(salts [8]byte) int32 {
	if t == nil {
		return ok
	}
	return answer(t.record(ofLog(recordBegin, salts)), badWrite)
}

// letLogGo notes that all of the log is in the database and that it may go.
func (t *tags) letLogGo() int32 {
	if t == nil {
		return ok
	}
	now, rc := t.logFresh()
	if rc != ok || now.stage == recordNoLog {
		return rc
	}
	return answer(t.record(record{what: recordNoLog}), badTruncate)
}

// logFresh is what the table says of the log now, whoever wrote it.
func (t *tags) logFresh() (logState, int32) {
	if err := t.refresh(); err != nil {
		return logState{}, answer(err, badRead)
	}
	return t.logNow(), ok
}

// sync syncs the log, and notes the first time that there is one now: from then
// on it may not be missing.
func (l *logFile) sync(t *libc.TLS, flags int32) int32 {
	rc := l.file.base.sync(t, flags)
	if rc != ok || l.tags == nil || !l.have {
		return rc
	}
	if now := l.tags.logNow(); now.stage == recordLog && now.salts == l.salt {
		return ok
	}
	now, rc := l.tags.logFresh()
	if rc != ok || now.stage != recordBegin || now.salts != l.salt {
		return rc
	}
	return answer(l.tags.record(ofLog(recordLog, l.salt)), badSync)
}

// mayBeBare answers for a log without a frame, of which SQLite asks no more than
// its size.
func (l *logFile) mayBeBare(size int64) int32 {
	now, rc := l.tags.logFresh()
	if rc == ok && now.stage == recordLog && (size < logHeader || now.frame > 0) {
		return altered
	}
	return rc
}

// loadCurrent reads the header and makes sure that it is that of the log which
// belongs to the database now.
func (l *logFile) loadCurrent(t *libc.TLS) int32 {
	rc := l.loadHeader(t)
	if rc != ok || l.tags == nil {
		return rc
	}
	now := l.tags.logNow()
	if now.stage == recordNoLog || now.salts != l.salt {
		if now, rc = l.tags.logFresh(); rc != ok {
			return rc
		}
	}
	if now.stage == recordNoLog || now.salts != l.salt {
		l.have = false
		return altered
	}
	return ok
}

// recover answers SQLite when it begins to read the log anew, with the header or,
// if there is no log, with zeros. A reader that cannot lock the log may see the
// next one begin in the middle of this, hence the second look.
func (l *logFile) recover(t *libc.TLS, out []byte) int32 {
	rc := l.recoverOnce(t, out)
	if rc == altered {
		rc = l.recoverOnce(t, out)
	}
	return rc
}

func (l *logFile) recoverOnce(t *libc.TLS, out []byte) int32 {
	now, rc := l.tags.logFresh()
	if rc != ok {
		return rc
	}
	rc = l.loadHeader(t)
	if rc != ok && rc != altered && rc != shortRead {
		return rc
	}
	if rc != ok || now.stage == recordNoLog || now.salts != l.salt {
		return l.noLog(out, now)
	}
	copy(out, l.unit)
	pages, rc := l.survey(t, out)
	if rc == ok && uint64(len(pages)) < now.frame {
		rc = altered
	}
	return rc
}

// noLog answers for a log that is not the one in the table. Where that was never
// more than begun, or is not needed any more, whatever stands there is left over
// from before, and is in the database.
func (l *logFile) noLog(out []byte, now logState) int32 {
	l.have = false
	if now.stage == recordLog {
		return altered
	}
	clear(out)
	return ok
}

// survey reads a log from its header on as SQLite does when it recovers it, and
// gives the pages of the frames up to the last commit. The log ends at the first
// frame that does not follow on those before, as a crash may leave it, but only if
// nothing shows that it had been synced further.
func (l *logFile) survey(t *libc.TLS, header []byte) ([]uint32, int32) {
	sum, pages, committed := chainFrom(header), []uint32(nil), 0
	for i := int64(0); ; i++ {
		rc := l.loadSalted(t, i)
		switch {
		case rc == shortRead:
			return pages[:committed], ok
		case rc == altered, rc == ok && !(l.ofGeneration() && sum.take(l.unit)):
			return pages[:committed], l.lookOn(t, i, sum)
		case rc != ok:
			return nil, rc
		}
		pages = append(pages, binary.BigEndian.Uint32(l.unit))
		if l.commits() {
			committed = len(pages)
		}
	}
}

// lookOn reads what stands in the log from frame i on, at which it seems to end.
// A frame is written after a commit only when the commit is on the disk with all
// before it (synchronous=FULL). So where one follows on the other, frame i was
// there and is damaged.
func (l *logFile) lookOn(t *libc.TLS, i int64, sum chain) int32 {
	after := false
	for ; ; i++ {
		rc := l.loadSalted(t, i)
		switch {
		case rc == shortRead:
			return ok
		case rc != ok && rc != altered:
			return rc
		}
		whole := rc == ok && l.ofGeneration()
		if whole && after && sum.take(l.unit) {
			return altered
		}
		if after = whole && l.commits(); after {
			sum = sum.at(l.unit[16:])
		}
	}
}

// ofGeneration and commits look at the frame in unit: whether its salts are the
// log's, and whether it ends a transaction.
func (l *logFile) ofGeneration() bool { return [8]byte(l.unit[8:]) == l.salt }

func (l *logFile) commits() bool { return binary.BigEndian.Uint32(l.unit[4:]) != 0 }

// chain is SQLite's checksum over all frames of a log up to one.
type chain struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

// chainFrom begins with the checksum of a log's header, whose first number tells
// in which order bytes are taken.
func chainFrom(header []byte) chain {
	c := chain{order: binary.LittleEndian}
	if header[3]&1 != 0 {
		c.order = binary.BigEndian
	}
	return c.at(header[24:])
}

func (c chain) at(sum []byte) chain {
	return chain{c.order, binary.BigEndian.Uint32(sum), binary.BigEndian.Uint32(sum[4:])}
}

func (c *chain) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		c.s0 += c.order.Uint32(b) + c.s1
		c.s1 += c.order.Uint32(b[4:]) + c.s0
	}
}

// take goes on to a frame, if its checksum says that it follows.
func (c *chain) take(frame []byte) bool {
	next := *c
	next.add(frame[:8])
	next.add(frame[frameHead:])
	if next != c.at(frame[16:]) {
		return false
	}
	*c = next
	return true
}
