package server_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// office is a server with its order, and devices of people.
type office struct {
	*testing.T
	*simtest.World
	order *server.Sequencer
	epoch app.ID
}

func newOffice(t *testing.T, book app.Book) *office {
	return officeOver(t, book, logtest.NewMemory())
}

// officeOver asks nobody for the rights of the product: they have tests of their own.
func officeOver(t *testing.T, book app.Book, log server.Log) *office {
	t.Helper()
	if _, product := book.Access.(people.Rights); product {
		book = simtest.WithoutRights(book)
	}
	return strictOffice(t, book, log)
}

func strictOffice(t *testing.T, book app.Book, log server.Log) *office {
	t.Helper()
	w, err := simtest.NewWorld(1, book, log, t.TempDir())
	ok(t, err)
	o := &office{t, w, server.NewSequencer(log, book, w.Random), app.ID{}}
	o.read(func(tx server.Tx) error {
		b, err := tx.Setting("epoch")
		o.epoch = app.ID(b)
		return err
	})
	return o
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) read(fn func(server.Tx) error) {
	o.Helper()
	ok(o.T, o.Log.Read(context.Background(), fn))
}

func (o *office) device(name string) *simtest.Device {
	o.Helper()
	d, err := o.World.Device()
	ok(o.T, err)
	if name != "" {
		ok(o.T, o.Enroll(context.Background(), d, name))
	}
	return d
}

// open journals a new ticket.
func (o *office) open(d *simtest.Device, title string) *ticket.Ticket {
	o.Helper()
	r, err := d.Draft(ticket.Kind)
	ok(o.T, err)
	k := r.(*ticket.Ticket)
	k.Title, k.Channel = title, ticket.Phone
	ok(o.T, d.Save(k))
	return o.get(d, k.Ref)
}

func (o *office) get(d *simtest.Device, ref app.Ref) *ticket.Ticket {
	o.Helper()
	r, err := d.Get(ref)
	ok(o.T, err)
	return r.(*ticket.Ticket)
}

func (o *office) sync(devices ...*simtest.Device) {
	o.Helper()
	for _, d := range devices {
		_, err := o.Sync(context.Background(), d)
		ok(o.T, err)
	}
}

// outgoing are a device's segments as they would be sent.
func (o *office) outgoing(d *simtest.Device) *wire.Push {
	o.Helper()
	bodies, segments, keys, err := d.Outgoing(context.Background(), 0, 1<<30)
	ok(o.T, err)
	p := &wire.Push{Epoch: o.epoch, Keys: wire.KeysOf(keys)}
	for _, s := range segments {
		n := int(s.Last - s.First + 1)
		p.Segments = append(p.Segments, wire.SegmentOf(s, bodies[:n]))
		bodies = bodies[n:]
	}
	return p
}

func (o *office) push(carrier *simtest.Device, p *wire.Push) (*wire.Pushed, error) {
	return o.order.Push(context.Background(), carrier.ID, p, app.StampOf(o.Now))
}

func (o *office) pushed(carrier *simtest.Device, p *wire.Push) *wire.Pushed {
	o.Helper()
	out, err := o.push(carrier, p)
	ok(o.T, err)
	return out
}

func (o *office) refused(err error, code app.Code, word string) {
	o.Helper()
	if !app.IsCode(err, code) || !strings.Contains(err.Error(), word) {
		o.Fatalf("got %v, want %s with %q", err, code, word)
	}
}

// outcomes are all lines of the order, as a device that has the keys reads them.
func (o *office) outcomes() (out []app.Outcome) {
	o.Helper()
	reader := o.device("読者")
	p, err := o.order.Pull(context.Background(), reader.ID, &wire.Pull{Epoch: o.epoch}, app.StampOf(o.Now))
	ok(o.T, err)
	ring := ring{}
	for _, k := range p.Keys {
		ring[app.SubjectKey(k).ID()] = app.SubjectKey(k)
	}
	for _, text := range p.Outcomes {
		one, err := app.DecodeOutcome(text, ring)
		ok(o.T, err)
		out = append(out, *one)
	}
	o.sync(reader)
	return out
}

type ring map[app.KeyID]app.SubjectKey

func (r ring) Find(_ app.ID, id app.KeyID) (app.SubjectKey, error) {
	if k, ok := r[id]; ok {
		return k, nil
	}
	return app.SubjectKey{}, fmt.Errorf("no key %x", id)
}
func (r ring) For(app.ID) (app.SubjectKey, error) { return app.SubjectKey{}, app.ErrErased }

func verdicts(all []app.Outcome) (out []app.Verdict) {
	for _, o := range all {
		out = append(out, o.Verdict)
	}
	return out
}

func equal(t testing.TB, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}
