package server_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"daicho/sync/server"
	"daicho/sync/server/postgrestest"
)

// badLine stands between a driver and PostgreSQL. Told a word, it breaks the
// connection on which PostgreSQL next says it, and the driver does not hear it.
type badLine struct {
	word   atomic.Pointer[string]
	broken atomic.Int64
}

func (l *badLine) breakAt(word string) { l.word.Store(&word) }

// between listens in a folder for what is meant for a database, and gives the
// connection string to use.
func (l *badLine) between(t *testing.T, dsn string) string {
	t.Helper()
	_, rest, _ := strings.Cut(dsn, "host=")
	host, _, _ := strings.Cut(rest, " ")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	ok(t, err)
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	ok(t, err)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.carry(client, filepath.Join(host, ".s.PGSQL.5432"))
		}
	}()
	return strings.Replace(dsn, host, dir, 1)
}

func (l *badLine) carry(client net.Conn, to string) {
	defer client.Close()
	database, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	defer database.Close()
	go func() {
		_, _ = io.Copy(database, client)
		database.Close()
	}()
	said := make([]byte, 64<<10)
	for {
		n, err := database.Read(said)
		if err != nil {
			return
		}
		if word := l.word.Load(); word != nil && bytes.Contains(said[:n], []byte(*word)) && l.word.CompareAndSwap(word, nil) {
			l.broken.Add(1)
			return
		}
		if _, err = client.Write(said[:n]); err != nil {
			return
		}
	}
}

// TestLostAnswers breaks the line at the worst moments of a transaction: it has
// happened once, whether or not that could be heard.
func TestLostAnswers(t *testing.T) {
	for _, c := range []struct {
		name, at string
		runs     int
	}{
		{"before anything", "INSERT 0 1\x00", 1}, // the first is of the table of writers
		{"before the commit", "SELECT 0\x00", 2}, // a counter that is not there yet
		{"after the commit", "COMMIT\x00", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var line badLine
			l, err := server.NewPostgres(t.Context(), line.between(t, postgrestest.Schema(t)), [32]byte{1})
			ok(t, err)
			defer l.Close()
			runs := 0
			line.breakAt(c.at)
			ok(t, l.Write(t.Context(), func(tx server.Tx) error {
				runs++
				_, err := tx.Count("things", 1)
				return err
			}))
			if line.broken.Load() != 1 {
				t.Error("the line never broke")
			}
			var n int64
			ok(t, l.Read(t.Context(), func(tx server.Tx) (err error) {
				n, err = tx.Counter("things")
				return err
			}))
			equal(t, []any{runs, n}, []any{c.runs, int64(1)})
		})
	}
}

// TestGone is a database that does not come back: the write is no success, and
// what it was is told without naming the place.
func TestGone(t *testing.T) {
	cluster := postgrestest.New(t)
	l, err := server.NewPostgres(t.Context(), cluster.Database(t), [32]byte{1})
	ok(t, err)
	defer l.Close()
	cluster.Kill(t)
	err = l.Write(context.Background(), func(tx server.Tx) error { return tx.PutSetting("a", []byte{1}) })
	if err == nil || strings.Contains(err.Error(), cluster.Dir()) || strings.Contains(err.Error(), cluster.Password()) {
		t.Errorf("with no database: %v", err)
	}
	cluster.Start(t)
	ok(t, l.Read(context.Background(), func(tx server.Tx) error {
		value, err := tx.Setting("a")
		equal(t, len(value), 0)
		return err
	}))
}
