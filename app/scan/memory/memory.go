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

// Memory is a sealed file of lines. Recall may be called from several goroutines,
// and beside Keep; Keep and Close by one at a time.
type Memory struct {
	db     *vfs.Database
	recall *sql.Stmt
	rules  string

	waiting []entry // kept, and not on the disk yet
	bytes   int64   // of the files that wait
	met     visits
}

// entry is a file with what was found in it.
type entry struct {
	place place
	as    scan.Stamp
	lines []byte // JSON
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

const schema = `
CREATE TABLE IF NOT EXISTS seen (
	n        INTEGER PRIMARY KEY,
	place    BLOB NOT NULL UNIQUE, -- of the path: the first half of its SHA-256
	size     INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	changed  INTEGER NOT NULL,
	file     INTEGER NOT NULL,
	device   INTEGER NOT NULL,
	rules    TEXT NOT NULL,        -- what it was examined by
	lines    BLOB NOT NULL         -- JSON
) STRICT`

// Open opens the memory at path, or makes one. What was found by other rules, or by
// another program, is not recalled: rules names both. The errors of a file that is
// no memory, or sealed under another key, are those of package vfs.
func Open(path string, key [32]byte, rules string) (*Memory, error) {
	db, err := vfs.Open(path, key)
	if errors.Is(err, fs.ErrNotExist) {
		db, err = vfs.Create(path, key)
	}
	if err != nil {
		return nil, err
	}
	m := &Memory{db: db, rules: rules}
	if _, err = db.Write.Exec(schema); err == nil {
		m.recall, err = db.Read.Prepare("SELECT n, lines FROM seen WHERE place = ? AND size = ? AND modified = ? AND changed = ? AND file = ? AND device = ? AND rules = ?")
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return m, nil
}

// Recall is part of [scan.Memory].
func (m *Memory) Recall(path string, as scan.Stamp) (lines []scan.Line, known bool, err error) {
	p := placeOf(path)
	var n int64
	var text []byte
	err = m.recall.QueryRow(p[:], as.Size, as.Modified, as.Changed, int64(as.File), int64(as.Device), m.rules).Scan(&n, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &lines)
	}
	if err == nil {
		m.met.add(n)
	}
	return lines, err == nil, err
}

// Keep is part of [scan.Memory]: it is on the disk after some more, or after [Memory.Flush].
func (m *Memory) Keep(path string, as scan.Stamp, lines []scan.Line) error {
	text, err := json.Marshal(lines)
	if err != nil {
		return err
	}
	m.waiting = append(m.waiting, entry{placeOf(path), as, text})
	if m.bytes += as.Size; len(m.waiting) < batchFiles && m.bytes < batchBytes {
		return nil
	}
	return m.Flush()
}

// Flush puts on the disk what was kept.
func (m *Memory) Flush() error {
	if len(m.waiting) == 0 {
		return nil
	}
	err := m.write(func(tx *sql.Tx) error {
		for _, e := range m.waiting {
			var n int64
			err := tx.QueryRow(`INSERT INTO seen (place, size, modified, changed, file, device, rules, lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (place) DO UPDATE SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
				file = excluded.file, device = excluded.device, rules = excluded.rules, lines = excluded.lines RETURNING n`,
				e.place[:], e.as.Size, e.as.Modified, e.as.Changed, int64(e.as.File), int64(e.as.Device), m.rules, e.lines).Scan(&n)
			if err != nil {
				return err
			}
			m.met.add(n)
		}
		return nil
	})
	if err == nil {
		m.waiting, m.bytes = nil, 0
	}
	return err
}

// Forget lets go of all files that were neither recalled nor kept since the memory
// was opened: for the end of a scan that went through everything.
func (m *Memory) Forget(ctx context.Context) error {
	if err := m.Flush(); err != nil {
		return err
	}
	gone, err := m.unmet(ctx)
	if err != nil || len(gone) == 0 {
		return err
	}
	return m.write(func(tx *sql.Tx) error {
		for _, n := range gone {
			if _, err := tx.ExecContext(ctx, "DELETE FROM seen WHERE n = ?", n); err != nil {
				return err
			}
		}
		return nil
	})
}

func (m *Memory) unmet(ctx context.Context) (gone []int64, err error) {
	rows, err := m.db.Read.QueryContext(ctx, "SELECT n FROM seen")
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
