package simtest

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"errors"
	"fmt"
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

// check holds everything that must be true after healing against what is.
func (s *Sim) check() error {
	o := &oracle{s, rows{}, map[cell]author{}, map[who][]app.Cell{}, map[app.ID][]uint64{}}
	if err := o.order(); err != nil {
		return err
	}
	for _, l := range s.book.lines {
		if err := o.line(l); err != nil {
			return fmt.Errorf("gsn %d: %w", l.GSN, err)
		}
	}
	if err := o.wishes(); err != nil {
		return err
	}
	if err := o.server(); err != nil {
		return err
	}
	if err := o.numbers(); err != nil {
		return err
	}
	for n, d := range s.Devices {
		if err := o.replica(d); err != nil {
			return fmt.Errorf("device %d: %w", n, err)
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
	out, err := app.DecodeOutcome(l.Outcome, &o.book.keys)
	if err != nil {
		return err
	}
	c, err := app.DecodeChange(l.Body, &o.book.keys)
	if err != nil {
		return err
	}
	if out.Verdict == app.Rejected {
		o.refused[l.Device] = append(o.refused[l.Device], l.Seq)
	}
	conflicts := conflictsOf(out)
	switch {
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
	c.Author, c.HLC = out.Author, c.HLC.Clamp(l.Received+5*60_000)
	before := o.rows[c.Ref].doc
	o.rows.take(out.Effects, l.GSN)
	if out.Verdict != app.Rejected && c.Command == "" {
		if err = o.merged(c, before, conflicts); err != nil {
			return err
		}
	}
	o.sign(c, out.Effects)
	return nil
}

// wishes: the log holds what people meant and what they saw when they opened
// their forms, and nothing that they were told is kept is missing.
func (o *oracle) wishes() error {
	for _, w := range o.wants {
		if got := o.written[who{w.device, w.seq}]; !slices.EqualFunc(w.cells, got, func(a, b app.Cell) bool {
			return a.Field == b.Field && a.Was.Equal(b.Was) && a.Now.Equal(b.Now)
		}) {
			return fmt.Errorf("somebody meant %d cells as change %d, the log holds %d others", len(w.cells), w.seq, len(got))
		}
	}
	return nil
}

func conflictsOf(out *app.Outcome) map[string]*app.Conflict {
	found := map[string]*app.Conflict{}
	for _, e := range out.Effects {
		c := app.Conflicts.New().(*app.Conflict)
		if e.Ref.Kind != app.ConflictKind || app.Conflicts.Load(c, e.Ref, 0, app.Doc(nil).Patch(e.Cells)) != nil || c.Field == "" {
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

// sign notes who wrote what.
func (o *oracle) sign(c *app.Change, effects []app.Effect) {
	for _, e := range effects {
		for _, w := range e.Cells {
			k := cell{e.Ref, w.Field}
			if c.HLC >= o.authors[k].at {
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

// numbers: each record has one, none is there twice, none is missing.
func (o *oracle) numbers() error {
	given := map[app.Kind]map[string]bool{}
	for ref, r := range o.rows {
		if _, numbered := o.Book.Numbers[ref.Kind]; !numbered {
			continue
		}
		number := r.doc.Get("number").Text()
		if given[ref.Kind][number] {
			return fmt.Errorf("number %s was given twice", number)
		}
		if given[ref.Kind] == nil {
			given[ref.Kind] = map[string]bool{}
		}
		given[ref.Kind][number] = true
	}
	for kind, all := range given {
		t := o.Book.Numbers[kind]
		for n := range len(all) {
			if want := t.Format(t.Series(app.StampOf(o.Now)), int64(n+1)); !all[want] {
				return fmt.Errorf("number %s is missing", want)
			}
		}
	}
	return nil
}

// replica: it shows the fold of the log, nothing is pending, every refusal is
// told, every attachment opens, everybody is known.
func (o *oracle) replica(d Replica) error {
	shown := d.Docs()
	for ref, r := range o.rows {
		if !bytes.Equal(shown[ref], r.doc) {
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
	return errors.Join(err, o.attachments(d))
}

func (o *oracle) attachments(d Replica) error {
	for ref, r := range o.rows {
		for _, field := range []string{"photos", "files"} {
			for _, b := range r.doc.Get(field).Blobs() {
				if d.Content(b) == nil {
					return fmt.Errorf("an attachment of a %s does not open", ref.Kind)
				}
			}
		}
	}
	return nil
}
