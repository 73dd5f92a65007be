package simtest

import (
	"math"
	"strings"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/server"
)

// Bug names a mistake that the simulator can be asked to make, to see whether
// it notices. None of them can be switched on in the product.
type Bug string

// The bugs.
const (
	AckHeld     Bug = "changes that are only held are acknowledged"
	NoWatermark Bug = "the server forgets now and then what it has of a device"
	NumberGap   Bug = "a number is skipped"
	NumberTwice Bug = "a counter is not written"
	GSNGap      Bug = "a place in the order is skipped"
	RowLost     Bug = "an effect does not reach the server's row"
	LinkLost    Bug = "links are not kept"
	TicksLost   Bug = "who wrote a field, and when, is not kept"
	KeyLost     Bug = "a key does not come with its page"
	EffectLost  Bug = "a replica takes in the first effect alone"
	JournalLost Bug = "a crash loses the last change"
	SeenLost    Bug = "edits are told against what there is, not what was seen"
	RejectLost  Bug = "a refusal is taken for a yes"
	BlobPhantom Bug = "the server believes it has every attachment"
	TreeForked  Bug = "a device is shown another record than before"
)

// Bugs are all of them.
var Bugs = []Bug{AckHeld, NoWatermark, NumberGap, NumberTwice, GSNGap, RowLost, LinkLost, TicksLost, KeyLost, EffectLost, JournalLost, SeenLost, RejectLost, BlobPhantom, TreeForked}

// Plant makes one bug happen, now and then.
type Plant struct {
	Bug Bug
	n   int
	sim *Sim
}

// strikes says whether it happens now.
func (p *Plant) strikes(b Bug) bool {
	if p.Bug != b {
		return false
	}
	p.n++
	return p.n%5 == 0
}

func (t *noting) Device(id app.ID) (server.Device, bool, error) {
	d, ok, err := t.Tx.Device(id)
	if t.plant.Bug == AckHeld && t.reading && err == nil {
		held, _ := t.Held(id, math.MaxInt64)
		for _, s := range held {
			d.Watermark = max(d.Watermark, s.Last)
		}
	}
	return d, ok, err
}

func (t *noting) PutDevice(d server.Device) error {
	if d.Watermark > 0 && t.plant.strikes(NoWatermark) {
		d.Watermark--
	}
	return t.Tx.PutDevice(d)
}

func (t *noting) Count(name string, by int64) (int64, error) {
	switch {
	case name == "gsn" && t.plant.strikes(GSNGap), strings.HasPrefix(name, "number ") && t.plant.strikes(NumberGap):
		by++
	case strings.HasPrefix(name, "number ") && t.plant.strikes(NumberTwice):
		n, err := t.Counter(name)
		return n + by, err
	}
	return t.Tx.Count(name, by)
}

func (t *noting) Claim(series string, n, gsn int64) error {
	if t.plant.Bug == NumberTwice { // nothing else would notice it, either
		return nil
	}
	return t.Tx.Claim(series, n, gsn)
}

func (t *noting) PutRow(r server.Row) error {
	if t.plant.strikes(RowLost) {
		return nil
	}
	if t.plant.Bug == LinkLost {
		r.Links = nil
	}
	if t.plant.Bug == TicksLost {
		r.Ticks = nil
	}
	return t.Tx.PutRow(r)
}

func (t *noting) KeysNeeded(after, upTo int64) ([]app.SubjectKey, error) {
	keys, err := t.Tx.KeysNeeded(after, upTo)
	if len(keys) > 0 && t.plant.Bug == KeyLost {
		keys = keys[1:]
	}
	return keys, err
}

func (t *noting) Hashes(gsns []int64) ([][]byte, error) {
	rows, err := t.Tx.Hashes(gsns)
	if len(rows) > 0 && t.reading && t.plant.strikes(TreeForked) {
		rows[0] = make([]byte, len(rows[0]))
	}
	return rows, err
}

func (t *noting) Attachment(id app.BlobID) (wanted, here bool, err error) {
	wanted, here, err = t.Tx.Attachment(id)
	return wanted, here || t.plant.Bug == BlobPhantom, err
}

// crash is what a crash does to a device: nothing, if it is well made.
func (p *Plant) crash(r Replica) {
	d, ok := r.(*Device)
	if !ok || p.Bug != JournalLost || d.Seq() == 0 || len(d.segments) > 0 && d.segments[len(d.segments)-1].Last == d.Seq() {
		return
	}
	d.bodies = d.bodies[:len(d.bodies)-1]
}

// forget tells a record's edits against what there is now.
func (p *Plant) forget(d Replica, r app.Record) app.Record {
	if p.Bug != SeenLost {
		return r
	}
	fresh, err := d.Get(r.Meta().Ref)
	if err != nil {
		return r
	}
	g := p.sim.Book.Registers[r.Meta().Ref.Kind]
	for _, c := range g.Diff(r) {
		if g.Put(fresh, c.Field, c.Now) != nil {
			return r
		}
	}
	return fresh
}

// page is a page as the replica takes it in.
func (p *Plant) page(in client.Page) client.Page {
	if p.Bug != EffectLost && p.Bug != RejectLost {
		return in
	}
	out := in
	out.Outcomes = nil
	for _, text := range in.Outcomes {
		out.Outcomes = append(out.Outcomes, p.outcome(text))
	}
	return out
}

func (p *Plant) outcome(text []byte) []byte {
	keys := &p.sim.book.keys
	o, err := app.DecodeOutcome(text, keys)
	if err != nil {
		return text
	}
	switch {
	case p.Bug == EffectLost && len(o.Effects) > 1:
		o.Effects = o.Effects[:1]
	case p.Bug == RejectLost && o.Verdict == app.Rejected:
		o.Verdict = app.Accepted
	}
	again, err := o.Encode(p.sim.Book.Registers, &app.Sealer{Keys: keys, Random: p.sim.Random})
	if err != nil {
		return text
	}
	return again
}
