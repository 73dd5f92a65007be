package main

import (
	"context"
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// device makes an enrolled replica beside the window's.
func (s *screen) device(o store.Options, code string) *store.Replica {
	s.t.Helper()
	r, err := store.Create(s.t.Context(), o, keys.Passphrase("correct horse battery"))
	ok(s.t, err)
	_, err = client.Enroll(s.t.Context(), client.Of(r), code, client.Options{Now: time.Now, Name: "FE-03"})
	ok(s.t, err)
	return r
}

// synced has a device learn of all others.
func synced(t *testing.T, r *store.Replica) {
	t.Helper()
	_, err := client.Sync(t.Context(), client.Of(r), client.Options{Now: time.Now, Acquaint: true})
	ok(t, err)
}

// write makes an inquiry on a device.
func written(t *testing.T, r *store.Replica, title string) {
	t.Helper()
	rec, err := r.Draft(ticket.Kind)
	ok(t, err)
	rec.(*ticket.Ticket).Title, rec.(*ticket.Ticket).Channel = title, ticket.Phone
	ok(t, r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) }))
}

// freePort is a port of this machine that nobody has.
func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	defer l.Close()
	return l.Addr().String()
}

// TestAPersonCarriesChanges: without a server, in the real window with the real
// keyboard: a file is written for another device and opened there, one of that
// device is looked at and taken in, and the two meet. When the server is there
// again, the window's device brings what it carries.
func TestAPersonCarriesChanges(t *testing.T) {
	srv, at := newServer(t)
	line := &valve{to: at, passed: make(chan struct{}, 1)}
	gate := line.listen(t)
	addUser(t, srv, "中村 彩")
	code := func(address string) string {
		c, err := srv.EnrollCode(t.Context(), "中村 彩", []string{address})
		ok(t, err)
		return c
	}
	s := newScreen(t)
	mine := s.device(s.options(), code(gate))
	o := s.options()
	o.Dir = filepath.Join(s.dir, "other")
	other := s.device(o, code(at))
	t.Cleanup(func() { other.Close() })
	synced(t, other)
	synced(t, mine)
	written(t, mine, "written at the window")
	written(t, other, "written in the basement")
	ok(t, mine.Close())
	stick := filepath.Join(s.dir, "stick")
	ok(t, os.Mkdir(stick, 0o700))
	ship := client.Shipment{For: []core.ID{mine.Device()}}
	var err error
	ship.ID, err = core.NewID(core.StampOf(time.Now()), rand.Reader)
	ok(t, err)
	_, err = client.ExportTo(t.Context(), client.Of(other), client.Options{Now: time.Now}, ship, filepath.Join(stick, "other.daicho"))
	ok(t, err)

	line.mu.Lock() // nothing reaches the server
	s.start("--lock-after", "0")
	beside := s.replica()
	carried := func() int {
		list, err := beside.CargoList(context.Background())
		ok(t, err)
		return len(list)
	}
	s.section("carry")
	s.still("carry")
	s.write(stick)
	s.keys("Tab", "Tab", "space", "Down", "Return") // the other device may carry it
	s.keys("ctrl+Return")
	var file string
	s.until("a file is written", func() bool {
		all, err := filepath.Glob(filepath.Join(stick, "daicho-*.daicho"))
		ok(t, err)
		if len(all) == 1 {
			file = all[0]
		}
		return file != ""
	})
	s.still("packed")
	got, err := client.ImportFrom(t.Context(), client.Of(other), client.Options{Now: time.Now}, file)
	if err != nil || got.Taken.Changes != 1 || got.Fresh != 1 {
		t.Errorf("the other device took in %+v, %v", got, err)
	}

	s.keys("F6", "F6", "Right")
	s.still("take")
	s.write(filepath.Join(stick, "other.daicho"))
	s.keys("ctrl+i")
	s.still("look")
	if carried() != 0 {
		t.Error("looking took it in")
	}
	s.keys("ctrl+Return")
	s.until("it is taken in", func() bool { return carried() == 1 })
	s.still("taken")

	written(t, other, "written later")
	address := freePort(t)
	s.keys("F6", "Right")
	s.still("meet")
	s.keys("ctrl+a")
	s.write(address)
	s.keys("Tab", "Return")
	met := make(chan error, 1)
	go func() { met <- meet(t, other, address) }()
	s.until("they meet, the codes being the same", func() bool {
		select {
		case err := <-met:
			ok(t, err)
			return true
		default:
			s.keys("ctrl+Return") // does nothing before there are codes
			return false
		}
	})
	s.until("it came over the line", func() bool { return carried() == 2 })
	s.still("met")

	line.mu.Unlock()
	s.keys("F5")
	s.until("the server has it all", func() bool { return carried() == 0 })
	synced(t, other)
	counts, err := other.Status(t.Context())
	ok(t, err)
	if counts.Pending != 0 {
		t.Errorf("%d changes of the other device wait still", counts.Pending)
	}
	b, err := os.ReadFile(file)
	ok(t, err)
	if strings.Contains(string(b), "written at the window") {
		t.Error("the file can be read by anybody")
	}
}

// meet lets a device call the window, as soon as it waits.
func meet(t *testing.T, r *store.Replica, address string) error {
	for {
		c, err := net.Dial("tcp", address)
		if err != nil && t.Context().Err() == nil {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		if err != nil {
			return err
		}
		id, err := core.NewID(core.StampOf(time.Now()), rand.Reader)
		if err != nil {
			return err
		}
		m := client.Meeting{Port: client.Of(r), Options: client.Options{Now: time.Now}, ID: id,
			Confirm: func(context.Context, string, wire.Card) (bool, error) { return true, nil }}
		_, err = m.Connect(t.Context(), c)
		return err
	}
}
