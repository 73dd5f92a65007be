package server

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"daicho/app"
)

// Postgres is the driver of a [Log] in a PostgreSQL database, which other
// processes may use at the same time. Values stand sealed in it.
type Postgres struct {
	pool    *pgxpool.Pool
	vault   *vault
	process [16]byte      // of this process, in the table writer
	turn    chan struct{} // holds the one who writes in this process
	written int64         // transactions begun; who has the turn may touch it
}

// NewPostgres opens a database by its connection string (a URL, or key=value
// pairs), with the key that its values are sealed by, and brings its schema up
// to date. Neither is ever named in an error.
func NewPostgres(ctx context.Context, dsn string, key [32]byte) (*Postgres, error) {
	l, err := connect(ctx, dsn, key)
	if err != nil {
		return nil, err
	}
	if err = migrate(ctx, l); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// connect opens a database that may have no schema yet.
func connect(ctx context.Context, dsn string, key [32]byte) (*Postgres, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, errDSN // err could hold the password
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, discreet(err)
	}
	l := &Postgres{pool: pool, vault: newVault(key), turn: make(chan struct{}, 1)}
	_, _ = rand.Read(l.process[:]) // never fails
	if err = l.prepare(ctx); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// prepare makes the table that each transaction that writes begins with. It
// tries once: whoever starts a server is to be told that its database is not there.
func (l *Postgres) prepare(ctx context.Context) error {
	return l.on(ctx, pgx.TxOptions{}, func(p *pipeline) error {
		if err := keepsWord(p); err != nil {
			return err
		}
		p.queue(lockWriters, writerLock)
		if err := p.script("CREATE TABLE IF NOT EXISTS writer (process BLOB NOT NULL PRIMARY KEY, n INTEGER NOT NULL)"); err != nil {
			return err
		}
		return p.commit()
	})
}

// Close closes all connections.
func (l *Postgres) Close() error {
	l.pool.Close()
	return nil
}

// Write runs fn while no other process writes. If the connection fails it runs
// fn again, unless the first time is found to have been committed.
func (l *Postgres) Write(ctx context.Context, fn func(Tx) error) error {
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.turn }()
	l.written++
	return l.insist(ctx, func() error {
		err := l.write(ctx, fn)
		if errors.Is(err, errDoubt) {
			return l.settle(ctx, err)
		}
		return err
	})
}

// The lock is held by who writes, until the end of his transaction. Its number
// means nothing to anybody else.
const (
	lockWriters = "SELECT pg_advisory_xact_lock($1)"
	writerLock  = int64(0x6461_6963_686f) // "daicho"
)

func (l *Postgres) write(ctx context.Context, fn func(Tx) error) error {
	return l.on(ctx, pgx.TxOptions{}, func(p *pipeline) error {
		p.queue(lockWriters, writerLock)
		p.queue("INSERT INTO writer (process, n) VALUES ($1, $2) ON CONFLICT (process) DO UPDATE SET n = $2", l.process[:], l.written)
		if err := p.flush(); err != nil {
			return err
		}
		if err := transact(p, l.vault, fn); err != nil {
			return err
		}
		return p.commit()
	})
}

// settle finds out whether a transaction was committed whose end nobody heard.
// The lock waits for that end.
func (l *Postgres) settle(ctx context.Context, doubt error) error {
	var n int64
	err := l.insist(ctx, func() error {
		return l.on(ctx, pgx.TxOptions{}, func(p *pipeline) error {
			p.queue(lockWriters, writerLock)
			_, err := p.one("SELECT n FROM writer WHERE process = $1", []any{l.process[:]}, &n)
			return err
		})
	})
	switch {
	case err != nil:
		return errors.Join(errUnsettled, err)
	case n == l.written:
		return nil
	}
	return errLost
}

// Read runs fn over one snapshot.
func (l *Postgres) Read(ctx context.Context, fn func(Tx) error) error {
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return l.insist(ctx, func() error {
		return l.on(ctx, snapshot, func(p *pipeline) error {
			if err := transact(p, l.vault, fn); err != nil {
				return err
			}
			p.queueRows()
			return p.flush() // a write fails here
		})
	})
}

// on runs fn in a transaction, which is rolled back if fn has not committed it.
func (l *Postgres) on(ctx context.Context, o pgx.TxOptions, fn func(*pipeline) error) error {
	conn, err := l.pool.Acquire(ctx)
	if err != nil {
		return discreet(err)
	}
	defer conn.Release() // closes one that is broken, or still in a transaction
	p := &pipeline{ctx: ctx, conn: conn.Conn(), batch: &pgx.Batch{}, rows: map[string]*newRows{}}
	p.batch.BeginTx(o)
	defer p.rollBack() // also on a panic
	if err = fn(p); err != nil && p.conn.IsClosed() && ctx.Err() == nil && !errors.Is(err, errDoubt) {
		return errors.Join(errLost, err)
	}
	return err
}

// How often something is tried anew where the connection, or the transaction,
// fails, and how long it waits before: from 20 ms, each time twice as long, 5 s
// in all. A server that takes longer to come back is a failure.
const (
	tries     = 9
	firstWait = 20 * time.Millisecond
)

// insist does something until it is done, or fails for good.
func (l *Postgres) insist(ctx context.Context, do func() error) error {
	err := do()
	for wait, n := firstWait, 1; n < tries && passing(err); wait, n = 2*wait, n+1 {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
		err = do()
	}
	return err
}

var errOpen = app.Refuse(app.Invalid, "", "PostgreSQL が書き込みをディスクに確定しない設定（fsync または synchronous_commit が off）です。どちらも on にしてください。",
	"PostgreSQL does not wait for its disk (fsync or synchronous_commit is off); set both to on")

// keepsWord refuses a database that says done before the disk does.
func keepsWord(p *pipeline) error {
	var off int64
	_, err := p.one("SELECT count(*) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'", nil, &off)
	if err == nil && off > 0 {
		err = errOpen
	}
	return err
}
