package vfs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"daicho/store/durable"
)

// Adopt opens a database like [Open]. If the table of its tags is missing, it asks
// may, which reads in the database itself whether that is of the form before such
// tables; then the table is made, once, over pages that are all whole. Whoever
// adopts a database must at once write into it that it is of the new form, or
// somebody who removes the table is not noticed. Nobody else may have the database
// open while it is adopted: see [Busy].
func Adopt(path string, key [32]byte, may func(*sql.DB) (bool, error)) (*Database, error) {
	d, err := Open(path, key)
	if !errors.Is(err, ErrNoTags) {
		return d, err
	}
	v, err2 := Register(key)
	if err2 != nil {
		return nil, err2
	}
	if err2 = errors.Join(v.adopt(path, err, may), v.Close()); err2 != nil {
		return nil, err2
	}
	return Open(path, key)
}

// adopt gives the error of not having a table back if may does not permit one.
func (v *VFS) adopt(path string, missing error, may func(*sql.DB) (bool, error)) error {
	if yes, err := v.ask(path, may); err != nil || !yes {
		return errors.Join(missing, err)
	}
	return v.alone(path, func() error {
		_, err := v.tabulate(path, path)
		return err
	})
}

// ask opens the database so that nothing in it changes, even its log.
func (v *VFS) ask(path string, may func(*sql.DB) (bool, error)) (bool, error) {
	mode := "rw"
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		mode = "ro" // closing it would bring the log into the database
	}
	db, err := sql.Open("sqlite", v.dsn(path, mode, "", "query_only(1)"))
	if err != nil {
		return false, err
	}
	limit(db, 1)
	yes, err := may(db)
	return yes, errors.Join(err, db.Close())
}

// alone does something while no other connection can open the database, and all
// of the log is in it.
func (v *VFS) alone(path string, do func() error) error {
	db, err := sql.Open("sqlite", v.dsn(path, "rw", "", "locking_mode(EXCLUSIVE)", "synchronous(FULL)"))
	if err != nil {
		return err
	}
	limit(db, 1)
	err = checkIn(db)
	if err == nil {
		err = do()
	}
	return errors.Join(err, db.Close())
}

// checkIn brings all of the log into the database.
func checkIn(db *sql.DB) error {
	c, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer c.Close()
	var busy, frames, done int
	row := c.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
	if err := row.Scan(&busy, &frames, &done); err != nil {
		return err
	}
	if busy != 0 || frames != done {
		return fmt.Errorf("the log is in use by others")
	}
	return nil
}

// tabulate makes the table of tags of the database at draft, for when it stands at
// path, and gives the table's path. Nobody may write to the database meanwhile,
// and its log must be empty. Every page must be whole.
func (v *VFS) tabulate(draft, path string) (string, error) {
	a, p, err := v.pagesAside(draft)
	if err != nil {
		return "", err
	}
	defer a.release()
	c := tagCodec{id: p.keys.id}
	if c.seal, err = v.tagSealer(c.id); err != nil {
		return "", err
	}
	if c.tagState, err = a.tagsOfAll(p); err != nil {
		return "", fmt.Errorf("%s: %w", draft, err)
	}
	b, err := c.encode(nil, v.random) // all blocks are in memory
	if err != nil {
		return "", err
	}
	table := tagsPath(path, c.id)
	return table, durable.Create(table, func(d string) error { return os.WriteFile(d, b, 0o600) })
}

// tagsOfAll reads the tags of all pages, and makes sure that each is whole.
func (a *aside) tagsOfAll(p *pageFile) (s tagState, err error) {
	s.log.stage = recordNoLog
	size, rc := p.size(a.tls)
	for n := int64(0); rc == ok && n*pageSize < size; n++ {
		if n == lockPage {
			continue
		}
		if rc = a.base.read(a.tls, p.unit, n*pageSize); rc != ok {
			break
		}
		tag := [tagSize]byte(p.unit[usable:])
		if !p.unsealPage(p.unit, n) {
			return s, fmt.Errorf("page %d: %w", n+1, ErrDamaged)
		}
		s.put(n+1, tag)
	}
	return s, readError(rc)
}
