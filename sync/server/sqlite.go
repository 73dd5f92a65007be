package server

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"daicho/app"
)

//go:embed migrations/*.sql
var migrations embed.FS

// SQLite is the embedded driver of a [Log].
type SQLite struct {
	write, read *sql.DB
	close       func() error
}

// NewSQLite makes a log of a database with one immediate writer and a pool of
// readers, and brings its schema up to date. Closing the log calls close.
func NewSQLite(ctx context.Context, write, read *sql.DB, close func() error) (*SQLite, error) {
	l := &SQLite{write, read, close}
	return l, l.migrate(ctx)
}

// Close closes the database.
func (l *SQLite) Close() error { return l.close() }

var errNewer = app.Refuse(app.Invalid, "", "データベースは新しい版の Daicho で作られています。サーバーのプログラムを更新してください。",
	"the database is of a newer version; update the server")

// migrate applies the files that the database has not had yet.
func (l *SQLite) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	return l.Write(ctx, func(tx Tx) error {
		t := tx.(*sqlTx)
		if err := t.exec("CREATE TABLE IF NOT EXISTS migration (n INTEGER NOT NULL PRIMARY KEY)"); err != nil {
			return err
		}
		done, err := t.migrated()
		if err != nil {
			return err
		}
		for _, name := range slices.Sorted(slices.Values(names)) {
			n, err := strconv.Atoi(path.Base(name)[:4])
			if err == nil && !done[n] {
				err = t.apply(name, n)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			delete(done, n)
		}
		if len(done) > 0 {
			return errNewer
		}
		return nil
	})
}

// migrated are the numbers of the files that the database has had.
func (t *sqlTx) migrated() (map[int]bool, error) {
	done := map[int]bool{}
	return done, t.each("SELECT n FROM migration", nil, func(scan func(...any) error) (bool, error) {
		var n int
		err := scan(&n)
		done[n] = true
		return true, err
	})
}

func (t *sqlTx) apply(name string, n int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	if _, err = t.tx.ExecContext(t.ctx, string(text)); err != nil { // many statements
		return err
	}
	return t.exec("INSERT INTO migration (n) VALUES ($1)", n)
}

// Write runs fn in an immediate transaction.
func (l *SQLite) Write(ctx context.Context, fn func(Tx) error) error {
	return run(ctx, l.write, nil, fn)
}

// Read runs fn over one snapshot.
func (l *SQLite) Read(ctx context.Context, fn func(Tx) error) error {
	return run(ctx, l.read, &sql.TxOptions{ReadOnly: true}, fn)
}

func run(ctx context.Context, db *sql.DB, o *sql.TxOptions, fn func(Tx) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer tx.Rollback() // also on a panic; after a commit it does nothing
	if err = fn(&sqlTx{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}); err != nil {
		return err
	}
	return tx.Commit()
}

// sqlTx is a transaction. Its SQL is what SQLite and PostgreSQL both read; a
// statement is prepared once in it, for a push may need it a thousand times.
type sqlTx struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt // closed with the transaction
	scopes   *scopes              // read when first needed
}

func (t *sqlTx) prepare(query string) (*sql.Stmt, error) {
	if s := t.prepared[query]; s != nil {
		return s, nil
	}
	s, err := t.tx.PrepareContext(t.ctx, query)
	if err == nil {
		t.prepared[query] = s
	}
	return s, err
}

func (t *sqlTx) exec(query string, args ...any) error {
	s, err := t.prepare(query)
	if err == nil {
		_, err = s.ExecContext(t.ctx, args...)
	}
	return err
}

// one reads one row, if there is any.
func (t *sqlTx) one(query string, args []any, into ...any) (found bool, err error) {
	s, err := t.prepare(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(t.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads all rows, until f has had enough.
func (t *sqlTx) each(query string, args []any, f func(scan func(...any) error) (more bool, err error)) error {
	s, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if more, err := f(rows.Scan); err != nil || !more {
			return err
		}
	}
	return rows.Err()
}
