package server_test

import (
	"path/filepath"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store/vfs"
	"daicho/sync/client"
	"daicho/sync/server"
)

func TestCodeWorksOnceForOneDevice(t *testing.T) {
	o := newOffice(t, modules.Book())
	code := o.code("青木", "server.example:1")
	a, b := o.device(""), o.device("")
	for range 2 { // again after a lost answer
		who, err := client.Enroll(t.Context(), a, code, o.Options(a))
		ok(t, err)
		equal(t, who.Name, "青木")
	}
	_, err := client.Enroll(t.Context(), b, code, o.Options(b))
	o.refused(err, app.Forbidden, "cannot be used")
	all, err := o.Server.Devices(t.Context())
	ok(t, err)
	equal(t, len(all), 1)
	equal(t, []any{all[0].ID, all[0].State, all[0].Enrolled}, []any{a.ID, server.Active, app.StampOf(o.Now)})
}

func TestCodeIsValidForSevenDays(t *testing.T) {
	o := newOffice(t, modules.Book())
	early, late := o.code("青木", "server.example:1"), o.code("馬場", "server.example:1")
	a, b := o.device(""), o.device("")
	o.Now = o.Now.Add(7 * 24 * time.Hour)
	_, err := client.Enroll(t.Context(), a, early, o.Options(a))
	ok(t, err)
	o.Now = o.Now.Add(time.Second)
	_, err = client.Enroll(t.Context(), b, late, o.Options(b))
	o.refused(err, app.Forbidden, "seven days")
}

func TestDeviceStaysWithItsPersonAndServer(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	_, err := client.Enroll(t.Context(), a, o.code("馬場", "server.example:1"), o.Options(a))
	o.refused(err, app.Forbidden, "another person")
	elsewhere := newOffice(t, modules.Book())
	elsewhere.Random = o.Random
	code := elsewhere.code("青木", "server.example:1")
	other, err := elsewhere.Server.EnrollCode(t.Context(), "青木", []string{"server.example:1"})
	ok(t, err)
	equal(t, code != other, true)
}

func TestRevokedDeviceCannotEnrolAgain(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	ok(t, o.Server.Revoke(t.Context(), a.ID))
	code, err := o.Server.EnrollCode(t.Context(), "青木", []string{"server.example:1"})
	ok(t, err)
	_, err = client.Enroll(t.Context(), a, code, o.Options(a))
	o.refused(err, app.Forbidden, "revoked")
	o.refused(o.Server.Revoke(t.Context(), app.ID{9}), app.NotFound, "no such device")
}

func TestPeopleAndCodesThatCannotBe(t *testing.T) {
	o := newOffice(t, modules.Book())
	for _, name := range []string{"", "  ", "改\n行", string(make([]rune, 101)), "\xff"} {
		_, err := o.Server.AddUser(t.Context(), name)
		o.refused(err, app.Invalid, "1 to 100")
	}
	_, err := o.Server.EnrollCode(t.Context(), "いない人", []string{"a:1"})
	o.refused(err, app.NotFound, "no such person")
	_, err = o.Server.EnrollCode(t.Context(), "いない人", nil)
	o.refused(err, app.Invalid, "one to eight")
	p, err := o.Server.AddUser(t.Context(), "青木")
	ok(t, err)
	_, err = o.Server.EnrollCode(t.Context(), p.ID.String(), []string{"a:1"})
	ok(t, err)
}

func TestNewPeopleReachDevicesThatAreUpToDate(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	o.sync(a)
	equal(t, len(a.People), 1)
	_, err := o.Server.AddUser(t.Context(), "馬場")
	ok(t, err)
	o.sync(a)
	equal(t, len(a.People), 2)
}

// TestTwoProcesses lets two logs of one file write in turn, as a server and
// an administrator's command do.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "server.db")
	db, err := vfs.Create(path, [32]byte{1})
	ok(t, err)
	one, err := server.NewSQLite(t.Context(), db.Write, db.Read, db.Close)
	ok(t, err)
	defer one.Close()
	again, err := vfs.Open(path, [32]byte{1})
	ok(t, err)
	two, err := server.NewSQLite(t.Context(), again.Write, again.Read, again.Close)
	ok(t, err)
	defer two.Close()
	done := make(chan error, 2)
	for _, l := range []server.Log{one, two} {
		go func() {
			var err error
			for range 50 {
				if err == nil {
					err = l.Write(t.Context(), func(tx server.Tx) error { _, err := tx.Count("gsn", 1); return err })
				}
			}
			done <- err
		}()
	}
	ok(t, <-done)
	ok(t, <-done)
	ok(t, one.Read(t.Context(), func(tx server.Tx) error {
		n, err := tx.Counter("gsn")
		equal(t, n, int64(100))
		return err
	}))
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	db, err := vfs.Create(filepath.Join(t.TempDir(), "server.db"), [32]byte{1})
	ok(t, err)
	l, err := server.NewSQLite(t.Context(), db.Write, db.Read, db.Close)
	ok(t, err)
	defer l.Close()
	_, err = db.Write.Exec("INSERT INTO migration (n) VALUES (99)")
	ok(t, err)
	_, err = server.NewSQLite(t.Context(), db.Write, db.Read, db.Close)
	if !app.IsCode(err, app.Invalid) {
		t.Fatal(err)
	}
}
