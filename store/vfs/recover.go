package vfs

import (
	"encoding/binary"

	"modernc.org/libc"
)

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
