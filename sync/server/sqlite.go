package server

import (
	"context"
	"database/sql"
	"errors"
)

// SQLite is the embedded driver of a [Log].
type SQLite struct {
	write, read *sql.DB
	close       func() error
}

// NewSQLite makes a log of a database with one immediate writer and a pool of
// readers, and brings its schema up to date. Closing the log calls close.
func NewSQLite(ctx context.Context, write, read *sql.DB, close func() error) (*SQLite, error) {
	l := &SQLite{write, read, close}
	return l, migrate(ctx, l)
}

// Close closes the database.
func (l *SQLite) Close() error { return l.close() }

// Write runs fn in an immediate transaction.
func (l *SQLite) Write(ctx context.Context, fn func(Tx) error) error {
	return run(ctx, l.write, nil, fn)
}

// Read runs fn over one snapshot.
func (l *SQLite) Read(ctx context.Context, fn func(Tx) error) error {
	return run(ctx, l.read, &sql.TxOptions{ReadOnly: true}, fn)
}

// run waits for a connection as long as ctx lasts, and keeps nothing of what was
// cancelled meanwhile. Statements that were begun are finished: to watch each for
// that costs more than most of them take.
func run(ctx context.Context, db *sql.DB, o *sql.TxOptions, fn func(Tx) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	work := context.WithoutCancel(ctx)
	tx, err := conn.BeginTx(work, o)
	if err != nil {
		return err
	}
	defer tx.Rollback() // also on a panic; after a commit it does nothing
	if err = transact(&prepared{work, tx, map[string]*sql.Stmt{}}, nil, fn); err != nil {
		return err
	}
	if err = ctx.Err(); err != nil {
		return err
	}
	return tx.Commit()
}

// prepared runs statements in a transaction. Each is prepared once in it, for
// a push may need it a thousand times.
type prepared struct {
	ctx context.Context
	tx  *sql.Tx
	all map[string]*sql.Stmt // closed with the transaction
}

func (p *prepared) prepare(query string) (*sql.Stmt, error) {
	if s := p.all[query]; s != nil {
		return s, nil
	}
	s, err := p.tx.PrepareContext(p.ctx, query)
	if err == nil {
		p.all[query] = s
	}
	return s, err
}

func (p *prepared) script(text string) error {
	_, err := p.tx.ExecContext(p.ctx, text)
	return err
}

func (p *prepared) exec(query string, args ...any) error {
	s, err := p.prepare(query)
	if err == nil {
		_, err = s.ExecContext(p.ctx, args...)
	}
	return err
}

func (p *prepared) insert(table, columns string, values ...any) error {
	return p.exec("INSERT INTO "+table+" ("+columns+") VALUES ("+placeholders(1, len(values))+")", values...)
}

func (p *prepared) one(query string, args []any, into ...any) (found bool, err error) {
	s, err := p.prepare(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(p.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (p *prepared) each(query string, args []any, f func(scan func(...any) error) (more bool, err error)) error {
	s, err := p.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(p.ctx, args...)
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
