package server

import (
	"context"
	"database/sql/driver"
	"errors"
	"regexp"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// pipeline runs statements in a transaction. Those that read nothing wait for
// the next that does, or for the commit, and travel with it.
type pipeline struct {
	ctx    context.Context
	conn   *pgx.Conn
	batch  *pgx.Batch          // begins with the transaction
	rows   map[string]*newRows // by table, in the order of tables
	tables []string
	done   bool
}

// maxQueued statements wait at most: a push may write much and read little.
const maxQueued = 1_000

func (p *pipeline) queue(query string, args ...any) *pgx.QueuedQuery {
	return p.batch.Queue(query, args...)
}

// flush sends what waits.
func (p *pipeline) flush() error {
	if p.batch.Len() == 0 {
		return nil
	}
	batch := p.batch
	p.batch = &pgx.Batch{}
	return discreet(p.conn.SendBatch(p.ctx, batch).Close())
}

func (p *pipeline) exec(query string, args ...any) error {
	values, err := parameters(args)
	if err != nil {
		return err
	}
	p.queue(query, values...)
	if p.batch.Len() < maxQueued {
		return nil
	}
	return p.flush()
}

func (p *pipeline) one(query string, args []any, into ...any) (found bool, err error) {
	err = p.each(query, args, func(scan func(...any) error) (bool, error) {
		found = true
		return false, scan(into...)
	})
	return found && err == nil, err
}

// each reads all rows before f sees one, so that f can ask again.
func (p *pipeline) each(query string, args []any, f func(scan func(...any) error) (more bool, err error)) error {
	values, err := parameters(args)
	if err != nil {
		return err
	}
	var all [][]any
	p.queueRows()
	p.queue(query, values...).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			row, err := rows.Values()
			if err != nil {
				return err
			}
			all = append(all, row)
		}
		return rows.Err()
	})
	if err = p.flush(); err != nil {
		return err
	}
	for _, row := range all {
		if more, err := f(scanner(row)); err != nil || !more {
			return err
		}
	}
	return nil
}

var errColumns = errors.New("a scan wants another number of columns")

func scanner(row []any) func(...any) error {
	return func(into ...any) error {
		if len(into) != len(row) {
			return errColumns
		}
		for i := range into {
			if err := assign(into[i], row[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

// parameters are values as the columns of this driver take them: numbers, and
// bytes for everything else.
func parameters(args []any) ([]any, error) {
	out := make([]any, len(args))
	for i, a := range args {
		if s, ok := a.(sealing); ok {
			b, err := s.bytes()
			if err != nil {
				return nil, err
			}
			out[i] = b
			continue
		}
		v, err := driver.DefaultParameterConverter.ConvertValue(a)
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case string:
			out[i] = []byte(v)
		case bool:
			out[i] = int64(0)
			if v {
				out[i] = int64(1)
			}
		default:
			out[i] = v
		}
	}
	return out, nil
}

func (p *pipeline) script(text string) error {
	p.queueRows()
	if err := p.flush(); err != nil {
		return err
	}
	_, err := p.conn.PgConn().Exec(p.ctx, translate(text)).ReadAll()
	return discreet(err)
}

// What a migration says otherwise here. Text stands as bytes: PostgreSQL's own
// knows no NUL, and its order hangs on the machine's language. A PRAGMA is
// SQLite's alone.
var dialect = []struct {
	what *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`(?m)--.*$`), ""},
	{regexp.MustCompile(`\b(BLOB|TEXT)\b`), "BYTEA"},
	{regexp.MustCompile(`\bINTEGER\b`), "BIGINT"},
	{regexp.MustCompile(`\b[xX]'([0-9a-fA-F]*)'`), `'\x$1'`},
	{regexp.MustCompile(`(?m)^PRAGMA\b[^;]*;`), ""},
}

func translate(text string) string {
	for _, d := range dialect {
		text = d.what.ReplaceAllString(text, d.with)
	}
	return text
}

// commit sends what waits and the end of the transaction.
func (p *pipeline) commit() error {
	committed := false
	p.queueRows()
	p.queue("COMMIT").Exec(func(tag pgconn.CommandTag) error {
		committed = tag.String() == "COMMIT" // a failed transaction answers ROLLBACK
		return nil
	})
	err := p.flush()
	switch {
	case err == nil && !committed:
		return errFailedBefore
	case err != nil && p.conn.IsClosed():
		return errors.Join(errDoubt, err)
	}
	p.done = err == nil
	return err
}

func (p *pipeline) rollBack() {
	if p.done || p.conn.IsClosed() || p.conn.PgConn().TxStatus() == 'I' {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), firstWait*10)
	defer cancel()
	_, _ = p.conn.Exec(ctx, "ROLLBACK") // a connection that cannot is closed
}
