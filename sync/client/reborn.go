package client

import (
	"context"
	"fmt"
	"math"
	"slices"

	"daicho/app"
	"daicho/store"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// Renewing is what sync needs of a replica whose server was restored.
type Renewing interface {
	// Lost tells what is here of the server's order after a line.
	Lost(ctx context.Context, upTo int64) (Lost, error)
	// Renew takes over the order of the restored server, in one transaction: own
	// changes that it does not have are to be sent again.
	Renew(ctx context.Context, n Renewal) error
}

// The store's own words for it.
type (
	Lost    = store.Lost
	Given   = store.Given
	Renewal = store.Renewal
)

// settingRebirth is where the last [Rebirth] is kept.
const settingRebirth = "sync/reborn"

// Rebirth is what a device noticed of a server that was restored from a backup.
type Rebirth struct {
	At    app.Stamp `cbor:"1,keyasint"`           // when this device noticed, by its own clock
	Until app.Stamp `cbor:"2,keyasint"`           // up to when the server has what it had
	Lines int64     `cbor:"3,keyasint"`           // that this device had heard of, and the server has no more
	Again int       `cbor:"4,keyasint"`           // own changes that the device sends again
	Kept  []byte    `cbor:"5,keyasint,omitempty"` // the last note of the order that ended
	Heard []byte    `cbor:"6,keyasint"`           // the note of the one that goes on from it

	Acknowledged app.Stamp `cbor:"7,keyasint,omitempty"` // when a person said that he had read it; zero: not yet
}

// RebirthOf is the last that a device noticed; zero if there was none.
func RebirthOf(ctx context.Context, p Port) (r Rebirth, err error) {
	b, err := p.Setting(ctx, settingRebirth)
	if err == nil && len(b) > 0 {
		err = wire.Decode(b, &r)
	}
	return r, err
}

// Sounds says whether a person has to be told.
func (r *Rebirth) Sounds() bool { return r.At != 0 && r.Acknowledged == 0 }

// AcknowledgeRebirth notes that a person has read it. What it is about stays.
func AcknowledgeRebirth(ctx context.Context, p Port, now app.Clock) error {
	r, err := RebirthOf(ctx, p)
	if err != nil || !r.Sounds() {
		return err
	}
	r.Acknowledged = app.StampOf(now())
	text, err := wire.Encode(&r)
	if err != nil {
		return err
	}
	return p.SetSetting(ctx, settingRebirth, text)
}

// Say tells it to a person.
func (r *Rebirth) Say() app.Label {
	until := r.Until.Time().Format("2006-01-02 15:04")
	return app.Label{
		JA: fmt.Sprintf("サーバーは %s 時点のバックアップから復元されました。この端末が %d 件を送り直します。", until, r.Again),
		EN: fmt.Sprintf("the server was restored from a backup as of %s; this device sends %d changes again", until, r.Again),
	}
}

// renew goes over to the order of a restored server, if that is why it refused,
// and says whether it did. The server must prove that what it has left is the
// beginning of what this device had seen.
func (s *session) renew(ctx context.Context, why error) (done bool, err error) {
	if !app.IsCode(why, app.Stale) {
		return false, why
	}
	_, gsn, err := s.port.Cursor(ctx)
	if err != nil {
		return false, err
	}
	p, err := s.prove(ctx, s.place.Epoch)
	switch {
	case err != nil:
		return false, orWhy(why, err)
	case p.now.Epoch == p.was:
		return false, why
	case p.upTo < 0 && gsn == 0 && len(p.trail) == 0: // it has followed nothing yet
		s.place.Epoch = p.now.Epoch
		return true, s.port.Enroll(ctx, s.place)
	case p.upTo < 0:
		return false, why
	}
	r := Rebirth{At: app.StampOf(s.now()), Lines: max(0, gsn-p.upTo), Kept: p.last.Note, Heard: p.note}
	return true, s.goOver(ctx, p, &r)
}

// onCourse speaks to the server of the order that the replica follows, whatever
// the enrolment says: the program may have ended as it went over to another.
func (s *session) onCourse(ctx context.Context) error {
	epoch, err := follows(ctx, s.port, s.place.Epoch)
	if err != nil || epoch == s.place.Epoch {
		return err
	}
	s.place.Epoch = epoch
	return s.port.Enroll(ctx, s.place)
}

// orWhy is the reason of before where the server is of a version that signs nothing.
// Of what else went wrong a line that broke is the least: it is tried again.
func orWhy(why, err error) error {
	if app.IsCode(err, app.NotFound) {
		return why
	}
	return err
}

// passage is the way from one order into another.
type passage struct {
	was   app.ID // the order that the replica follows
	order app.ID // the youngest that it and the server both have a beginning of
	upTo  int64  // the last line of that beginning; -1: there is none
	trail audit.Trail
	last  audit.Seen // of the order that the replica follows; zero: it never saw one
	now   audit.Checkpoint
	note  []byte // of it
}

// prove asks for the server's signed word, and the proof that it goes on from
// the largest checkpoint here that lies within what is left.
func (s *session) prove(ctx context.Context, was app.ID) (p passage, err error) {
	if p.trail, err = Trail(ctx, s.port); err != nil {
		return p, err
	}
	p.was = was
	if p.last, err = s.lastOf(ctx, was, p.trail); err != nil {
		return p, err
	}
	if p.now, p.note, _, err = s.hear(ctx, 0); err != nil {
		return p, err
	}
	p.meet()
	before, seen := p.trail.Within(p.order, p.upTo)
	if !seen || p.now.Epoch == was {
		return p, nil
	}
	var proof audit.Proof
	p.now, p.note, proof, err = s.hear(ctx, before.Size)
	if err == nil && p.now.Follows(&before.Checkpoint, proof) != nil {
		err = s.alarm(ctx, before, &wire.Checkpoint{Note: p.note})
	}
	return p, err
}

// lastOf is the last checkpoint of an order. Where the program ended as it went over
// from it, the trail has it no more, but what was noted then.
func (s *session) lastOf(ctx context.Context, epoch app.ID, t audit.Trail) (last audit.Seen, err error) {
	last, seen := t.Within(epoch, math.MaxInt64)
	if seen {
		return last, nil
	}
	r, err := RebirthOf(ctx, s.port)
	if err != nil || len(r.Kept) == 0 {
		return last, err
	}
	text, err := wire.Encode([][]byte{r.Kept})
	if err == nil {
		t, err = audit.DecodeTrail(text)
	}
	last, _ = t.Within(epoch, math.MaxInt64)
	return last, err
}

// meet finds where the two part. A server that was restored twice from one backup
// does not know the order in between, but both know the one before that.
func (p *passage) meet() {
	p.order, p.upTo = p.was, p.now.Reach(p.was)
	for _, e := range slices.Backward(p.last.Ended) {
		if n := p.now.Reach(e.Epoch); p.upTo < 0 && n >= 0 {
			p.order, p.upTo = e.Epoch, min(n, e.Size)
		}
	}
}

// left are the checkpoints that lie within the order of now, and its own.
func (p *passage) left() audit.Trail {
	kept := slices.DeleteFunc(slices.Clone(p.trail), func(c audit.Seen) bool { return c.Size > p.now.Reach(c.Epoch) })
	return kept.With(audit.Seen{Checkpoint: p.now, Note: p.note})
}

// hear asks for a checkpoint and reads it.
func (s *session) hear(ctx context.Context, seen int64) (now audit.Checkpoint, note []byte, p audit.Proof, err error) {
	out, err := s.leaves(ctx, &wire.Audit{Seen: seen})
	if err != nil {
		return now, nil, nil, err
	}
	now, err = s.opened(ctx, &out.Checkpoint)
	return now, out.Checkpoint.Note, audit.ProofOf(out.Checkpoint.Proof), err
}

// goOver tells the server what is known here, takes over what it has, and notes
// where the device stands.
func (s *session) goOver(ctx context.Context, p passage, r *Rebirth) error {
	lost, err := s.port.Lost(ctx, p.upTo)
	if err != nil {
		return err
	}
	if err = s.remind(ctx, &lost); err != nil {
		return err
	}
	mark, err := s.tell(ctx, p.order, p.now.Epoch, &lost)
	if err != nil {
		return err
	}
	n := Renewal{Was: p.was, Epoch: p.now.Epoch, UpTo: p.upTo, Watermark: mark.Watermark}
	if err = s.named(ctx, &n, lost.Refs); err != nil {
		return err
	}
	for _, seq := range lost.Stood {
		if seq > mark.Watermark {
			r.Again++
		}
	}
	r.Until = mark.Until
	if err = s.remembered(ctx, p, r); err != nil {
		return err
	}
	if err = s.port.Renew(ctx, n); err != nil {
		return err
	}
	s.place.Epoch, s.done.Reborn = p.now.Epoch, r
	return s.port.Enroll(ctx, s.place)
}

// remembered notes what happened, and lets go of checkpoints that lie beyond.
func (s *session) remembered(ctx context.Context, p passage, r *Rebirth) error {
	text, err := wire.Encode(r)
	if err != nil {
		return err
	}
	if err = s.port.SetSetting(ctx, settingRebirth, text); err != nil {
		return err
	}
	if text, err = p.left().Encode(); err != nil {
		return err
	}
	return s.port.SetSetting(ctx, settingTrail, text)
}

// tell says to the server what is known of the order that ended.
func (s *session) tell(ctx context.Context, was, epoch app.ID, lost *Lost) (out wire.Rebirth, err error) {
	given, stood, keys := lost.Given, lost.Stood, lost.Keys
	for first := true; first || len(given)+len(stood)+len(keys) > 0; first = false {
		in := wire.Reborn{Was: was, Epoch: epoch}
		n := min(len(given), wire.MaxGiven)
		for _, g := range given[:n] {
			in.Given = append(in.Given, said(&g))
		}
		m := min(len(stood), wire.MaxStood)
		k := min(len(keys), wire.MaxTold)
		in.Stood, in.Keys = stood[:m], wire.KeysOf(keys[:k])
		given, stood, keys = given[n:], stood[m:], keys[k:]
		out = wire.Rebirth{}
		if err = s.post(ctx, wire.PathReborn, &in, &out, &out.Times); err != nil {
			return out, err
		}
	}
	return out, nil
}

// named fetches single records as they stand, all under one clearance. Where that is
// another than the replica holds, one that is not told may be there all the same.
func (s *session) named(ctx context.Context, n *Renewal, refs []app.Ref) error {
	holds, err := s.port.Clearance(ctx)
	if err != nil {
		return err
	}
	var under []byte // empty: it holds nothing yet
	if holds != [32]byte{} {
		under = holds[:]
	}
	for rest := refs; len(rest) > 0; {
		page, err := s.rowsOf(ctx, n.Epoch, under, rest)
		if err != nil {
			return err
		}
		if page.Clearance != nil {
			if s.scoped++; s.scoped > maxScoped {
				return errStrange
			}
			to := wire.ClearanceOf(page.Clearance)
			hash := to.Hash()
			under, rest = hash[:], refs
			n.To, n.Rows, n.Keys = to, nil, nil
			continue
		}
		for i, r := range page.Rows {
			n.Rows = append(n.Rows, Row{Ref: rest[i], GSN: r.GSN, Doc: r.Doc})
		}
		n.Keys, n.Head = append(n.Keys, wire.SubjectKeys(page.Keys)...), max(n.Head, page.Head)
		rest = rest[len(page.Rows):]
		s.o.progress(Reviving, len(n.Rows), len(n.Rows)+len(rest))
	}
	return nil
}

// rowsOf asks for the first of some records. The answer is of them, in their order.
func (s *session) rowsOf(ctx context.Context, epoch app.ID, under []byte, refs []app.Ref) (*wire.RowsPage, error) {
	q := wire.Rows{Epoch: epoch, Clearance: under}
	for _, ref := range refs[:min(len(refs), wire.PageChanges)] {
		q.Refs = append(q.Refs, wire.Ref{Kind: string(ref.Kind), ID: ref.ID})
	}
	page, err := s.rows(ctx, &q)
	if err != nil || page.Clearance != nil {
		return page, err
	}
	if len(page.Rows) == 0 || len(page.Rows) > len(q.Refs) {
		return nil, errStrange
	}
	for i, r := range page.Rows {
		if r.Ref != q.Refs[i] {
			return nil, errStrange
		}
	}
	return page, nil
}

// reborn says whether the server was ever restored since this device knows it: it
// may then wait with a change until the record that it is about has been brought.
func (s *session) reborn(ctx context.Context) bool {
	r, err := RebirthOf(ctx, s.port)
	return err == nil && r.At != 0
}
