package memory

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"

	"daicho/app/scan"
	"daicho/store/vfs"
)

// Memory is a sealed file of what was found. Recall may be called from several
// goroutines, and beside Keep; Keep and Close by one at a time.
type Memory struct {
	db      *vfs.Database
	recall  *sql.Stmt
	program string
	rules   rules

	waiting []entry // kept, and not on the disk yet
	bytes   int64   // of the files that wait
	met     visits
}

// entry is a file with what was found in it.
type entry struct {
	place  place
	as     scan.Stamp
	rules  int64
	traces []byte
	lines  []byte // JSON
}

// place stands for a path.
type place [16]byte

func placeOf(path string) place {
	sum := sha256.Sum256([]byte(path))
	return place(sum[:16])
}

// A batch is what a killed scan reads again: so many files, or so many bytes of them.
const (
	batchFiles = 500
	batchBytes = 256 << 20
)

// The table seen was that of the versions before there were traces: a memory of
// theirs holds nothing, and everything is read once.
const schema = `
DROP TABLE IF EXISTS seen;
CREATE TABLE IF NOT EXISTS rules (
	n       INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
	program TEXT NOT NULL, -- that read the file
	words   TEXT NOT NULL, -- of the rules that it was examined by
	UNIQUE (program, words)
) STRICT;
CREATE TABLE IF NOT EXISTS found (
	n        INTEGER PRIMARY KEY,
	place    BLOB NOT NULL UNIQUE, -- of the path: the first half of its SHA-256
	size     INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	changed  INTEGER NOT NULL,
	file     INTEGER NOT NULL,
	device   INTEGER NOT NULL,
	rules    INTEGER NOT NULL,     -- n of rules
	lines    BLOB NOT NULL,        -- JSON
	traces   BLOB
) STRICT`

// Open opens the memory at path, or makes one. What another program found is not
// recalled, for it may read more of the same file. The errors of a file that is no
// memory, or sealed under another key, are those of package vfs.
func Open(path string, key [32]byte, program string) (*Memory, error) {
	db, err := vfs.Open(path, key)
	if errors.Is(err, fs.ErrNotExist) {
		db, err = vfs.Create(path, key)
	}
	if err != nil {
		return nil, err
	}
	m := &Memory{db: db, program: program}
	if _, err = db.Write.Exec(schema); err == nil {
		m.recall, err = db.Read.Prepare("SELECT n, rules, traces, lines FROM found WHERE place = ? AND size = ? AND modified = ? AND changed = ? AND file = ? AND device = ?")
	}
	if err == nil {
		err = m.rules.load(db.Read, program)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return m, nil
}

// Recall is part of [scan.Memory].
func (m *Memory) Recall(path string, as scan.Stamp) (f scan.Found, known bool, err error) {
	p := placeOf(path)
	var n, rules int64
	var text []byte
	err = m.recall.QueryRow(p[:], as.Size, as.Modified, as.Changed, int64(as.File), int64(as.Device)).Scan(&n, &rules, &f.Traces, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return f, false, nil
	}
	if err != nil {
		return f, false, err
	}
	if f.Rules, known = m.rules.words(rules); !known {
		return f, false, nil
	}
	if err = json.Unmarshal(text, &f.Lines); err != nil {
		return f, false, err
	}
	m.met.add(n)
	return f, true, nil
}

// Keep is part of [scan.Memory]: it is on the disk after some more, or after [Memory.Flush].
func (m *Memory) Keep(path string, as scan.Stamp, f scan.Found) error {
	text, err := json.Marshal(f.Lines)
	if err != nil {
		return err
	}
	rules, err := m.rules.number(m.db.Write, m.program, f.Rules)
	if err != nil {
		return err
	}
	m.waiting = append(m.waiting, entry{placeOf(path), as, rules, f.Traces, text})
	if m.bytes += as.Size; len(m.waiting) < batchFiles && m.bytes < batchBytes {
		return nil
	}
	return m.Flush()
}

// Flush puts on the disk what was kept. What cannot be put there is let go of: the
// next scan reads it again.
func (m *Memory) Flush() error {
	waiting := m.waiting
	m.waiting, m.bytes = nil, 0
	if len(waiting) == 0 {
		return nil
	}
	return m.write(func(tx *sql.Tx) error {
		for _, e := range waiting {
			var n int64
			err := tx.QueryRow(`INSERT INTO found (place, size, modified, changed, file, device, rules, traces, lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (place) DO UPDATE SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
				file = excluded.file, device = excluded.device, rules = excluded.rules, traces = excluded.traces, lines = excluded.lines RETURNING n`,
				e.place[:], e.as.Size, e.as.Modified, e.as.Changed, int64(e.as.File), int64(e.as.Device), e.rules, e.traces, e.lines).Scan(&n)
			if err != nil {
				return err
			}
			m.met.add(n)
		}
		return nil
	})
}

// Forget lets go of all files that were neither recalled nor kept since the memory
// was opened, or since it forgot: for the end of a scan that went through everything.
func (m *Memory) Forget(ctx context.Context) error {
	if err := m.Flush(); err != nil {
		return err
	}
	gone, err := m.unmet(ctx)
	if err != nil {
		return err
	}
	m.met.reset()
	if len(gone) == 0 {
		return nil
	}
	return m.write(func(tx *sql.Tx) error {
		for _, n := range gone {
			if _, err := tx.ExecContext(ctx, "DELETE FROM found WHERE n = ?", n); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM rules WHERE n NOT IN (SELECT rules FROM found)")
		return err
	})
}

func (m *Memory) unmet(ctx context.Context) (gone []int64, err error) {
	rows, err := m.db.Read.QueryContext(ctx, "SELECT n FROM found")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		if !m.met.has(n) {
			gone = append(gone, n)
		}
	}
	return gone, rows.Err()
}

func (m *Memory) write(fn func(*sql.Tx) error) error {
	tx, err := m.db.Write.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Close puts on the disk what was kept, and closes the file.
func (m *Memory) Close() error {
	return errors.Join(m.Flush(), m.recall.Close(), m.db.Close())
}
