package server_test

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"testing"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// crowded is a sealed log of many inquiries, each in one line and one row, with
// a key of its own. One in a hundred is the LGWAN's, a third are the internet's.
const crowded = 100_000

type crowd struct {
	*testing.B
	order  *server.Sequencer
	device app.ID
	epoch  app.ID
	book   *archive
	person app.ID
}

func newCrowd(b *testing.B) *crowd {
	log, a := sqlite(b), newArchive()
	a.Registers[ticket.Kind] = ticket.Register
	w, err := simtest.NewWorld(1, a.Book, log, b.TempDir())
	ok(b, err)
	d, err := w.Device()
	ok(b, err)
	ok(b, w.Enroll(b.Context(), d, "情報 花子"))
	c := &crowd{B: b, order: server.NewSequencer(log, a.Book, w.Random), device: d.ID, book: a, person: d.Author()}
	ok(b, log.Write(b.Context(), func(tx server.Tx) error {
		epoch, err := tx.Setting("epoch")
		ok(b, err)
		c.epoch = app.ID(epoch)
		for n := range int64(crowded) {
			if err = c.inquiry(tx, n+1, w.Random); err != nil {
				return err
			}
		}
		_, err = tx.Count("gsn", crowded)
		return err
	}))
	return c
}

func (c *crowd) inquiry(tx server.Tx, n int64, random io.Reader) error {
	dice := rand.New(rand.NewPCG(uint64(n), 1))
	words := func(n int) (s string) {
		for range n {
			s += []string{"庁舎", "三階", "印刷", "できない", "再起動", "しても", "変わらない", "窓口", "受付", "税務課"}[dice.IntN(10)]
		}
		return s
	}
	id := app.ID{7: 0x70}
	binary.BigEndian.PutUint64(id[8:], uint64(n)*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint32(id[:], uint32(n)>>4)
	k := ticket.Register.Draft(id)
	k.Title, k.Channel, k.Requester, k.Department = words(4), ticket.Phone, words(1)+"太郎", words(2)
	k.Extension, k.Site, k.Body, k.Answer = "内線1234", words(2), words(30), words(20)
	key := app.SubjectKey{Subject: id, Key: [32]byte{byte(n), byte(n >> 8), byte(n >> 16)}}
	s := app.Scope{Kind: ticket.Kind, Zone: app.ZoneNumber}
	if n%3 == 0 {
		s.Zone = app.ZoneInternet
	}
	if n%100 == 0 {
		s.Zone = app.ZoneLGWAN
	}
	cells := ticket.Register.Diff(k)
	o := &app.Outcome{GSN: n, Device: id, Seq: uint64(n), Ref: k.Ref, Verdict: app.Accepted, Effects: []app.Effect{{Ref: k.Ref, Cells: cells}}}
	text, err := o.Encode(c.book.Registers, &app.Sealer{Keys: oneKey{key}, Random: random})
	if err != nil {
		return err
	}
	if err = tx.PutKey(key, 1); err != nil {
		return err
	}
	if err = tx.PutRow(server.Row{Ref: k.Ref, GSN: n, Doc: app.Doc(nil).Patch(cells), Scope: s}); err != nil {
		return err
	}
	return tx.Append(server.Line{GSN: n, Device: id, Seq: uint64(n), Verdict: app.Accepted, Body: text, Outcome: text,
		Needs: []server.NamedKey{{Subject: id, Key: key.ID()}}, Reach: server.Reach{About: s, Moves: []server.Move{{Is: s}}}})
}

type oneKey struct{ app.SubjectKey }

func (k oneKey) Find(app.ID, app.KeyID) (app.SubjectKey, error) { return k.SubjectKey, nil }
func (k oneKey) For(app.ID) (app.SubjectKey, error)             { return k.SubjectKey, nil }

// readers of the crowd, by how much of it they may read.
var crowdReaders = []struct {
	name string
	app.Clearance
}{
	{"all", app.ReadsAll},
	{"third", app.Clearance{{Kind: ticket.Kind, Zone: app.ZoneInternet, All: true}}},
	{"hundredth", app.Clearance{{Kind: ticket.Kind, Zone: app.ZoneLGWAN, All: true}}},
}

// said is what a page weighs on the wire, and packed.
func (c *crowd) said(message any) (plain, packed int) {
	text, err := wire.Encode(message)
	ok(c, err)
	small, _ := wire.Pack(text)
	return len(text), len(small)
}

// BenchmarkRows sends all records that may be read, page by page, as the server
// does: read, encoded and packed.
func BenchmarkRows(b *testing.B) {
	c := newCrowd(b)
	for _, r := range crowdReaders {
		b.Run(r.name, func(b *testing.B) {
			c.book.readers[c.person] = r.Clearance
			var rows, plain, packed int
			for b.Loop() {
				ask := &wire.Rows{Epoch: c.epoch}
				for more := true; more; {
					page, err := c.order.Rows(b.Context(), c.device, ask, 0)
					ok(b, err)
					x, y := c.said(page)
					rows, plain, packed = rows+len(page.Rows), plain+x, packed+y
					ask.After, more = page.Rows[len(page.Rows)-1].Ref, page.More
				}
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(plain)/float64(rows), "B/row")
			b.ReportMetric(float64(packed)/float64(rows), "packedB/row")
		})
	}
}

// BenchmarkPull sends the whole order in the same way.
func BenchmarkPull(b *testing.B) {
	c := newCrowd(b)
	for _, r := range crowdReaders {
		b.Run(r.name, func(b *testing.B) {
			c.book.readers[c.person] = r.Clearance
			hash := r.Hash()
			var lines, told, plain, packed int
			for b.Loop() {
				for gsn := int64(0); gsn < crowded; {
					page, err := c.order.Pull(b.Context(), c.device, &wire.Pull{Epoch: c.epoch, GSN: gsn, Clearance: hash[:]}, 0)
					ok(b, err)
					x, y := c.said(page)
					lines, told, plain, packed = lines+int(page.UpTo-gsn), told+len(page.Outcomes), plain+x, packed+y
					gsn = page.UpTo
				}
			}
			b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
			b.ReportMetric(float64(told)/b.Elapsed().Seconds(), "told/s")
			b.ReportMetric(float64(plain)/float64(told), "B/told")
			b.ReportMetric(float64(packed)/float64(told), "packedB/told")
		})
	}
}
