package storetest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"maps"
	"slices"

	"daicho/app"
	"daicho/store"
)

// Sequencer is a server in memory: it decides changes in the order they come
// and keeps what it said. It trusts everybody and keeps nothing on a disk.
type Sequencer struct {
	Epoch app.ID

	t        TB
	book     app.Book
	rows     map[app.Ref]row
	numbers  map[string]int64
	ticks    map[tick]app.Tick
	keys     *keyTable
	seen     map[app.ID]uint64
	chains   map[app.ID]app.Chain
	outcomes [][]byte
	people   []store.Person
}

// TB is what a sequencer needs of a test or of a property.
type TB interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

type row struct {
	doc app.Doc
	gsn int64
}

type tick struct {
	ref   app.Ref
	field string
}

// NewSequencer makes a server that has heard of nothing.
func NewSequencer(t TB, book app.Book) *Sequencer {
	return &Sequencer{Epoch: app.ID{0xe0, 1}, t: t, book: book, rows: map[app.Ref]row{}, numbers: map[string]int64{},
		ticks: map[tick]app.Tick{}, keys: &keyTable{all: map[app.ID][]app.SubjectKey{}}, seen: map[app.ID]uint64{}, chains: map[app.ID]app.Chain{}}
}

// keyTable is the subject keys of a sequencer.
type keyTable struct{ all map[app.ID][]app.SubjectKey }

// Find is one key of a subject.
func (k *keyTable) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	for _, key := range k.all[subject] {
		if key.ID() == id {
			return key, nil
		}
	}
	return app.SubjectKey{}, app.Refuse(app.Damaged, "", "鍵が届いていません。", "the key never came")
}

// For is the first key of a subject, made if it has none.
func (k *keyTable) For(subject app.ID) (app.SubjectKey, error) {
	if len(k.all[subject]) == 0 {
		k.add(app.SubjectKey{Subject: subject, Key: [32]byte(bytes.Repeat(subject[:], 2))})
	}
	return k.all[subject][0], nil
}

func (k *keyTable) add(key app.SubjectKey) {
	if !slices.Contains(k.all[key.Subject], key) {
		k.all[key.Subject] = append(k.all[key.Subject], key)
	}
}

// Row makes a Sequencer an app.View.
func (q *Sequencer) Row(ref app.Ref) (app.Doc, int64, error) {
	return q.rows[ref].doc, q.rows[ref].gsn, nil
}

// Linked makes a Sequencer an app.View.
func (q *Sequencer) Linked(to app.Ref, from app.Kind) (refs []app.Ref, err error) {
	for ref, r := range q.rows {
		if ref.Kind == from && q.links(ref.Kind, r.doc, to) {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return refs, nil
}

func (q *Sequencer) links(kind app.Kind, doc app.Doc, to app.Ref) bool {
	for _, f := range app.Columns(q.book.Registers[kind]) {
		if (f.Type == app.TLink || f.Type == app.TLinks) && slices.Contains(doc.Get(f.Name).Refs(), to) {
			return true
		}
	}
	return false
}

// Push takes up to max changes that a replica has not had acknowledged, checks
// their chain and signatures as a server does, decides them and acknowledges.
func (q *Sequencer) Push(r *store.Replica, max int) {
	q.t.Helper()
	ctx := context.Background()
	bodies, segments, keys, err := r.Outgoing(ctx, 0, max)
	if err != nil {
		q.t.Fatal(err)
	}
	q.Learn(keys)
	for _, s := range segments {
		n := int(s.Last - s.First + 1)
		q.segment(r, s, bodies[:n])
		bodies = bodies[n:]
	}
	if err := r.Acknowledge(ctx, q.seen[r.Device()]); err != nil {
		q.t.Fatal(err)
	}
}

func (q *Sequencer) segment(r *store.Replica, s app.Segment, bodies [][]byte) {
	q.t.Helper()
	pub := r.DeviceKey().Public().(ed25519.PublicKey)
	if !s.Verify(pub) {
		q.t.Fatalf("segment %d–%d is not signed by its device", s.First, s.Last)
	}
	if q.seen[s.Device] == 0 {
		q.chains[s.Device] = app.ChainStart(pub)
	}
	for i, body := range bodies {
		if seq := s.First + uint64(i); seq == q.seen[s.Device]+1 {
			q.seen[s.Device] = seq
			q.chains[s.Device] = q.chains[s.Device].Next(app.BodyHash(body))
			q.Decide(body)
		}
	}
	if q.seen[s.Device] == s.Last && q.chains[s.Device] != s.Head {
		q.t.Fatalf("segment %d–%d: the chain does not fit its bodies", s.First, s.Last)
	}
}

// Decide puts one change in order and returns what it said.
func (q *Sequencer) Decide(body []byte) *app.Outcome {
	q.t.Helper()
	c := q.Read(body)
	o := &app.Outcome{GSN: int64(len(q.outcomes) + 1), Device: c.Device, Seq: c.Seq, Author: c.Author, At: c.Clock.Corrected(),
		Received: c.Clock.Corrected(), Claimed: c.Clock.Wall, Err: c.Clock.Err, Ref: c.Ref, Command: c.Command, Verdict: app.Accepted}
	d, err := q.book.Decide(&app.Act{Actor: app.Actor{ID: c.Author}, At: o.At, View: q, Issue: q.issue, Tick: q.tick}, c)
	if err != nil {
		e := app.ErrorOf(err)
		o.Verdict, o.Code, o.Field, o.Say = app.Rejected, e.Code, e.Field, e.Say
	} else if len(d.Conflicts) > 0 {
		o.Verdict = app.Contested
	}
	o.Effects = d.Effects
	q.apply(c, o)
	return o
}

// Read decodes a change with the keys that the server has.
func (q *Sequencer) Read(body []byte) *app.Change {
	q.t.Helper()
	c, err := app.DecodeChange(body, q.keys)
	if err != nil {
		q.t.Fatal(err)
	}
	return c
}

// Learn takes keys without changes.
func (q *Sequencer) Learn(keys []app.SubjectKey) {
	for _, k := range keys {
		q.keys.add(k)
	}
}

// Skip treats the next changes of a replica as decided already.
func (q *Sequencer) Skip(r *store.Replica, n int) {
	q.t.Helper()
	bodies, _, _, err := r.Outgoing(context.Background(), 0, n)
	if err != nil {
		q.t.Fatal(err)
	}
	d := r.Device()
	if q.seen[d] == 0 {
		q.chains[d] = app.ChainStart(r.DeviceKey().Public().(ed25519.PublicKey))
	}
	for _, body := range bodies[:n] {
		q.seen[d]++
		q.chains[d] = q.chains[d].Next(app.BodyHash(body))
	}
}

// Say puts an outcome in order that no rule made, as a newer server might.
func (q *Sequencer) Say(o *app.Outcome) {
	o.GSN = int64(len(q.outcomes) + 1)
	q.apply(&app.Change{Author: o.Author}, o)
}

func (q *Sequencer) apply(c *app.Change, o *app.Outcome) {
	q.t.Helper()
	q.patch(o.Effects, o.GSN)
	for _, e := range o.Effects {
		for _, cell := range e.Cells {
			q.ticks[tick{e.Ref, cell.Field}] = c.Tick()
		}
	}
	body, err := o.Encode(q.book.Registers, &app.Sealer{Keys: q.keys, Random: Random(uint64(o.GSN))})
	if err != nil {
		q.t.Fatal(err)
	}
	q.outcomes = append(q.outcomes, body)
}

func (q *Sequencer) issue(series string) (int64, error) {
	q.numbers[series]++
	return q.numbers[series], nil
}

func (q *Sequencer) tick(ref app.Ref, field string) app.Tick {
	if t, there := q.ticks[tick{ref, field}]; there {
		return t
	}
	return app.Tick{Err: app.Unknown}
}

// Page is up to max outcomes after one, with the keys to read them.
func (q *Sequencer) Page(after int64, max int) store.Page {
	q.t.Helper()
	end := min(int(after)+max, len(q.outcomes))
	p := store.Page{Epoch: q.Epoch, From: after, UpTo: int64(end), Outcomes: q.outcomes[after:end], People: q.people}
	for _, body := range p.Outcomes {
		subjects, err := app.SealedBy(body)
		if err != nil {
			q.t.Fatal(err)
		}
		for _, id := range slices.SortedFunc(maps.Keys(subjects), func(a, b app.ID) int { return bytes.Compare(a[:], b[:]) }) {
			p.Keys = append(p.Keys, q.keys.all[id]...)
		}
	}
	return p
}

// Pull lets a replica take in up to max outcomes that it does not have.
func (q *Sequencer) Pull(r *store.Replica, max int) {
	q.t.Helper()
	ctx := context.Background()
	_, gsn, err := r.Cursor(ctx)
	if err == nil {
		err = r.Apply(ctx, q.Page(gsn, max))
	}
	if err != nil {
		q.t.Fatal(err)
	}
}

// Sync pushes and pulls everything.
func (q *Sequencer) Sync(replicas ...*store.Replica) {
	q.t.Helper()
	for _, r := range replicas {
		q.Push(r, 1<<20)
	}
	for _, r := range replicas {
		q.Pull(r, 1<<20)
	}
}

// Name puts a person into the directory.
func (q *Sequencer) Name(id app.ID, name string) {
	q.people = append(q.people, store.Person{ID: id, Name: name})
}

// Rows are the documents of all records, as the order made them.
func (q *Sequencer) Rows() map[app.Ref]app.Doc {
	docs := map[app.Ref]app.Doc{}
	for ref, r := range q.rows {
		docs[ref] = r.doc
	}
	return docs
}

// Shown are the documents that a replica must show which has taken the order
// in up to a number and on which these own changes are pending.
func (q *Sequencer) Shown(upto int64, pending []*app.Change) map[app.Ref]app.Doc {
	q.t.Helper()
	view := NewSequencer(q.t, q.book)
	for _, body := range q.outcomes[:upto] {
		o, err := app.DecodeOutcome(body, q.keys)
		if err != nil {
			q.t.Fatal(err)
		}
		view.patch(o.Effects, o.GSN)
	}
	for _, c := range pending {
		d, err := q.book.Decide(&app.Act{Actor: app.Actor{ID: c.Author}, At: c.Clock.Corrected(), View: view}, c)
		if err == nil {
			view.patch(d.Effects, 0)
		}
	}
	return view.Rows()
}

func (q *Sequencer) patch(effects []app.Effect, gsn int64) {
	for _, e := range effects {
		q.rows[e.Ref] = row{q.rows[e.Ref].doc.Patch(e.Cells), gsn}
	}
}

// Last is the newest number of the order.
func (q *Sequencer) Last() int64 { return int64(len(q.outcomes)) }

// Key is the key of a record, for who carries its attachments.
func (q *Sequencer) Key(subject app.ID) (app.SubjectKey, error) { return q.keys.For(subject) }
