package server_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// visit is a record that links to another.
type visit struct {
	app.Head
	What  string
	Where app.Ref
}

var visits = app.Describe("visit", "訪問", "Visits",
	app.Text("what", "内容", "What", func(v *visit) *string { return &v.What }).Must().Seal(),
	app.Link("where", "問い合わせ", "Inquiry", ticket.Kind, func(v *visit) *app.Ref { return &v.Where }))

// busyBook is the product's, with visits.
func busyBook() app.Book {
	b := openBook()
	b.Registers, b.Numbers = maps.Clone(b.Registers), maps.Clone(b.Numbers)
	b.Registers["visit"], b.Numbers["visit"] = visits, "V{FY}-{n:6}"
	return b
}

// inquiries of a benchmark are 10,000 changes.
const (
	inquiries = 2_000
	changes   = 5
)

// busy is a server's order, with a device that has much to bring.
type busy struct {
	*testing.B
	device *simtest.Device
	order  *server.Sequencer
	epoch  app.ID
	now    app.Stamp
}

func newBusy(b *testing.B, log server.Log) *busy {
	w, err := simtest.NewWorld(1, busyBook(), log, b.TempDir())
	ok(b, err)
	d, err := w.Device()
	ok(b, err)
	ok(b, w.Enroll(b.Context(), d, "情報 花子"))
	y := &busy{B: b, device: d, order: server.NewSequencer(log, w.Book, w.Random), now: app.StampOf(w.Now)}
	ok(b, log.Read(b.Context(), func(tx server.Tx) error {
		epoch, err := tx.Setting("epoch")
		y.epoch = app.ID(epoch)
		return err
	}))
	for range inquiries {
		y.live()
	}
	return y
}

// live journals the life of an inquiry: it and a visit to it are made and
// numbered, it is edited, taken on by a command, and answered.
func (y *busy) live() {
	k := y.draft(ticket.Kind).(*ticket.Ticket)
	k.Title, k.Channel = "複合機の読み取りができず、窓口の受付が止まっている", ticket.Phone
	ok(y, y.device.Save(k))
	v := y.draft("visit").(*visit)
	v.What, v.Where = "現地で確認する", k.Ref
	ok(y, y.device.Save(v))
	k = y.get(k)
	k.Requester, k.Department, k.Site, k.Body = "情報 太郎", "税務課", "本庁舎", "朝から全ての読み取りが途中で止まる。再起動しても変わらない。"
	ok(y, y.device.Save(k))
	ok(y, y.device.Do(y.get(k), "start", nil))
	k = y.get(k)
	k.Answer, k.Minutes = "読み取り部を清掃し、動作を確認した。", 30
	ok(y, y.device.Save(k))
}

func (y *busy) draft(kind app.Kind) app.Record {
	r, err := y.device.Draft(kind)
	ok(y, err)
	return r
}

func (y *busy) get(k *ticket.Ticket) *ticket.Ticket {
	r, err := y.device.Get(k.Ref)
	ok(y, err)
	return r.(*ticket.Ticket)
}

// pushes are all that the device will bring: keys first, then as many changes
// in each as a transaction takes.
func (y *busy) pushes() (out []*wire.Push) {
	bodies, segments, keys, err := y.device.Outgoing(y.Context(), 0, 1<<30)
	ok(y, err)
	for some := range slices.Chunk(wire.KeysOf(keys), wire.MaxKeys) {
		out = append(out, &wire.Push{Epoch: y.epoch, Keys: some})
	}
	var all []wire.Segment
	for _, s := range segments {
		n := int(s.Last - s.First + 1)
		all = append(all, wire.SegmentOf(s, bodies[:n]))
		bodies = bodies[n:]
	}
	for some := range slices.Chunk(all, 4) {
		out = append(out, &wire.Push{Epoch: y.epoch, Segments: some})
	}
	return out
}

// push is how long a log takes for everything, until it is on the disk.
func push(b *testing.B, log server.Log) time.Duration {
	defer log.Close()
	y := newBusy(b, log)
	pushes := y.pushes()
	var last *wire.Pushed
	began := time.Now()
	for _, p := range pushes {
		var err error
		last, err = y.order.Push(b.Context(), y.device.ID, p, y.now)
		ok(b, err)
	}
	took := time.Since(began)
	equal(b, last.Watermarks[0].Seq, uint64(inquiries*changes))
	return took
}

// BenchmarkPush puts 10,000 changes into the order on both databases by turns,
// and reports the time of PostgreSQL as a multiple of SQLite's: at most 2 is
// asked for.
func BenchmarkPush(b *testing.B) {
	var times []float64
	for range b.N {
		one := push(b, sqlite(b))
		two := push(b, postgres(b))
		b.Logf("SQLite %v, PostgreSQL %v", one, two)
		times = append(times, two.Seconds()/one.Seconds())
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "postgres")
	b.ReportMetric(times[0], "postgres-low")
	b.ReportMetric(times[len(times)-1], "postgres-high")
}
