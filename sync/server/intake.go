package server

import (
	"io"
	"math"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// How much is kept for one device outside the order. What is beyond stays on
// the device, which is not acknowledged and brings it again.
const (
	maxHeld      = 64
	maxImpounded = 256
)

// maxSubjectKeys is how many keys of one subject are kept. There is one; a second
// where two devices sealed its first value at the same time.
const maxSubjectKeys = 16

var (
	errTooMuch  = app.Refuse(app.Invalid, "", "一度に送る量が多すぎます。プログラムを更新してください。", "too much in one message; update the program")
	errUnsigned = app.Refuse(app.Damaged, "", "端末の署名が変更と一致しません。もう一度同期してください。", "the changes do not carry their device's signature; sync again")
	errSevered  = app.Refuse(app.Damaged, "", "端末の変更の記録がサーバーの記録につながりません。管理者に連絡してください。変更は失われていません。",
		"the device's changes do not continue what the server has of it; ask the administrator; no change is lost")
	errForked = app.Refuse(app.Forbidden, "", "この端末は複製されたか、古いバックアップから復元されています。双方の変更を保管し、端末を停止しました。管理者に連絡し、新しい端末として登録してください。",
		"this device was copied or restored from an old backup; both sets of changes are kept and the device is frozen; enrol it anew")
	errFrozen  = app.Refuse(app.Forbidden, "", "この端末は停止されています。管理者に連絡し、新しい端末として登録してください。", "this device is frozen; enrol it anew")
	errRevoked = app.Refuse(app.Forbidden, "", "この端末の登録は取り消されています。管理者に連絡してください。", "this device was revoked; ask the administrator")
	errUnknown = app.Refuse(app.Forbidden, "", "この端末は登録されていません。登録コードで登録してください。", "this device is not enrolled; enrol it with a code")
)

// intake is one push on its way into the log.
type intake struct {
	book    app.Book
	random  io.Reader
	carrier app.ID // who brings it
	own     bool   // the server itself, whose rights are not asked for
	at      app.Stamp
	last    *app.Outcome   // what was said to the last change
	refused []wire.Refused // what came with it is taken in all the same
	mine    error          // the refusal that concerns the carrier itself

	tx     Tx // of the batch at hand
	keys   *keyring
	grants *memory     // what rights are read from
	tree   *audit.Tree // over the log; nil until a line is appended
	barred error       // why the carrier may not speak
	epochs epochs      // that ended
	before before      // what is known of the change at hand
	was    *change     // what it was before the server was restored, if it is another now
	moves  []Move      // by the effects of the change at hand
	ahead  *foreseen   // changes of the segment at hand that were read already
	erased bool        // subjects, in the transaction at hand

	brought brought // keys that came along
	reread  bool    // some of them were erased since: what was read ahead with them does not count

	verdicts []app.Verdict // of the batch
}

// change names one.
type change struct {
	device app.ID
	seq    uint64
}

// within works in a transaction, with nothing in mind from another.
func (in *intake) within(tx Tx) {
	in.tx, in.keys, in.tree, in.verdicts, in.erased = tx, &keyring{tx, in.random, in.at}, nil, nil, false
	in.grants = newMemory(tx)
}

// begin starts a batch.
func (in *intake) begin(tx Tx, epoch app.ID) error {
	in.within(tx)
	if err := checkEpoch(tx, epoch); err != nil {
		return err
	}
	var err error
	if in.epochs, err = epochsOf(tx); err != nil {
		return err
	}
	d, known, err := tx.Device(in.carrier)
	if err != nil {
		return err
	}
	if !known {
		return errUnknown
	}
	in.barred = d.bar()
	return nil
}

// bar is why a device may not speak; nil if it may.
func (d *Device) bar() error {
	switch d.State {
	case Active:
		return nil
	case Frozen:
		return errFrozen
	}
	return errRevoked
}

// putKeys keeps the keys that came along. Keys of one who is shut out are
// impounded with what they open, or they would be handed on to others.
func (in *intake) putKeys(keys []wire.Key) error {
	if in.barred != nil {
		return in.impoundKeys(keys)
	}
	in.brought = brought{}
	for _, k := range keys {
		if err := in.putKey(app.SubjectKey(k)); err != nil {
			return err
		}
	}
	return nil
}

// putKey keeps a key, unless its subject has many already: they are handed to
// everybody who reads the subject, and must fit into a page.
func (in *intake) putKey(k app.SubjectKey) error {
	if erased, err := in.tx.IsErased(k.Subject); err != nil || erased {
		return err
	}
	there, err := in.tx.KeysOf(k.Subject)
	if err != nil || len(there) >= maxSubjectKeys {
		return err
	}
	if in.brought != nil {
		in.brought[k.Subject] = append(in.brought[k.Subject], k)
	}
	return in.tx.PutKey(k, in.at)
}

// take takes in a batch of segments.
func (in *intake) take(batch []wire.Segment) error {
	if len(batch) == 0 && in.barred != nil {
		in.refuse(in.carrier, in.barred)
	}
	ahead := in.foresee(batch)
	if err := in.tx.Expect(subjects(batch)); err != nil {
		return err
	}
	for i := range batch {
		in.ahead = ahead[i]
		if err := in.segment(&batch[i]); err != nil {
			return err
		}
	}
	return nil
}

// subjects are the records that changes are about, as far as that can be read.
func subjects(batch []wire.Segment) (refs []app.Ref) {
	for i := range batch {
		for _, body := range batch[i].Bodies {
			if ref, ok := app.RefOf(body); ok {
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

// refuse remembers why a device's changes are not taken. The carrier hears of
// its own as an error; others' changes must not keep it from going on.
func (in *intake) refuse(device app.ID, err error) {
	if in.mine == nil && (device == in.carrier || in.barred != nil) {
		in.mine = err
	}
	in.refused = append(in.refused, wire.Refused{Device: device, Problem: wire.ProblemOf(err)})
}

// segment checks who speaks and whether he said it, then where it belongs.
func (in *intake) segment(s *wire.Segment) error {
	d, known, err := in.tx.Device(s.Device)
	switch {
	case err != nil:
		return err
	case !known:
		in.refuse(s.Device, errUnknown)
		return nil
	case !isSigned(s, &d):
		in.refuse(s.Device, errUnsigned)
		return nil
	}
	bar := in.barred
	if bar == nil {
		bar = d.bar()
	}
	if bar != nil {
		return in.impound(s, Barred, bar)
	}
	if s.First > d.Watermark+1 {
		return in.hold(s)
	}
	if err = in.chain(&d, s); err != nil {
		return err
	}
	return in.release(&d)
}

// isSigned says whether the segment is whole and its device signed it.
func isSigned(s *wire.Segment, d *Device) bool {
	signed := s.Signed()
	return signed.Verify(d.Public) && uint64(len(s.Bodies)) == s.Last-s.First+1 && s.Last <= math.MaxInt64 && s.Bytes() <= wire.MaxSegment
}

// hold keeps a segment that came too early. It is not acknowledged.
func (in *intake) hold(s *wire.Segment) error {
	n, err := in.tx.HeldCount(s.Device)
	if err != nil || n >= maxHeld {
		return err
	}
	return in.tx.Hold(*s, in.at)
}

// release goes on with what was held, as far as it now follows.
func (in *intake) release(d *Device) error {
	for {
		held, err := in.tx.Held(d.ID, d.Watermark+1)
		if err != nil || len(held) == 0 || d.State != Active {
			return err
		}
		for i := range held {
			if err = in.tx.Release(d.ID, held[i].First); err != nil {
				return err
			}
			if bar := d.bar(); bar != nil { // by what one of those before showed
				err = in.impound(&held[i], Barred, bar)
			} else {
				err = in.chain(d, &held[i])
			}
			if err != nil {
				return err
			}
		}
	}
}

// impound keeps a segment for a person and refuses.
func (in *intake) impound(s *wire.Segment, why Impounded, err error) error {
	in.refuse(s.Device, err)
	n, err := in.tx.ImpoundedCount(s.Device)
	if err != nil || n >= maxImpounded {
		return err
	}
	return in.tx.Impound(*s, why, in.at)
}

// chain checks that a segment continues its device's chain, or repeats it, and
// puts into the order what is new.
func (in *intake) chain(d *Device, s *wire.Segment) error {
	before := Point{Chain: app.ChainStart(d.Public)}
	if s.First > 1 {
		var err error
		if before, _, err = in.tx.Point(d.ID, s.First-1); err != nil {
			return err
		}
	}
	points := walk(before.Chain, s.Bodies)
	if points[len(points)-1].Chain != s.Head {
		belied, err := in.belies(d, s)
		if err == nil && belied {
			return in.fork(d, s)
		}
		if err != nil {
			return err
		}
		return in.impound(s, Severed, errSevered)
	}
	if s.First <= d.Watermark {
		common := min(s.Last, d.Watermark)
		there, _, err := in.tx.Point(d.ID, common)
		if err != nil {
			return err
		}
		if there != points[common-s.First] {
			return in.fork(d, s)
		}
	}
	if err := in.sequence(d, s, points); err != nil {
		return err
	}
	return in.confront(d)
}

// belies says whether a segment ends otherwise than the chain that is in the order:
// then its device signed both. Bodies prove nothing of that kind, for whoever carries
// them could have altered them; the signed end does.
func (in *intake) belies(d *Device, s *wire.Segment) (bool, error) {
	if s.Last > d.Watermark {
		return false, nil
	}
	there, _, err := in.tx.Point(d.ID, s.Last)
	return there.Chain != s.Head, err
}

// confront holds what was severed, and came before what it says could be held against
// anything, against what is in the order now.
func (in *intake) confront(d *Device) error {
	n, err := in.tx.ImpoundedCount(d.ID)
	if err != nil || n == 0 {
		return err
	}
	all, err := in.tx.Impounded(d.ID)
	for i := range all {
		if err != nil || d.State != Active {
			return err
		}
		var belied bool
		if belied, err = in.belies(d, &all[i].Segment); err == nil && belied && all[i].Why == Severed {
			err = in.fork(d, &all[i].Segment)
		}
	}
	return err
}

// walk follows the chain over changes.
func walk(c app.Chain, bodies [][]byte) []Point {
	points := make([]Point, len(bodies))
	for i, body := range bodies {
		h := app.BodyHash(body)
		c = c.Next(h)
		points[i] = Point{h, c}
	}
	return points
}

// fork freezes a device that signed two different changes under one number.
func (in *intake) fork(d *Device, s *wire.Segment) error {
	d.State = Frozen
	if err := in.tx.PutDevice(*d); err != nil {
		return err
	}
	if err := notice(in.tx); err != nil {
		return err
	}
	return in.impound(s, Forked, errForked)
}

// sequence puts what is new into the order, one after the other. After a server
// was restored it may have to end early: the device brings the rest again.
func (in *intake) sequence(d *Device, s *wire.Segment, points []Point) (err error) {
	for i, body := range s.Bodies {
		seq := s.First + uint64(i)
		if seq <= d.Watermark {
			continue // a duplicate: acknowledged again, nothing else
		}
		if in.before, err = in.recall(d, seq, body); err != nil {
			return err
		}
		if in.before.waits {
			break
		}
		if err := in.judge(d, seq, points[i], body); err != nil {
			return err
		}
		d.Watermark = seq
	}
	d.Seen = in.at
	return in.tx.PutDevice(*d)
}
