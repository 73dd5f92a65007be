package vfs

import (
	"context"

	sqlite3 "modernc.org/sqlite/lib"
)

// Pages reads every page of the database's file, also those that no table uses and
// that SQLite's integrity_check does not open, and tells each one's number from 1:
// with nil, or with an error that wraps [ErrDamaged]. What tell returns ends the
// reading. Others may go on writing. A page whose newest version is in the log is
// whole, for the one in the file is not used any more.
func (d *Database) Pages(ctx context.Context, tell func(n int64, err error) error) error {
	tx, err := d.Read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // it keeps the log from being begun anew meanwhile
	var pages, objects int64
	if err := tx.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&objects); err != nil {
		return err
	}
	if err := tx.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		return err
	}
	a, p, err := d.vfs.pagesAside(d.path)
	if err != nil {
		return err
	}
	defer a.release()
	p.tags = d.tags
	c := check{d: d, a: a, p: p}
	for n := int64(1); n <= pages; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if n == lockPage+1 {
			continue
		}
		if err := tell(n, c.page(n)); err != nil {
			return err
		}
	}
	return nil
}

// check is one reading of all pages.
type check struct {
	d *Database
	a *aside
	p *pageFile

	inLog map[uint32]bool // pages of which the log has a version; nil until one is looked for
}

func (c *check) page(n int64) error {
	rc := c.p.load(c.a.tls, c.p.unit, n-1)
	if rc != altered {
		return readError(rc)
	}
	if err := c.readLog(); err != nil {
		return err
	}
	if c.inLog[uint32(n)] {
		return nil
	}
	return ErrDamaged
}

// readLog finds out what the log holds. It cannot be begun anew while the check
// reads, so once is enough.
func (c *check) readLog() error {
	if c.inLog != nil {
		return nil
	}
	a, err := c.d.vfs.aside(c.d.path+"-wal", sqlite3.SQLITE_OPEN_WAL)
	if err != nil {
		return err
	}
	defer a.release()
	if rc := a.logOf(a.tls, c.p.keys); rc != ok {
		return readError(rc)
	}
	l := a.content.(*logFile)
	l.tags = c.d.tags
	c.inLog = map[uint32]bool{}
	rc := l.loadCurrent(a.tls)
	if rc != ok { // a log not yet begun
		return nil
	}
	pages, rc := l.survey(a.tls, append([]byte(nil), l.unit[:logHeader]...))
	for _, n := range pages {
		c.inLog[n] = true
	}
	return readError(rc)
}
