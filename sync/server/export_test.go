package server

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// Roster is who belongs to the server.
func (s *Server) Roster(ctx context.Context) (*wire.Roster, error) { return s.roster(ctx) }

// Working is how many messages are being read or answered.
func (s *Server) Working() int { return s.busy.count() + s.joining.count() }

// Waiting is how many devices wait for news.
func (s *Server) Waiting() int { return s.waiting.count() }

// Small makes its pages small: of a few rows, and of few lines looked at.
func (s *Sequencer) Small(rows, lines int) { s.pages = pages{rows, wire.MaxKeys, lines} }

// FewKeys lets a page of rows hold few of them.
func (s *Server) FewKeys(most int) { s.order.pages.keys = most }

// Fill lets nobody in any more.
func (s *Server) Fill() {
	for _, g := range []*gate{s.joining, s.busy, s.waiting, s.moving} {
		g.room = 0
	}
}

// Sealed are the columns whose values were sealed or opened.
func (l *Postgres) Sealed() []string {
	l.vault.mu.Lock()
	defer l.vault.mu.Unlock()
	return slices.Sorted(maps.Keys(l.vault.all))
}

// Migrations is how many steps the schema has.
func Migrations() (int, error) {
	names, err := migrationFiles()
	return len(names), err
}

// OldSQLite is [NewSQLite] of a program that knew so many steps.
func OldSQLite(ctx context.Context, steps int, write, read *sql.DB, close func() error) (*SQLite, error) {
	l := &SQLite{write, read, close}
	return l, upTo(ctx, steps, l)
}

// OldPostgres is [NewPostgres] of a program that knew so many steps.
func OldPostgres(ctx context.Context, steps int, dsn string, key [32]byte) (*Postgres, error) {
	l, err := connect(ctx, dsn, key)
	if err != nil {
		return nil, err
	}
	return l, upTo(ctx, steps, l)
}

func upTo(ctx context.Context, steps int, l Log) error {
	names, err := migrationFiles()
	return errors.Join(err, l.Write(ctx, func(tx Tx) error { return tx.(*sqlTx).migrate(names[:steps]) }))
}

// Schema is what a database consists of, one line a column or index.
func (l *Postgres) Schema(ctx context.Context) ([]string, error) {
	return schemaOf(ctx, l, `SELECT table_name || ' ' || ordinal_position || ' ' || column_name || ' ' || data_type || coalesce(column_default, '') FROM information_schema.columns
		WHERE table_schema = 'public' UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`)
}

// Schema is what a database consists of, one line a table or index.
func (l *SQLite) Schema(ctx context.Context) ([]string, error) {
	return schemaOf(ctx, l, "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY 1")
}

func schemaOf(ctx context.Context, l Log, query string) (lines []string, err error) {
	err = l.Read(ctx, func(tx Tx) error {
		return tx.(*sqlTx).each(query, nil, func(scan func(...any) error) (bool, error) {
			lines = append(lines, "")
			return true, scan(&lines[len(lines)-1])
		})
	})
	return lines, err
}

// Steps of proofs, for their tables.
var (
	TOTP         = totp
	StepOf       = stepOf
	HashPassword = hashPassword
	IsPassword   = isPassword
)

// Room is how many more devices, or addresses, limits remember.
const Room = maxPaced

// Remembered is how many devices the server keeps a pace for.
func (s *Server) Remembered() int { return len(s.limits.paces.all) }

// Crowd is a listener that lets so many in as a server does.
var Crowd = newCrowd

// FromOne is how many connections one address may have.
const FromOne = maxFromOne

// Secret is the server's identity, as whoever holds the server has it.
func (s *Server) Secret(ctx context.Context) (ed25519.PrivateKey, error) {
	i, err := s.identity(ctx)
	return i.key, err
}

// Unfinished is what a server leaves that ended before it destroyed an attachment.
func Unfinished(tx Tx, id app.BlobID) error {
	return errors.Join(tx.(*sqlTx).exec("INSERT INTO doomed (blob) VALUES ($1)", id[:]), tx.PutSetting(settingErasing, []byte{1}))
}

// EachRow gives every column of bytes of a database, opened.
func EachRow(ctx context.Context, l Log, give func(table string, cell []byte)) error {
	return l.Read(ctx, func(tx Tx) error {
		t := tx.(*sqlTx)
		list, err := t.tables()
		for _, of := range list {
			if err == nil {
				err = t.rowsOf(of, func(row []any) error {
					for _, v := range row {
						if b, is := v.([]byte); is {
							give(of.Name, b)
						}
					}
					return nil
				})
			}
		}
		return err
	})
}
