package server_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"daicho/store/vfs"
	"daicho/sync/server"
	"daicho/sync/server/postgrestest"
)

// schemed is a log that can tell its schema.
type schemed interface {
	server.Log
	Schema(context.Context) ([]string, error)
}

// databases open one and the same database again and again, by a program that
// knows so many steps of the schema; zero is this one.
var databases = map[string]func(*testing.T) func(steps int) (schemed, error){
	"SQLite": func(t *testing.T) func(int) (schemed, error) {
		path, open := filepath.Join(t.TempDir(), "server.db"), vfs.Create
		return func(steps int) (schemed, error) {
			db, err := open(path, [32]byte{1})
			ok(t, err)
			open = vfs.Open
			if steps > 0 {
				return server.OldSQLite(t.Context(), steps, db.Write, db.Read, db.Close)
			}
			return server.NewSQLite(t.Context(), db.Write, db.Read, db.Close)
		}
	},
	"PostgreSQL": func(t *testing.T) func(int) (schemed, error) {
		dsn := postgrestest.Database(t)
		return func(steps int) (schemed, error) {
			if steps > 0 {
				return server.OldPostgres(t.Context(), steps, dsn, [32]byte{1})
			}
			return server.NewPostgres(t.Context(), dsn, [32]byte{1})
		}
	},
}

// TestMigrations brings a database of every step of the schema to this
// program's: nothing is lost, and it is as if made anew.
func TestMigrations(t *testing.T) {
	all, err := server.Migrations()
	ok(t, err)
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			fresh, err := database(t)(0)
			ok(t, err)
			want, err := fresh.Schema(t.Context())
			ok(t, err)
			ok(t, fresh.Close())
			for steps := 1; steps <= all; steps++ {
				t.Run(fmt.Sprint(steps), func(t *testing.T) { upgrade(t, database(t), steps, want) })
			}
		})
	}
}

func upgrade(t *testing.T, open func(int) (schemed, error), steps int, want []string) {
	old, err := open(steps)
	ok(t, err)
	ok(t, old.Write(t.Context(), func(tx server.Tx) error { return tx.PutSetting("kept", []byte{7}) }))
	ok(t, old.Close())
	for range 2 { // the second time there is nothing to do
		now, err := open(0)
		ok(t, err)
		got, err := now.Schema(t.Context())
		ok(t, err)
		equal(t, got, want)
		ok(t, now.Read(t.Context(), func(tx server.Tx) error {
			value, err := tx.Setting("kept")
			equal(t, value, []byte{7})
			return err
		}))
		ok(t, now.Close())
	}
}
