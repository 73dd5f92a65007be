package simtest

import (
	"bytes"
	"context"
	"crypto/rand"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/server"
)

var cheap = keys.Cost{Passes: 1, KiB: 8, Threads: 1}

// story is a server on the disk, real connections, and replicas on the disk.
type story struct {
	*testing.T
	dir     string
	server  server.Options
	address string
	stop    func()
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// serve opens the server and lets it listen where it did before.
func (s *story) serve(open func(context.Context, server.Options) (*server.Server, error)) *server.Server {
	s.Helper()
	one, err := open(s.Context(), s.server)
	ok(s.T, err)
	ctx, end := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- one.Serve(ctx, s.address, func(at net.Addr) { ready <- at.String() }) }()
	select {
	case s.address = <-ready:
	case err = <-done:
		s.Fatal(err)
	}
	s.stop = func() { end(); ok(s.T, <-done); ok(s.T, one.Close()) }
	return one
}

func (s *story) replica(name string) *store.Replica {
	s.Helper()
	r, err := store.Create(s.Context(), store.Options{Dir: filepath.Join(s.dir, name), Keys: keys.In(filepath.Join(s.dir, "keys")), Cost: cheap,
		Book: WithoutRights(modules.Book()), Clock: time.Now, Random: rand.Reader, App: "test"}, keys.Passphrase("端末"))
	ok(s.T, err)
	s.Cleanup(func() { r.Close() })
	return r
}

func (s *story) sync(all ...*store.Replica) {
	s.Helper()
	for _, r := range all {
		_, err := client.Sync(s.Context(), client.Of(r), client.Options{Now: time.Now})
		ok(s.T, err)
	}
}

func (s *story) save(r *store.Replica, rec app.Record) {
	s.Helper()
	ok(s.T, r.Write(s.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) }))
}

func (s *story) ticket(r *store.Replica, ref app.Ref) *ticket.Ticket {
	s.Helper()
	k, err := store.Get(s.Context(), r, ticket.Register, ref.ID)
	ok(s.T, err)
	return k
}

// TestStory is the main job: two people work on one ticket with no network,
// one of them from before he was enrolled; both sync; nobody's work is lost.
func TestStory(t *testing.T) {
	s := &story{T: t, dir: t.TempDir(), address: "127.0.0.1:0"}
	s.server = server.Options{Dir: filepath.Join(s.dir, "server"), Keys: keys.In(filepath.Join(s.dir, "keys")), Cost: cheap, Passphrase: keys.Passphrase("サーバー"),
		Book: WithoutRights(modules.Book()), Clock: time.Now, Random: rand.Reader}
	one := s.serve(server.Create)
	a, b := s.replica("a"), s.replica("b")

	draft, err := a.Draft(ticket.Kind)
	ok(t, err)
	k := draft.(*ticket.Ticket)
	k.Title, k.Channel, k.Requester = "プリンター障害", ticket.Phone, "田中花子"
	photo, err := a.Attach(t.Context(), k.Ref, "写真.jpg", "image/jpeg", strings.NewReader("写真の中身"))
	ok(t, err)
	k.Photos = []app.Blob{photo}
	s.save(a, k) // before anybody knows the device

	for name, r := range map[string]*store.Replica{"青木": a, "馬場": b} {
		_, err = one.AddUser(t.Context(), name)
		ok(t, err)
		code, err := one.EnrollCode(t.Context(), name, []string{s.address})
		ok(t, err)
		who, err := client.Enroll(t.Context(), client.Of(r), code, client.Options{Now: time.Now, Name: name + "の端末"})
		ok(t, err)
		if who.Name != name || r.Actor() != who {
			t.Fatal(who, r.Actor())
		}
	}
	s.sync(a, b)
	var content bytes.Buffer
	ok(t, b.OpenBlob(t.Context(), photo, &content))
	if got := s.ticket(b, k.Ref); content.String() != "写真の中身" || strings.HasPrefix(got.Number, "仮") || got.Requester != "田中花子" {
		t.Fatal(got, content.String())
	}

	s.stop() // the network is gone
	ka, kb := s.ticket(a, k.Ref), s.ticket(b, k.Ref)
	ka.Department, ka.Site, kb.Department, kb.Asset = "市民課", "本庁舎", "税務課", "PRN-7"
	s.save(a, ka)
	s.save(b, kb)
	_, err = client.Sync(t.Context(), client.Of(a), client.Options{Now: time.Now})
	if !app.IsCode(err, app.Failed) {
		t.Fatal("no server, and yet", err)
	}

	s.serve(server.Open)
	s.sync(a, b, a)
	open, _, err := store.List(t.Context(), a, app.Conflicts, app.Query{})
	ok(t, err)
	if len(open) != 1 {
		t.Fatalf("%+v", open)
	}
	// Which of the two is shown is up to two clocks that were measured to some
	// milliseconds only; that both are there is not.
	take := map[string]string{"税務課 市民課": "take=other", "市民課 税務課": "take=shown"}[open[0].Shown.Text()+" "+open[0].Other.Text()]
	if take == "" {
		t.Fatalf("%+v", open[0])
	}
	args, err := app.Args(app.Conflicts, "resolve", []string{take})
	ok(t, err)
	ok(t, a.Write(t.Context(), a.Actor(), func(tx *store.Tx) error { return tx.Do(open[0], "resolve", args) }))
	s.sync(a, b)
	for _, r := range []*store.Replica{a, b} {
		got := s.ticket(r, k.Ref)
		if got.Department != "市民課" || got.Site != "本庁舎" || got.Asset != "PRN-7" {
			t.Fatalf("%+v", got)
		}
	}
	s.secret()
	s.stop()
}

// secret looks for words of the data in every file, the server's open ones included.
func (s *story) secret() {
	s.Helper()
	ok(s.T, filepath.WalkDir(s.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, word := range []string{"田中", "障害", "市民課", "青木", "写真", "PRN-7", "SQLite", "ticket"} {
			if bytes.Contains(text, []byte(word)) {
				s.Errorf("%s holds %q", path, word)
			}
		}
		return err
	}))
}
