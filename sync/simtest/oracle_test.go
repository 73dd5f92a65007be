package simtest

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"errors"
	"fmt"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/server"
)

func publicKey(d Replica) ed25519.PublicKey { return d.DeviceKey().Public().(ed25519.PublicKey) }

// oracle folds the log by itself and compares.
type oracle struct {
	*Sim
	rows    rows
	authors map[cell]author
	written map[who][]app.Cell
	refused map[app.ID][]uint64
	series  map[app.Ref]string // in which each record was numbered
	keys    keyring            // that read the log, without those of erased subjects
}

type (
	cell struct {
		ref   app.Ref
		field string
	}
	author struct {
		at app.HLC
		by app.ID
	}
	who struct {
		device app.ID
		seq    uint64
	}
)

// invariants are everything that must be true after healing, in the order in
// which each can build upon those before.
var invariants = []struct {
	name string
	hold func(*oracle) error
}{
	{"order", (*oracle).order},
	{"trust", (*oracle).trust},
	{"verdicts", (*oracle).verdicts},
	{"wishes", (*oracle).wishes},
	{"promises", (*oracle).promises},
	{"kept", (*oracle).kept},
	{"server", (*oracle).server},
	{"numbers", (*oracle).numbers},
	{"restored", (*oracle).mended},
	{"audit", (*oracle).audit},
	{"replicas", (*oracle).replicas},
	{"secrecy", (*oracle).secrecy},
	{"erased", (*oracle).erased},
}

// check holds everything that must be true after healing against what is.
func (s *Sim) check() error {
	buried, err := s.buried()
	if err != nil {
		return err
	}
	keys := keyring{all: maps.Clone(s.book.keys.all), buried: buried}
	for subject := range buried {
		delete(keys.all, subject)
	}
	o := &oracle{s, rows{}, map[cell]author{}, map[who][]app.Cell{}, map[app.ID][]uint64{}, map[app.Ref]string{}, keys}
	for _, i := range invariants {
		if err := i.hold(o); err != nil {
			return wrong(i.name, "%w", err)
		}
	}
	return nil
}

func (o *oracle) verdicts() error {
	for _, l := range o.book.lines {
		if err := o.line(l); err != nil {
			return fmt.Errorf("gsn %d: %w", l.GSN, err)
		}
	}
	return nil
}

// order: each journaled change once, each device's in its order, no gaps.
func (o *oracle) order() error {
	next := map[app.ID]uint64{}
	for i, l := range o.book.lines {
		if l.GSN != int64(i+1) {
			return fmt.Errorf("gsn %d stands at place %d", l.GSN, i+1)
		}
		if next[l.Device]++; l.Seq != next[l.Device] {
			return fmt.Errorf("gsn %d is change %d of its device, want %d", l.GSN, l.Seq, next[l.Device])
		}
	}
	for n, d := range o.Devices {
		if got := next[app.DeviceID(publicKey(d))]; got != d.Last() {
			return fmt.Errorf("device %d journaled %d changes, the log has %d", n, d.Last(), got)
		}
	}
	return nil
}

// line judges one verdict.
func (o *oracle) line(l server.Line) error {
	out, err := app.DecodeOutcome(l.Outcome, &o.keys)
	if err != nil {
		return err
	}
	c, err := app.DecodeChange(l.Body, &o.keys)
	if err != nil {
		return err
	}
	if out.Verdict == app.Rejected {
		o.refused[l.Device] = append(o.refused[l.Device], l.Seq)
	}
	conflicts := o.opened(out)
	switch {
	case out.Verdict == app.Quarantined && o.isSealed(c.Ref):
		o.written[who{l.Device, l.Seq}] = c.Cells
		return nil
	case out.At > out.Received:
		return errors.New("dated after it was received")
	case out.Verdict == app.Quarantined || out.Verdict == app.Held:
		return fmt.Errorf("%s", out.Verdict)
	case out.Verdict == app.Rejected && (len(out.Effects) > 0 || out.Say.JA == ""):
		return errors.New("a refusal with effects, or without words")
	case (out.Verdict == app.Contested) != (len(conflicts) > 0):
		return fmt.Errorf("%s, with %d conflicts", out.Verdict, len(conflicts))
	}
	o.written[who{l.Device, l.Seq}] = c.Cells
	for _, e := range out.Effects {
		if t, numbered := o.Book.Numbers[e.Ref.Kind]; numbered && o.series[e.Ref] == "" {
			o.series[e.Ref] = t.Series(out.At)
		}
	}
	c.Author, c.HLC = out.Author, c.HLC.Clamp(l.Received+5*60_000)
	before, stood := o.rows[c.Ref].doc, maps.Clone(o.rows)
	o.rows.take(out.Effects, l.GSN)
	if out.Verdict != app.Rejected && c.Command == "" && !o.keys.buried[c.Ref.ID] {
		if err = o.merged(c, before, conflicts); err != nil {
			return err
		}
	}
	o.sign(c, out.Effects, stood)
	return nil
}

// wishes: the log holds what people meant and what they saw when they opened
// their forms, and nothing that they were told is kept is missing.
func (o *oracle) wishes() error {
	meant := map[who][]want{}
	for _, w := range o.wants {
		k := who{w.device, w.seq}
		meant[k] = append(meant[k], w)
	}
	for k, all := range meant {
		got := o.written[k]
		if o.isRetired(k.device) {
			continue // what it was promised is looked at elsewhere
		}
		if !slices.ContainsFunc(all, func(w want) bool { return slices.EqualFunc(w.cells, got, o.sameCell(w.ref)) }) {
			return fmt.Errorf("somebody meant %d cells as change %d, the log holds %d others", len(all[0].cells), k.seq, len(got))
		}
	}
	return nil
}

// sameCell compares what was meant with what is in the log: of what was erased it says
// nothing, not even to somebody who emptied it and had seen it before.
func (o *oracle) sameCell(of app.Ref) func(a, b app.Cell) bool {
	return func(a, b app.Cell) bool {
		was := a.Was.Equal(b.Was) || o.keys.buried[of.ID] && len(b.Was) == 0
		return a.Field == b.Field && (b.Erased || was && a.Now.Equal(b.Now))
	}
}

func (o *oracle) isRetired(id app.ID) bool {
	return slices.ContainsFunc(o.retired, func(d Replica) bool { return app.DeviceID(publicKey(d)) == id })
}

// opened are the conflicts that a line opens, by field. Others may be told whole
// again, as the records that they are about move.
func (o *oracle) opened(out *app.Outcome) map[string]*app.Conflict {
	found := map[string]*app.Conflict{}
	for _, e := range out.Effects {
		c := app.Conflicts.New().(*app.Conflict)
		if _, before := o.rows[e.Ref]; before || e.Ref.Kind != app.ConflictKind || app.Conflicts.Load(c, e.Ref, 0, app.Doc(nil).Patch(e.Cells)) != nil || c.Field == "" {
			continue
		}
		found[c.Field] = c
	}
	return found
}

// merged: whatever somebody wrote is in the record, or in a conflict beside
// what was shown before; and the later of two clocks is shown.
func (o *oracle) merged(c *app.Change, before app.Doc, conflicts map[string]*app.Conflict) error {
	g := o.Book.Registers[c.Ref.Kind]
	for _, wrote := range c.Cells {
		spec, _ := app.SpecOf(g, wrote.Field)
		if spec.Policy != app.Notify {
			continue
		}
		stood, stands := before.Get(wrote.Field), o.rows[c.Ref].doc.Get(wrote.Field)
		if stood.Equal(wrote.Was) || stood.Equal(wrote.Now) {
			if !stands.Equal(wrote.Now) {
				return fmt.Errorf("%s: nobody was in the way, and yet it was not written", wrote.Field)
			}
			continue
		}
		k, last := conflicts[wrote.Field], o.authors[cell{c.Ref, wrote.Field}]
		if k == nil {
			return fmt.Errorf("%s: somebody was overruled silently", wrote.Field)
		}
		shown, other := stood, wrote.Now
		if later(author{c.HLC, c.Author}, last) {
			shown, other = other, shown
		}
		if !k.Shown.Equal(shown) || !k.Other.Equal(other) || !stands.Equal(shown) {
			return fmt.Errorf("%s: the wrong one of two values is shown", wrote.Field)
		}
	}
	return nil
}

func later(a, b author) bool {
	return cmp.Or(cmp.Compare(a.at, b.at), bytes.Compare(a.by[:], b.by[:])) > 0
}

// sign notes who wrote what. A record that moved is told whole: of that only
// what is another value than before counts, as everywhere.
func (o *oracle) sign(c *app.Change, effects []app.Effect, stood rows) {
	for _, e := range effects {
		for _, w := range e.Cells {
			k := cell{e.Ref, w.Field}
			if told := stood[e.Ref].doc.Get(w.Field).Equal(w.Now); !told && c.HLC >= o.authors[k].at {
				o.authors[k] = author{c.HLC, c.Author}
			}
		}
	}
}

// server: its rows and links are the fold of the log.
func (o *oracle) server() error {
	return o.Log.Read(now, func(tx server.Tx) error {
		for ref, r := range o.rows {
			doc, _, err := tx.Row(ref)
			if err != nil || !bytes.Equal(doc, r.doc) {
				return errors.Join(err, fmt.Errorf("the server's row %s is not the fold of the log", ref.Kind))
			}
			linked, err := tx.Linked(ref, app.ConflictKind)
			want, _ := o.rows.Linked(ref, app.ConflictKind)
			if err != nil || !slices.Equal(linked, want) {
				return errors.Join(err, fmt.Errorf("the server knows %d links to a %s, the log %d", len(linked), ref.Kind, len(want)))
			}
		}
		return nil
	})
}

// numbers: each record has one, none is there twice, none is missing without a word.
func (o *oracle) numbers() error {
	given, count := map[string]bool{}, map[string]int64{}
	template := map[string]app.NumberTemplate{}
	for ref, r := range o.rows {
		t, numbered := o.Book.Numbers[ref.Kind]
		if !numbered {
			continue
		}
		number := r.doc.Get("number").Text()
		if given[number] {
			return fmt.Errorf("number %s was given twice", number)
		}
		given[number] = true
		count[o.series[ref]]++
		template[o.series[ref]] = t
	}
	for series, all := range count {
		if err := o.explained(series, template[series], given, all); err != nil {
			return err
		}
	}
	return nil
}

// replicas: each shows the fold of the log as far as its person may read it.
func (o *oracle) replicas() error {
	for n, d := range o.Devices {
		if err := o.replica(d); err != nil {
			return fmt.Errorf("device %d: %w", n, err)
		}
	}
	return nil
}

// replica: it shows what it should and nothing else, nothing is pending, every
// refusal is told, every attachment opens, everybody is known.
func (o *oracle) replica(d Replica) error {
	may, err := o.mayRead(d)
	if err != nil {
		return err
	}
	shown := d.Docs()
	for ref, r := range o.rows {
		reads, err := o.reads(may, ref)
		switch {
		case err != nil:
			return err
		case !reads && !shown[ref].IsEmpty():
			return fmt.Errorf("it shows a %s that its person may not read", ref.Kind)
		case reads && o.knows(d, ref.Kind) && !bytes.Equal(shown[ref], r.doc) && !o.emptiedBlindly(d, ref, shown[ref]):
			return fmt.Errorf("it shows another %s than the log says", ref.Kind)
		}
	}
	for ref := range shown {
		if o.rows[ref].doc.IsEmpty() && !shown[ref].IsEmpty() {
			return fmt.Errorf("it shows a %s that is not in the log", ref.Kind)
		}
	}
	if n := d.Pending(); n > 0 {
		return fmt.Errorf("%d changes are pending", n)
	}
	if got, want := d.Refused(), o.refused[app.DeviceID(publicKey(d))]; !slices.Equal(got, want) {
		return fmt.Errorf("it tells of refusals %v, the log of %v", got, want)
	}
	people, err := o.Server.Users(now)
	for _, p := range people {
		if d.Name(p.ID) != p.Name {
			return errors.New("it does not know everybody's name")
		}
	}
	return errors.Join(err, o.attachments(d, may))
}

func (o *oracle) reads(may app.Clearance, ref app.Ref) (bool, error) {
	s, err := o.Book.ScopeOf(o.rows, ref, o.rows[ref].doc)
	return may.Reads(s), err
}

// knows: a replica on the disk does not list kinds of a later version.
func (o *oracle) knows(d Replica, kind app.Kind) bool {
	r, disk := d.(*real)
	return !disk || r.r.Book().Registers[kind] != nil
}

// emptiedBlindly: of an erased record of a kind that a device does not know it keeps
// the mark alone, for it cannot tell what is personal. sync/DESIGN.md says so.
func (o *oracle) emptiedBlindly(d Replica, ref app.Ref, doc app.Doc) bool {
	m, memory := d.(*Device)
	return memory && m.book.Registers[ref.Kind] == nil && o.keys.buried[ref.ID] && bytes.Equal(doc, app.Doc(nil).Patch(app.Erasure(nil, nil)))
}

// attachments arrive whole, at whoever may read what names them.
func (o *oracle) attachments(d Replica, may app.Clearance) error {
	open, sealed := map[app.BlobID]app.Blob{}, map[app.BlobID]app.Blob{}
	for ref, r := range o.rows {
		reads, err := o.reads(may, ref)
		if err != nil {
			return err
		}
		for _, field := range []string{"photos", "files"} {
			for _, b := range r.doc.Get(field).Blobs() {
				switch {
				case reads:
					open[b.ID] = b
				case !isWaiting(d, ref):
					sealed[b.ID] = b
				}
			}
		}
	}
	for _, b := range open {
		if delete(sealed, b.ID); d.Content(b) == nil && !o.isOld(d) && o.exists(b) {
			return errors.New("an attachment does not open")
		}
	}
	for _, b := range sealed {
		if d.Content(b) != nil {
			return errors.New("an attachment opens that its person may not read")
		}
	}
	return nil
}

// isWaiting says whether a replica on the disk has something of a record in its
// outbox: what was refused stays, with key and attachments, until its author decides.
func isWaiting(d Replica, ref app.Ref) bool {
	r, disk := d.(*real)
	return disk && slices.ContainsFunc(r.outbox(), func(one app.Sent) bool { return one.Ref == ref })
}

// exists says whether an attachment is anywhere. What one device alone had may be
// gone with it.
func (o *oracle) exists(b app.Blob) bool {
	here := false
	err := o.book.Log.Read(now, func(tx server.Tx) (err error) {
		_, here, err = tx.Attachment(b.ID)
		return err
	})
	return err != nil || here || slices.ContainsFunc(o.Devices, func(d Replica) bool { return d.Content(b) != nil })
}

// isOld: a program that does not know a field fetches nothing that it names.
func (o *oracle) isOld(d Replica) bool { n := slices.Index(o.Devices, d); return o.old(n) }
