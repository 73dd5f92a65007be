package simtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/wire"
)

// tester is a test of either kind.
type tester interface {
	Helper()
	Fatal(...any)
	Context() context.Context
}

// offices are devices that meet their server rarely.
type offices struct {
	tester
	*World
	devices []*Device
}

// newOffices enrols devices, and has each know the others.
func newOffices(t tester, seed uint64, dir string, names ...string) *offices {
	t.Helper()
	book := modules.Book()
	book.Access = nil // who may what is another test's
	w, err := NewWorld(seed, book, logtest.NewMemory(), dir)
	o := &offices{tester: t, World: w}
	o.ok(err)
	for _, name := range names {
		d, err := w.Device()
		o.ok(err)
		o.ok(w.Enroll(t.Context(), d, name))
		o.devices = append(o.devices, d)
	}
	o.Now = o.Now.Add(time.Hour)
	for _, d := range o.devices {
		o.sync(d)
	}
	return o
}

func (o *offices) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *offices) sync(d *Device) {
	o.Helper()
	_, err := o.World.Sync(o.Context(), d)
	o.ok(err)
}

// open makes a ticket, and attaches a file if one is given.
func (o *offices) open(d *Device, title, file string) {
	o.Helper()
	rec, err := d.Draft(ticket.Kind)
	o.ok(err)
	k := rec.(*ticket.Ticket)
	k.Title, k.Channel = title, "phone"
	if file != "" {
		b, err := d.Attach(k.Ref, "a.txt", strings.NewReader(file))
		o.ok(err)
		k.Photos = append(k.Photos, b)
	}
	o.ok(d.Save(k))
}

// stick is the files of one export.
type stick [][]byte

type part struct{ *bytes.Buffer }

func (part) Close() error { return nil }

func (o *offices) pack(d *Device, ship client.Shipment) (stick, error) {
	var parts []part
	var err error
	if ship.ID, err = app.NewID(app.StampOf(o.Now), o.Random); err != nil {
		return nil, err
	}
	_, err = client.Export(o.Context(), d, o.Options(d), ship, func(int, int) (io.WriteCloser, error) {
		parts = append(parts, part{&bytes.Buffer{}})
		return parts[len(parts)-1], nil
	})
	var files stick
	for _, p := range parts {
		files = append(files, p.Bytes())
	}
	return files, err
}

// unpack imports every file; of what does not come whole the rest comes later.
func (o *offices) unpack(d *Device, files stick) (sum client.Unpacked, err error) {
	for _, f := range files {
		one, failed := client.Import(o.Context(), d, o.Options(d), bytes.NewReader(f))
		sum.Fresh, sum.Taken, err = sum.Fresh+one.Fresh, sum.Taken.Plus(one.Taken), errors.Join(err, failed)
	}
	return sum, err
}

// load imports one file.
func (o *offices) load(d *Device, file []byte) (client.Unpacked, error) {
	return client.Import(o.Context(), d, o.Options(d), bytes.NewReader(file))
}

// held is what the server has of a device: changes without a gap.
func (o *offices) held(d *Device) (mark uint64) {
	o.Helper()
	o.ok(o.Log.Read(o.Context(), func(tx server.Tx) error {
		there, _, err := tx.Device(d.ID)
		mark = there.Watermark
		return err
	}))
	return mark
}

// settled makes sure that everything anybody did is in the order, once, and that
// nobody waits or carries any more.
func (o *offices) settled() {
	o.Helper()
	total := uint64(0)
	for range 2 {
		for _, d := range o.devices {
			o.sync(d)
		}
	}
	for _, d := range o.devices {
		if n := o.held(d); n != d.Seq() || d.Acked != d.Seq() {
			o.Fatal("device", d.ID.Short(), "wrote", d.Seq(), "the server has", n, "acknowledged", d.Acked)
		}
		if len(d.cargo) > 0 {
			o.Fatal("device", d.ID.Short(), "still carries", len(d.cargo))
		}
		total += d.Seq()
	}
	for _, d := range o.devices {
		if d.GSN != int64(total) {
			o.Fatal("device", d.ID.Short(), "heard", d.GSN, "of", total)
		}
		if missing, err := d.MissingBlobs(o.Context(), 9); err != nil || len(missing) > 0 {
			o.Fatal("device", d.ID.Short(), "misses attachments", missing, err)
		}
	}
}

// TestSticks passes changes about in every way, cut off at any byte and any
// number of times: in the end each is in the order once.
func TestSticks(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		o := newOffices(r, 1, t.TempDir(), "花子", "太郎", "次郎")
		var way [][2]any // what lies about: a file, and who it is for (nil: the server)
		some := func(label string) *Device { return o.devices[rapid.IntRange(0, 2).Draw(r, label)] }
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			switch rapid.SampledFrom([]string{"write", "write", "stick", "stick", "carry", "carry", "sync"}).Draw(r, "step") {
			case "write":
				o.open(some("who"), "回線障害", rapid.SampledFrom([]string{"", "a", "b"}).Draw(r, "file"))
			case "stick":
				from, to := some("from"), some("to")
				ship := client.Shipment{Most: 1<<20 + rapid.Int64Range(1, 10_000).Draw(r, "most"), All: rapid.Bool().Draw(r, "all")}
				if from != to {
					ship.For = []app.ID{to.ID}
				}
				files, err := o.pack(from, ship)
				o.ok(err)
				for _, f := range files {
					way = append(way, [2]any{f, to}, [2]any{f, (*Device)(nil)})
				}
			case "carry":
				if len(way) > 0 {
					w := way[rapid.IntRange(0, len(way)-1).Draw(r, "file")]
					o.deliver(r, w[0].([]byte), w[1].(*Device))
				}
			case "sync":
				o.sync(some("who"))
			}
		}
		o.settled()
	})
}

// deliver imports a file, or the start of it.
func (o *offices) deliver(r *rapid.T, file []byte, to *Device) {
	cut := rapid.IntRange(0, 2*len(file)).Draw(r, "cut")
	src := io.Reader(bytes.NewReader(file[:min(cut, len(file))]))
	if cut < len(file) && cut%2 == 0 {
		src = io.MultiReader(src, iotest.ErrReader(errors.New("the stick was pulled out")))
	}
	var err error
	var receipt *server.Receipt
	if to == nil {
		receipt, err = o.Server.ImportBundle(o.Context(), src)
	} else {
		_, err = client.Import(o.Context(), to, o.Options(to), src)
	}
	own := app.IsCode(err, app.Forbidden) // its maker is its addressee
	if (err == nil) != (cut >= len(file)) && !own {
		o.Fatal("cut at", cut, "of", len(file), err)
	}
	if receipt == nil || err != nil {
		return
	}
	var answer bytes.Buffer
	_, err = o.Server.AnswerBundle(o.Context(), receipt, &answer)
	o.ok(err)
	for _, d := range o.devices {
		if d.ID == receipt.Header.Device() {
			_, err = client.Import(o.Context(), d, o.Options(d), &answer)
			o.ok(err)
		}
	}
}

func TestRevokedDevicesCarryNothing(t *testing.T) {
	o := newOffices(t, 1, t.TempDir(), "花子", "太郎")
	lost, b := o.devices[0], o.devices[1]
	o.open(lost, "紛失前", "")
	before, err := o.pack(lost, client.Shipment{For: []app.ID{b.ID}})
	o.ok(err)
	o.ok(o.Server.Revoke(t.Context(), lost.ID))
	o.Now = o.Now.Add(time.Hour)
	o.sync(b)
	if _, err = o.unpack(b, before); !app.IsCode(err, app.Forbidden) {
		t.Error("a colleague took the file of a revoked device", err)
	}
	if _, err = o.pack(b, client.Shipment{For: []app.ID{lost.ID}}); !app.IsCode(err, app.Forbidden) {
		t.Error("sealed to a revoked device", err)
	}
	if _, err = o.Server.ImportBundle(t.Context(), bytes.NewReader(before[0])); !app.IsCode(err, app.Forbidden) {
		t.Error("the server took it", err)
	}
	if n := o.held(lost); n != 0 {
		t.Error("its changes are in the order", n)
	}
	o.ok(o.Log.Read(t.Context(), func(tx server.Tx) error {
		n, err := tx.ImpoundedCount(lost.ID)
		if n != 1 {
			t.Error("what it signed is kept aside", n, "times")
		}
		return err
	}))
}

// TestRefusedCargoStays: the server does not take what was altered; the device
// that carries it says why, and goes on.
func TestRefusedCargoStays(t *testing.T) {
	o := newOffices(t, 1, t.TempDir(), "花子", "太郎")
	a, b := o.devices[0], o.devices[1]
	o.open(a, "回線障害", "")
	files, err := o.pack(a, client.Shipment{For: []app.ID{b.ID}})
	o.ok(err)
	_, err = o.unpack(b, files)
	o.ok(err)
	b.cargo[0].Box.Sealed[len(b.cargo[0].Box.Sealed)-1] ^= 1
	o.sync(b)
	if len(b.cargo) != 1 || b.cargo[0].Said == "" {
		t.Errorf("%+v", b.cargo)
	}
	o.sync(a)
	o.settledBut(b)
}

// settledBut is settled, but for what one device was told to keep.
func (o *offices) settledBut(d *Device) {
	o.Helper()
	d.cargo = nil
	o.settled()
}

// meeting is two devices on a line.
func (o *offices) meet(a, b *Device, line func(net.Conn) net.Conn, yes func(*Device) bool) (met [2]client.Met, err [2]error) {
	o.Helper()
	l, failed := net.Listen("tcp", "127.0.0.1:0")
	o.ok(failed)
	defer l.Close()
	ctx, stop := context.WithTimeout(o.Context(), time.Minute)
	defer stop()
	meeting := func(d *Device) *client.Meeting {
		id, err := app.NewID(app.StampOf(o.Now), o.Random)
		o.ok(err)
		return &client.Meeting{Port: d, Options: client.Options{Now: d.Clock}, ID: id,
			Confirm: func(context.Context, string, wire.Card) (bool, error) { return yes(d), nil }}
	}
	ma, mb, done := meeting(a), meeting(b), make(chan struct{})
	go func() {
		defer close(done)
		c, failed := l.Accept()
		if failed != nil {
			err[0] = failed
			return
		}
		met[0], err[0] = ma.Accept(ctx, c)
	}()
	c, failed := net.Dial("tcp", l.Addr().String())
	o.ok(failed)
	met[1], err[1] = mb.Connect(ctx, line(c))
	<-done
	return met, err
}

func plain(c net.Conn) net.Conn { return c }

func always(*Device) bool { return true }

func TestMeeting(t *testing.T) {
	o := newOffices(t, 1, t.TempDir(), "花子", "太郎")
	a, b := o.devices[0], o.devices[1]
	o.open(a, "回線障害", "photo")
	o.open(b, "複合機", "")
	o.open(b, "訂正", "")
	if _, err := o.meet(a, b, plain, func(d *Device) bool { return d == a }); !app.IsCode(err[0], app.Forbidden) || !app.IsCode(err[1], app.Forbidden) {
		t.Fatal("one said that the codes differ", err)
	}
	if len(a.cargo)+len(b.cargo) > 0 {
		t.Fatal("something was given all the same")
	}
	met, err := o.meet(a, b, plain, always)
	o.ok(errors.Join(err[0], err[1]))
	// Who gives second, which their keys decide, gives back what it has just taken.
	if got := met[1].Took; got.Fresh != 1 || got.Taken.Blobs != 1 || met[0].Gave.Changes < 1 || met[0].Took.Fresh != len(a.cargo) || a.GSN != 0 {
		t.Errorf("%+v", met)
	}
	asked := false
	_, err = o.meet(b, a, plain, func(*Device) bool { asked = true; return false })
	o.ok(errors.Join(err[0], err[1]))
	if asked {
		t.Error("the code was asked for again")
	}
	o.sync(b)
	if n := o.held(a); n != 1 {
		t.Error("what was carried did not arrive", n)
	}
	o.settled()
}

// TestMeetingStrangers: devices of nobody, of another server, and the device itself.
func TestMeetingStrangers(t *testing.T) {
	o, other := newOffices(t, 1, t.TempDir(), "花子"), newOffices(t, 2, t.TempDir(), "太郎", "次郎")
	a := o.devices[0]
	o.open(a, "回線障害", "")
	for name, d := range map[string]*Device{"another server's": other.devices[1], "itself": a} {
		_, err := o.meet(a, d, plain, func(*Device) bool { t.Error(name, "was shown a code"); return true })
		if err[0] == nil || err[1] == nil || len(d.cargo) > 0 {
			t.Error(name, err)
		}
	}
}

// breaking is a line that breaks after some bytes.
type breaking struct {
	net.Conn
	left int
}

func (b *breaking) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		b.Conn.Close()
		return 0, errors.New("pulled out")
	}
	return b.Conn.Write(p)
}

// TestBrokenMeeting breaks the line at many places; what came stays, and another
// meeting brings the rest.
func TestBrokenMeeting(t *testing.T) {
	o := newOffices(t, 1, t.TempDir(), "花子", "太郎")
	a, b := o.devices[0], o.devices[1]
	for range 3 {
		o.open(a, "回線障害", strings.Repeat("a", 1000))
		o.open(b, "複合機", strings.Repeat("b", 100_000))
	}
	broke := 0
	for at := 500; at < 120_000; at += 4_001 {
		_, err := o.meet(a, b, func(c net.Conn) net.Conn { return &breaking{c, at} }, always)
		for _, e := range err {
			if e != nil {
				broke++
				if !app.IsCode(e, app.Failed) {
					t.Fatal(e)
				}
			}
		}
	}
	if broke == 0 {
		t.Fatal("no line broke")
	}
	_, err := o.meet(a, b, plain, always)
	o.ok(errors.Join(err[0], err[1]))
	o.sync(a)
	if o.held(b) != b.Seq() {
		t.Error("what was carried did not arrive")
	}
	o.settled()
}
