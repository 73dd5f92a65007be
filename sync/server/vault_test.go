package server_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/server/postgrestest"
)

// TestSealedInItsPlace moves and alters sealed values as only somebody who has
// the database could: none opens any more.
func TestSealedInItsPlace(t *testing.T) {
	for name, wrong := range map[string]string{
		"another row":     "UPDATE setting SET value = (SELECT value FROM setting WHERE name = 'two') WHERE name = 'one'",
		"another column":  "UPDATE setting SET value = (SELECT name FROM person) WHERE name = 'one'",
		"an altered byte": "UPDATE setting SET value = set_byte(value, 20, get_byte(value, 20) # 1) WHERE name = 'one'",
		"cut short":       "UPDATE setting SET value = substr(value, 1, 5) WHERE name = 'one'",
		"nothing":         "UPDATE setting SET value = '' WHERE name = 'one'",
	} {
		t.Run(name, func(t *testing.T) {
			dsn := postgrestest.Schema(t)
			l, err := server.NewPostgres(t.Context(), dsn, [32]byte{1})
			ok(t, err)
			defer l.Close()
			ok(t, l.Write(t.Context(), func(tx server.Tx) error {
				ok(t, tx.PutPerson(server.Person{ID: app.ID{1}, Name: "花子"}))
				ok(t, tx.PutSetting("two", []byte("second")))
				return tx.PutSetting("one", []byte("first"))
			}))
			conn, err := pgx.Connect(t.Context(), dsn)
			ok(t, err)
			defer conn.Close(t.Context())
			_, err = conn.Exec(t.Context(), wrong)
			ok(t, err)
			err = l.Read(t.Context(), func(tx server.Tx) error { _, err := tx.Setting("one"); return err })
			if !app.IsCode(err, app.Damaged) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestServerOfPostgres makes a server, opens it again, and refuses what does
// not belong together.
func TestServerOfPostgres(t *testing.T) {
	o := newOffice(t, openBook())
	options := optionsIn(t.TempDir()+"/server", o.World)
	options.Database = postgrestest.Schema(t)
	s, err := server.Create(t.Context(), options)
	ok(t, err)
	_, err = s.AddUser(t.Context(), "花子")
	ok(t, err)
	ok(t, s.Close())
	s, err = server.Open(t.Context(), options)
	ok(t, err)
	people, err := s.Users(t.Context())
	ok(t, err)
	equal(t, people[0].Name, "花子")
	ok(t, s.Close())

	other := optionsIn(t.TempDir()+"/other", o.World)
	other.Database = options.Database
	_, err = server.Create(t.Context(), other)
	o.refused(err, app.Invalid, "holds a server already")
	other = optionsIn(t.TempDir()+"/own", o.World)
	own, err := server.Create(t.Context(), other)
	ok(t, err)
	ok(t, own.Close())
	other.Database = options.Database
	_, err = server.Open(t.Context(), other)
	o.refused(err, app.Invalid, "without naming one")
	options.Database = ""
	_, err = server.Open(t.Context(), options)
	o.refused(err, app.Damaged, "if it is one of PostgreSQL")
	for _, dsn := range []string{"postgres://u:geheim@h:port/", "host=/nowhere user=u password=geheim dbname=d connect_timeout=1"} {
		options.Database = dsn
		if _, err = server.Open(t.Context(), options); err == nil || strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "nowhere") {
			t.Errorf("%v", err)
		}
	}
}

// TestUnsafePostgres is a database that does not wait for its disk.
func TestUnsafePostgres(t *testing.T) {
	dsn := postgrestest.Schema(t)
	_, err := server.NewPostgres(t.Context(), dsn+" options='-c synchronous_commit=off'", [32]byte{1})
	if !app.IsCode(err, app.Invalid) {
		t.Errorf("%v", err)
	}
}
