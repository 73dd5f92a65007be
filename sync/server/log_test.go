package server_test

import (
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store/vfs"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/server/postgrestest"
)

// drivers are all there are of a log, each opening an empty one.
var drivers = []struct {
	name string
	open func(testing.TB) server.Log
}{
	{"memory", func(testing.TB) server.Log { return logtest.NewMemory() }},
	{"SQLite", sqlite},
	{"PostgreSQL", func(t testing.TB) server.Log { return postgres(t) }},
}

func TestEachDriverIsALog(t *testing.T) {
	for _, d := range drivers {
		t.Run(d.name, func(t *testing.T) {
			logtest.Run(t, func(t *testing.T) server.Log { return d.open(t) })
		})
	}
}

// openBook is the product's, with every right for everybody.
func openBook() app.Book {
	b := modules.Book()
	b.Access = nil
	return b
}

// postgres is an empty sealed log in a schema of its own.
func postgres(t testing.TB) *server.Postgres {
	t.Helper()
	l, err := server.NewPostgres(t.Context(), postgrestest.Schema(t), [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sqlite is an empty sealed log.
func sqlite(t testing.TB) server.Log {
	db, err := vfs.Create(filepath.Join(t.TempDir(), "server.db"), [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	l, err := server.NewSQLite(t.Context(), db.Write, db.Read, db.Close)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
