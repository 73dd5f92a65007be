package server_test

import (
	"path/filepath"
	"testing"

	"daicho/store/vfs"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
)

func TestMemoryIsALog(t *testing.T) {
	logtest.Run(t, func(*testing.T) server.Log { return logtest.NewMemory() })
}

func TestSQLiteIsALog(t *testing.T) {
	logtest.Run(t, func(t *testing.T) server.Log { return sqlite(t) })
}

// sqlite is an empty sealed log.
func sqlite(t *testing.T) server.Log {
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
