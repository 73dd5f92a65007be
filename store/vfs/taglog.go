package vfs

import (
	"strings"

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

// letLogGo notes that all of the log is in the database and that it may go. If
// that cannot be written, SQLite is told otherwise.
func (t *tags) letLogGo(otherwise int32) int32 {
	if t == nil {
		return ok
	}
	now, rc := t.logFresh()
	if rc != ok || now.stage == recordNoLog {
		return rc
	}
	return answer(t.record(record{what: recordNoLog}), otherwise)
}

// logFresh is what the table says of the log now, whoever wrote it.
func (t *tags) logFresh() (logState, int32) {
	if err := t.refresh(); err != nil {
		return logState{}, answer(err, badRead)
	}
	return t.logNow(), ok
}

// beforeDelete notes that a log which is to be deleted is not needed any more. The
// last connection is about to close then, and nobody else has the database open:
// the time to make the table one that the next opening reads at once. A crash
// leaves the old table or the new one, which say the same, and perhaps the log,
// which both say is not needed.
func beforeDelete(t *libc.TLS, name uintptr) int32 {
	if !strings.HasSuffix(libc.GoString(name), "-wal") {
		return ok
	}
	db, rc := databaseOf(t, name)
	if rc != ok {
		return rc
	}
	rc = db.tags.letLogGo(badDelete)
	if rc == ok && db.tags != nil {
		db.letTableGo()
		db.tags.compact(fewAtClose)
	}
	return rc
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
