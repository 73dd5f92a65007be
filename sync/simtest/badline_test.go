package simtest

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/simtest/chaos"
)

// networks are bad in the ways that networks are; file is the size of an
// attachment that still passes in reasonable time.
var networks = map[string]struct {
	line chaos.Line
	file int
}{
	"far":         {chaos.Line{Latency: 300 * time.Millisecond, Jitter: 50 * time.Millisecond}, 1 << 20},
	"resets":      {chaos.Line{Reset: 0.03}, 4 << 20},
	"slow":        {chaos.Line{Rate: 256_000 / 8}, 64 << 10},
	"half open":   {chaos.Line{HalfOpen: 0.02}, 1 << 20},
	"black holes": {chaos.Line{BlackHole: 0.6}, 1 << 20},
	"everything": {chaos.Line{Latency: 30 * time.Millisecond, Jitter: 30 * time.Millisecond, Rate: 1 << 20,
		Reset: 0.01, HalfOpen: 0.005, BlackHole: 0.2}, 1 << 20},
}

// TestBadLines lets two people work over a network that never gets better: all
// of it arrives, and a broken line costs at most what was on it.
func TestBadLines(t *testing.T) {
	for name, n := range networks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &story{T: t, dir: t.TempDir(), address: "127.0.0.1:0"}
			s.server = server.Options{Dir: filepath.Join(s.dir, "server"), Keys: keys.In(filepath.Join(s.dir, "keys")), Cost: cheap,
				Passphrase: keys.Passphrase("サーバー"), Book: WithoutRights(modules.Book()), Clock: time.Now, Random: rand.Reader}
			one := s.serve(server.Create)
			defer s.stop()
			l, err := chaos.Listen(s.address, chaos.Line{}, uint64(len(name)))
			ok(t, err)
			defer l.Close()
			a, b := s.replica("a"), s.replica("b")
			for who, r := range map[string]*store.Replica{"青木": a, "馬場": b} {
				_, err = one.AddUser(t.Context(), who)
				ok(t, err)
				code, err := one.EnrollCode(t.Context(), who, []string{l.Address()})
				ok(t, err)
				_, err = client.Enroll(t.Context(), client.Of(r), code, client.Options{Now: time.Now})
				ok(t, err)
			}
			l.Set(n.line)
			file := make([]byte, n.file)
			rand.Read(file)
			photo := s.attached(a, file)
			for i := range 30 {
				s.opened(a, fmt.Sprint("甲", i))
				s.opened(b, fmt.Sprint("乙", i))
			}
			begun, _ := l.Passed()
			tries := s.persist(a)
			up, begun2 := l.Passed()
			tries += s.persist(b)
			_, down := l.Passed()
			s.persist(a)
			if len(s.titles(a)) != 61 || fmt.Sprint(s.titles(a)) != fmt.Sprint(s.titles(b)) {
				t.Errorf("%d and %d inquiries arrived, want 61", len(s.titles(a)), len(s.titles(b)))
			}
			var content bytes.Buffer
			ok(t, b.OpenBlob(t.Context(), photo, &content))
			if !bytes.Equal(content.Bytes(), file) {
				t.Error("the attachment came out different")
			}
			t.Logf("%d tries; %d of %d bytes up, %d down", tries, up-begun, n.file, down-begun2)
			rest := int64(tries+1) * 256 << 10 // handshakes, changes, pages, and what was on a line when it broke
			if up-begun > int64(n.file)+rest || down-begun2 > int64(n.file)+rest {
				t.Errorf("%d bytes went up and %d down for %d, in %d tries", up-begun, down-begun2, n.file, tries)
			}
		})
	}
}

// persist syncs until all of it has succeeded once, and says how often it tried.
func (s *story) persist(r *store.Replica) int {
	s.Helper()
	o := client.Options{Now: time.Now, Silence: 3 * time.Second}
	for n := range 200 {
		_, err := client.Sync(s.Context(), client.Of(r), o)
		missing, listErr := r.MissingBlobs(s.Context(), 1)
		ok(s.T, listErr)
		switch {
		case err == nil && len(missing) == 0:
			return n + 1
		case err != nil && !app.IsCode(err, app.Failed):
			s.Fatal(err)
		}
	}
	s.Fatal("it never got through")
	return 0
}

func (s *story) opened(r *store.Replica, title string) *ticket.Ticket {
	s.Helper()
	draft, err := r.Draft(ticket.Kind)
	ok(s.T, err)
	k := draft.(*ticket.Ticket)
	k.Title, k.Channel = title, ticket.Phone
	s.save(r, k)
	return k
}

func (s *story) attached(r *store.Replica, content []byte) app.Blob {
	s.Helper()
	k := s.opened(r, "写真")
	b, err := r.Attach(s.Context(), k.Ref, "写真.jpg", "image/jpeg", bytes.NewReader(content))
	ok(s.T, err)
	again := s.ticket(r, k.Ref)
	again.Photos = []app.Blob{b}
	s.save(r, again)
	return b
}

func (s *story) titles(r *store.Replica) (all []string) {
	s.Helper()
	list, _, err := store.List(s.Context(), r, ticket.Register, app.Query{Sort: "title"})
	ok(s.T, err)
	for _, k := range list {
		all = append(all, k.Title)
	}
	return all
}
