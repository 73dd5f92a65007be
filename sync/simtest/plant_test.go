package simtest

import (
	"maps"
	"math"
	"slices"
	"strings"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/wire"
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

	AckEarly       Bug = "the server answers before the commit, which fails"
	HeldLost       Bug = "what came too early is thrown away"
	ImpoundLost    Bug = "what is impounded is thrown away"
	ForkUnseen     Bug = "a forked device is not frozen"
	RevokedHeard   Bug = "a revoked device may speak"
	ScopeLeak      Bug = "the filter lets a zone through"
	GoneIgnored    Bug = "a record that left is not dropped"
	Narrow         Bug = "a record that came into reach is told in part"
	ClearanceStale Bug = "a device does not notice that rights changed"
	KeysKept       Bug = "dropping records forgets their keys"
	HistoryKept    Bug = "dropping records forgets their history"
	FillSkips      Bug = "the place of a page is noted, and not all of its records"
	PastLost       Bug = "a page of history is noted, and not kept"
	LeafSpoiled    Bug = "a leaf of the audit tree is of another line"
	TrailLost      Bug = "a record that was rewritten is not noticed"
	UnknownLost    Bug = "a program of before loses fields that it does not know"
	ErasureUntold  Bug = "devices are not told of erasures"
	ErasureKept    Bug = "a device notes an erasure and keeps the key"
	ErasureUndone  Bug = "a key that is brought again is kept"

	MarginLost  Bug = "a restored server counts on from its backup"
	NotAgain    Bug = "a device does not bring again what a restored server lacks"
	RowsKept    Bug = "records stay as they were in the order that ended"
	NumbersLost Bug = "numbers that changes had are not kept for them"
	VoidLost    Bug = "numbers that nobody brought back are not told"
)

// Rare are those that few histories show: only make sim-mutants plants them.
var Rare = []Bug{ForkUnseen, TrailLost}

// Bugs are all others.
var Bugs = []Bug{AckHeld, NoWatermark, NumberGap, NumberTwice, GSNGap, RowLost, LinkLost, TicksLost, KeyLost, EffectLost, JournalLost, SeenLost, RejectLost, BlobPhantom,
	AckEarly, HeldLost, ImpoundLost, RevokedHeard, ScopeLeak, GoneIgnored, Narrow, ClearanceStale, KeysKept, HistoryKept, FillSkips, PastLost, LeafSpoiled, UnknownLost, TreeForked,
	ErasureUntold, ErasureKept, ErasureUndone, MarginLost, NotAgain, RowsKept, NumbersLost, VoidLost}

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
	if t.plant.Bug == RevokedHeard && d.State == server.Revoked {
		d.State = server.Active
	}
	return d, ok, err
}

func (t *noting) PutDevice(d server.Device) error {
	if d.Watermark > 0 && t.plant.strikes(NoWatermark) {
		d.Watermark--
	}
	if t.plant.Bug == ForkUnseen && d.State == server.Frozen {
		d.State = server.Active
	}
	return t.Tx.PutDevice(d)
}

func (t *noting) Count(name string, by int64) (int64, error) {
	switch {
	case name == "gsn" && t.plant.strikes(GSNGap), strings.HasPrefix(name, "number ") && t.plant.strikes(NumberGap):
		by++
	case strings.HasPrefix(name, "number ") && (t.plant.strikes(NumberTwice) || by >= margin && t.plant.Bug == MarginLost):
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
	g := p.sim.register(r)
	for _, c := range g.Diff(r) {
		if g.Put(fresh, c.Field, c.Now) != nil {
			return r
		}
	}
	return fresh
}

// page is a page as the replica takes it in.
func (p *Plant) page(r Replica, in client.Page) client.Page {
	d, memory := r.(*Device)
	if p.Bug == ClearanceStale && memory {
		in.Clearance = d.holds.hash()
	}
	switch p.Bug {
	case EffectLost, RejectLost, GoneIgnored, Narrow, UnknownLost:
	default:
		return in
	}
	out := in
	out.Outcomes = nil
	for _, text := range in.Outcomes {
		out.Outcomes = append(out.Outcomes, p.outcome(d, text))
	}
	return out
}

func (p *Plant) outcome(d *Device, text []byte) []byte {
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
	case p.Bug == GoneIgnored:
		o.Effects = slices.DeleteFunc(o.Effects, func(e app.Effect) bool { return e.Gone })
	case d != nil && (p.Bug == Narrow || p.Bug == UnknownLost):
		for i, e := range o.Effects {
			o.Effects[i].Cells = slices.DeleteFunc(e.Cells, func(c app.Cell) bool { return p.loses(d, e.Ref, c.Field) })
		}
	}
	again, err := o.Encode(p.sim.Book.Registers, &app.Sealer{Keys: keys, Random: p.sim.Random})
	if err != nil {
		return text
	}
	return again
}

// loses says whether a device does not take in a field of a record.
func (p *Plant) loses(d *Device, ref app.Ref, field string) bool {
	if p.Bug == Narrow {
		_, here := d.confirmed[ref]
		return !here && field == "department"
	}
	g := d.book.Registers[ref.Kind]
	if g == nil {
		return false
	}
	_, known := app.SpecOf(g, field)
	return !known
}

// rows is a page of records as the replica takes it in.
func (p *Plant) rows(in client.Rows) client.Rows {
	if n := len(in.Rows); n > 1 && p.strikes(FillSkips) {
		in.Rows = in.Rows[1:]
	}
	return in
}

// past is a page of history as the replica takes it in.
func (p *Plant) past(in client.PastPage) client.PastPage {
	if p.Bug == PastLost {
		in.Outcomes = nil
	}
	return in
}

// rescope has a device forget what it must, or not.
func (p *Plant) rescope(r Replica, do func() error) error {
	d, memory := r.(*Device)
	if !memory || p.Bug != KeysKept && p.Bug != HistoryKept {
		return do()
	}
	keys, history := maps.Clone(d.keys.all), maps.Clone(d.history)
	err := do()
	if p.Bug == KeysKept {
		d.keys.all = keys
	} else {
		d.history = history
	}
	return err
}

// clearance is what a device believes to hold.
func (p *Plant) clearance(r Replica, is [32]byte) [32]byte {
	if d, memory := r.(*Device); memory && p.Bug == ClearanceStale && d.holds.to != nil {
		if may, err := p.sim.mayRead(d); err == nil {
			return may.Hash()
		}
	}
	return is
}

func (t *noting) Hold(s wire.Segment, at app.Stamp) error {
	if t.plant.Bug == HeldLost {
		return nil
	}
	return t.Tx.Hold(s, at)
}

func (t *noting) Impound(s wire.Segment, why server.Impounded, at app.Stamp) error {
	if t.plant.Bug == ImpoundLost {
		return nil
	}
	return t.Tx.Impound(s, why, at)
}

func (t *noting) Reaches(after int64, count int) ([]server.Reach, error) {
	all, err := t.Tx.Reaches(after, count)
	if t.plant.Bug != ScopeLeak {
		return all, err
	}
	for i := range all {
		all[i].Moves = slices.Clone(all[i].Moves)
		for k, m := range all[i].Moves {
			if m.Is.Zone == app.ZoneLGWAN {
				all[i].Moves[k].Is.Zone = ""
			}
		}
	}
	return all, err
}

func (t *noting) PutHashes(gsn int64, row []byte) error {
	if t.plant.strikes(LeafSpoiled) {
		row = slices.Clone(row)
		row[0] ^= 1
	}
	return t.Tx.PutHashes(gsn, row)
}

// rewritten is from how many lines on the first of them is told otherwise.
const rewritten = 20

func (t *noting) Hashes(gsns []int64) ([][]byte, error) {
	rows, err := t.Tx.Hashes(gsns)
	last, _ := t.Hashed()
	if len(rows) > 0 && t.reading && t.plant.strikes(TreeForked) {
		rows = slices.Clone(rows)
		rows[0] = make([]byte, len(rows[0]))
	}
	for i, gsn := range gsns {
		if t.plant.Bug == TrailLost && t.reading && gsn == 8 && last > rewritten && len(rows[i]) > 0 {
			rows[i] = slices.Clone(rows[i])
			rows[i][len(rows[i])-1] ^= 1
		}
	}
	return rows, err
}

func (t *noting) Erasures(after int64, count int) ([]server.Erased, error) {
	if t.plant.Bug == ErasureUntold && t.reading {
		return nil, nil
	}
	return t.Tx.Erasures(after, count)
}

// IsErased does not know, with the bug, who was erased when keys are brought.
func (t *noting) IsErased(subject app.ID) (bool, error) {
	is, err := t.Tx.IsErased(subject)
	return is && (t.plant.Bug != ErasureUndone || t.reading), err
}

// KeysOf finds, with the bug, what was brought after an erasure.
func (t *noting) KeysOf(subject app.ID) ([]app.SubjectKey, error) {
	keys, err := t.Tx.KeysOf(subject)
	if erased, _ := t.Tx.IsErased(subject); t.plant.Bug == ErasureUndone && erased {
		keys = append(keys, t.plant.sim.book.again[subject]...)
	}
	return keys, err
}

// erase has a device carry out an erasure, or not.
func (p *Plant) erase(r Replica, do func() error) error {
	d, memory := r.(*Device)
	if !memory || p.Bug != ErasureKept {
		return do()
	}
	keys := maps.Clone(d.keys.all)
	err := do()
	d.keys.all = keys
	return err
}

// renewal is what a replica takes over from a restored server.
func (p *Plant) renewal(n client.Renewal) client.Renewal {
	switch p.Bug {
	case NotAgain:
		n.Watermark = math.MaxInt64
	case RowsKept:
		n.Rows = nil
	}
	return n
}

// lost is what a replica tells of an order that ended.
func (t *noting) Reserve(r server.Reserved) error {
	if t.plant.Bug == NumbersLost {
		return nil
	}
	return t.Tx.Reserve(r)
}
