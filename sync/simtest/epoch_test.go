package simtest

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
)

// TestRestoredAtRandom lets devices work, puts the server back to a random moment,
// maybe twice, and has the devices come one by one: what they had stands there again.
func TestRestoredAtRandom(t *testing.T) {
	for _, c := range []struct {
		name   string
		onDisk bool
		seeds  uint64
	}{{"in memory", false, 8}, {"on the disk", true, 2}} {
		t.Run(c.name, func(t *testing.T) {
			for seed := range seeds(t, uint64(c.seeds)) {
				if err := newCity(t, seed, c.onDisk).live(); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
		})
	}
}

// city is a server that is put back, and the devices that know more.
type city struct {
	*Sim
	t    *testing.T
	dir  string
	told map[app.Ref]string // official numbers that devices were told
}

func newCity(t *testing.T, seed uint64, onDisk bool) *city {
	t.Helper()
	dir := t.TempDir()
	w, err := NewWorld(seed, WithoutRights(modules.Book()), logtest.NewMemory(), dir)
	ok(t, err)
	c := &city{&Sim{World: w}, t, dir, map[app.Ref]string{}}
	make := func(s *Sim, n int) (Replica, error) { return s.World.Device() }
	if onDisk {
		var end func() error
		make, end = OnDisk(dir)
		t.Cleanup(func() { ok(t, end()) })
	}
	for i := range 2 + w.Rand.IntN(3) {
		d, err := make(c.Sim, i)
		ok(t, err)
		name := fmt.Sprint("職員", i)
		_, err = w.Server.AddUser(now, name)
		ok(t, err)
		code, err := w.Server.EnrollCode(now, name, []string{"server.example:1"})
		ok(t, err)
		_, err = client.Enroll(now, d, code, c.line(d))
		ok(t, err)
		c.Devices = append(c.Devices, d)
	}
	return c
}

func (c *city) line(d Replica) client.Options {
	return client.Options{Now: c.Clock, Transport: c.Line(d.DeviceKey()), Rest: func(_ context.Context, wait time.Duration) error {
		c.Now = c.Now.Add(wait)
		return nil
	}}
}

func (c *city) live() error {
	for range 1 + c.Rand.IntN(2) {
		c.work(c.Rand.IntN(30))
		kept := c.Log.(*logtest.Memory).Clone()
		c.work(c.Rand.IntN(30))
		if err := c.restore(kept); err != nil {
			return err
		}
		c.work(c.Rand.IntN(10)) // some come, some work on without a server
	}
	return c.settle()
}

// work has devices write and sync at random.
func (c *city) work(steps int) {
	for range steps {
		c.Now = c.Now.Add(time.Minute)
		d := c.Devices[c.Rand.IntN(len(c.Devices))]
		if c.Rand.IntN(3) == 0 {
			ok(c.t, c.come(d))
			continue
		}
		c.write(d)
	}
}

// write makes a ticket with a photo, or changes one.
func (c *city) write(d Replica) {
	refs := d.Refs(ticket.Kind)
	if len(refs) == 0 || c.Rand.IntN(2) == 0 {
		r, err := d.Draft(ticket.Kind)
		ok(c.t, err)
		k := r.(*ticket.Ticket)
		k.Title, k.Channel = fmt.Sprint("件名", c.Rand.IntN(1000)), ticket.Phone
		photo, err := d.Attach(k.Ref, "写真", bytes.NewReader([]byte(k.Title)))
		ok(c.t, err)
		k.Photos = []app.Blob{photo}
		ok(c.t, d.Save(k))
		return
	}
	r, err := d.Get(refs[c.Rand.IntN(len(refs))])
	ok(c.t, err)
	k := r.(*ticket.Ticket)
	k.Body = fmt.Sprint(k.Body, c.Rand.IntN(1000))
	ok(c.t, d.Save(k))
}

func (c *city) come(d Replica) error {
	if _, err := client.Sync(now, d, c.line(d)); err != nil {
		return err
	}
	for ref, doc := range d.Docs() {
		if n := doc.Get("number").Text(); n != "" && !isProvisional(n) {
			if before := c.told[ref]; before != "" && before != n {
				return fmt.Errorf("%s was %s and is %s", ref, before, n)
			}
			c.told[ref] = n
		}
	}
	return nil
}

func isProvisional(number string) bool { return bytes.HasPrefix([]byte(number), []byte("仮")) }

// restore puts the server back to what was kept.
func (c *city) restore(kept *logtest.Memory) (err error) {
	c.Log = kept
	c.Server, err = server.Over(now, server.Options{Dir: c.dir, Book: c.Book, Clock: c.Clock, Random: c.Random}, kept)
	if err != nil {
		return err
	}
	return c.Server.Begin(now, 1000)
}

// settle has all devices come until nothing moves, and compares.
func (c *city) settle() error {
	for range 2 + len(c.Devices) {
		for _, i := range c.Rand.Perm(len(c.Devices)) {
			if err := c.come(c.Devices[i]); err != nil {
				return err
			}
		}
	}
	all, first := map[string]app.Ref{}, c.Devices[0].Docs()
	for ref, n := range c.told {
		if other, twice := all[n]; twice {
			return fmt.Errorf("%s is the number of %s and %s", n, ref, other)
		}
		if all[n] = ref; first[ref].Get("number").Text() != n {
			return fmt.Errorf("%s was %s and is %q", ref, n, first[ref].Get("number").Text())
		}
	}
	for i, d := range c.Devices {
		docs := d.Docs()
		if d.Pending() > 0 || len(d.Refused()) > 0 || len(docs) != len(first) {
			return fmt.Errorf("device %d: %d pending, refused %v, %d of %d records", i, d.Pending(), d.Refused(), len(docs), len(first))
		}
		for ref, doc := range docs {
			if !bytes.Equal(doc, first[ref]) {
				return fmt.Errorf("device %d has another %s", i, ref)
			}
			if err := c.photos(d, ref); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *city) photos(d Replica, ref app.Ref) error {
	if ref.Kind != ticket.Kind {
		return nil
	}
	r, err := d.Get(ref)
	if err != nil {
		return err
	}
	for _, b := range r.(*ticket.Ticket).Photos {
		if d.Content(b) == nil {
			return fmt.Errorf("%s has lost its photo", ref)
		}
	}
	return nil
}

// TestMoverDidNotMakeIt: a record that moved is told whole, its number too. Who moved
// it does not claim that for the move, and nobody has to look at it.
func TestMoverDidNotMakeIt(t *testing.T) {
	for _, onDisk := range []bool{false, true} {
		c := newCity(t, 1, onDisk)
		d := c.Devices[0]
		c.write(d)
		ok(t, c.come(d))
		kept := c.Log.(*logtest.Memory).Clone()
		r, err := d.Get(d.Refs(ticket.Kind)[0])
		ok(t, err)
		r.(*ticket.Ticket).Zone = app.ZoneLGWAN
		ok(t, d.Save(r))
		ok(t, c.come(d))
		ok(t, c.restore(kept))
		ok(t, c.come(d))
		state, err := c.Server.Restored(now)
		ok(t, err)
		if len(state.Twice) > 0 {
			t.Errorf("on the disk %v: %+v", onDisk, state.Twice)
		}
	}
}
