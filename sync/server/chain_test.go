package server_test

import (
	"context"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

func TestAcceptedChangeIsNumberedAndHeard(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	k := o.open(a, "印刷できない")
	equal(t, k.Number, app.Provisional(a.ID, 1))
	o.sync(a, b)
	for _, d := range []*simtest.Device{a, b} {
		got := o.get(d, k.Ref)
		equal(t, []any{got.Title, got.Number, got.GSN}, []any{"印刷できない", "2026-000001", int64(1)})
	}
	equal(t, a.Said[1].Verdict, app.Accepted)
	equal(t, len(b.People), 2)
	equal(t, a.Acked, uint64(1))
}

func TestDuplicatesAreAcknowledgedAgain(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	o.open(a, "一")
	o.open(a, "二")
	p := o.outgoing(a)
	for range 3 {
		equal(t, o.pushed(a, p).Watermark(a.ID), uint64(2))
	}
	equal(t, verdicts(o.outcomes()), []app.Verdict{app.Accepted, app.Accepted})
}

func TestOverlappingSegmentIsTakenFromWhereItIsNew(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	o.open(a, "一")
	o.pushed(a, o.outgoing(a))
	again := a.Clone()
	o.open(a, "二")
	whole := app.Segment{Device: a.ID, First: 1, Last: 2, Head: o.outgoing(a).Segments[1].Head}
	whole.Sign(a.Key)
	bodies, _, keys, err := a.Outgoing(context.Background(), 0, 9)
	ok(t, err)
	p := &wire.Push{Epoch: o.epoch, Segments: []wire.Segment{wire.SegmentOf(whole, bodies)}, Keys: wire.KeysOf(keys)}
	equal(t, o.pushed(again, p).Watermark(a.ID), uint64(2))
	equal(t, len(o.outcomes()), 2)
}

func TestGapIsHeldAndNotAcknowledged(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	a.Cut = 1
	for _, title := range []string{"一", "二", "三", "四"} {
		o.open(a, title)
	}
	p := o.outgoing(a)
	only := func(i ...int) *wire.Push {
		q := &wire.Push{Epoch: p.Epoch, Keys: p.Keys}
		for _, n := range i {
			q.Segments = append(q.Segments, p.Segments[n])
		}
		return q
	}
	equal(t, o.pushed(a, only(3, 1)).Watermark(a.ID), uint64(0))
	equal(t, len(o.outcomes()), 0)
	equal(t, o.pushed(a, only(0)).Watermark(a.ID), uint64(2))
	equal(t, o.pushed(a, only(2)).Watermark(a.ID), uint64(4))
	var seqs []uint64
	for _, one := range o.outcomes() {
		seqs = append(seqs, one.Seq)
	}
	equal(t, seqs, []uint64{1, 2, 3, 4})
	o.read(func(tx server.Tx) error {
		n, err := tx.HeldCount(a.ID)
		equal(t, n, 0)
		return err
	})
}

func TestForkFreezesTheDeviceAndKeepsBoth(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	o.open(a, "共通")
	copied := a.Clone()
	o.open(a, "本物")
	o.open(copied, "複製")
	o.sync(a)
	for range 2 {
		_, err := o.Sync(context.Background(), copied)
		o.refused(err, app.Forbidden, "frozen")
	}
	_, err := o.Sync(context.Background(), a) // nobody can tell which is the real one
	o.refused(err, app.Forbidden, "frozen")
	equal(t, len(o.outcomes()), 2)
	o.read(func(tx server.Tx) error {
		d, _, err := tx.Device(a.ID)
		equal(t, d.State, server.Frozen)
		n, _ := tx.ImpoundedCount(a.ID)
		equal(t, n, 1)
		return err
	})
}

// TestWhatWaitsIsKeptBesideItsLike: of a copied folder both changes came before what
// precedes them; one goes into the order, the other waits for a person.
func TestWhatWaitsIsKeptBesideItsLike(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, carrier := o.device("青木"), o.device("馬場")
	a.Cut = 1
	o.open(a, "共通")
	copied := a.Clone()
	o.open(a, "本物")
	o.open(copied, "複製")
	mine, other := o.outgoing(a), o.outgoing(copied)
	for _, s := range []wire.Segment{other.Segments[1], mine.Segments[1], mine.Segments[0]} {
		o.pushed(carrier, &wire.Push{Epoch: o.epoch, Segments: []wire.Segment{s}, Keys: mine.Keys})
	}
	equal(t, len(o.outcomes()), 2)
	o.read(func(tx server.Tx) error {
		d, _, err := tx.Device(a.ID)
		equal(t, d.State, server.Frozen)
		n, _ := tx.ImpoundedCount(a.ID)
		equal(t, n, 1)
		return err
	})
}

func TestRestoredDeviceIsAFork(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	o.open(a, "一")
	backup := a.Clone()
	for range 5 {
		o.open(a, "後")
	}
	o.sync(a)
	o.open(backup, "復元後")
	_, err := o.Sync(context.Background(), backup)
	o.refused(err, app.Forbidden, "copied or restored")
}

func TestRevokedDeviceIsHeardByNobody(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	ok(t, o.Server.Revoke(context.Background(), a.ID))
	o.open(a, "取消後")
	p := o.outgoing(a)
	_, err := o.push(a, p)
	o.refused(err, app.Forbidden, "revoked")
	out := o.pushed(b, p) // who carries it hears of it, and may go on
	equal(t, []any{len(out.Refused), out.Refused[0].Device, out.Refused[0].Problem.Code}, []any{1, a.ID, "forbidden"})
	equal(t, out.Watermark(a.ID), uint64(0))
	_, err = o.Sync(context.Background(), a)
	o.refused(err, app.Forbidden, "revoked")
	equal(t, len(o.outcomes()), 0)
	o.read(func(tx server.Tx) error {
		n, err := tx.ImpoundedCount(a.ID)
		equal(t, n, 1)
		keys, _ := tx.KeysOf(a.Refs(ticket.Kind)[0].ID)
		equal(t, len(keys), 1) // the other carrier's push brought it
		return err
	})
}

func TestRevokedCarrierBringsNothing(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	ok(t, o.Server.Revoke(context.Background(), a.ID))
	o.open(b, "運ばれた")
	p := o.outgoing(b)
	_, err := o.push(a, p)
	o.refused(err, app.Forbidden, "revoked")
	equal(t, len(o.outcomes()), 0)
	o.sync(b)
	equal(t, len(o.outcomes()), 1)
}

func TestOthersCarryChanges(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	o.open(a, "運ばれた")
	equal(t, o.pushed(b, o.outgoing(a)).Watermarks, []wire.Mark{{Device: a.ID, Seq: 1}})
	o.sync(a, b)
	equal(t, b.Confirmed(), a.Confirmed())
	equal(t, len(o.outcomes()), 1)
}

// TestWhatNobodySignedIsRefused alters a good push in each way that a bad
// network or a bad person could, and expects nothing in the order.
func TestWhatNobodySignedIsRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		alter func(o *office, p *wire.Push, s *wire.Segment)
		code  app.Code
		word  string
	}{
		{"body altered", func(_ *office, _ *wire.Push, s *wire.Segment) { s.Bodies[0] = append([]byte{0}, s.Bodies[0]...) }, app.Damaged, "do not continue"},
		{"bodies swapped", func(_ *office, _ *wire.Push, s *wire.Segment) {
			s.Bodies[0], s.Bodies[1] = s.Bodies[1], s.Bodies[0]
		}, app.Damaged, "do not continue"},
		{"body left out", func(_ *office, _ *wire.Push, s *wire.Segment) { s.Bodies = s.Bodies[:1] }, app.Damaged, "signature"},
		{"body added", func(_ *office, _ *wire.Push, s *wire.Segment) { s.Bodies = append(s.Bodies, s.Bodies[0]) }, app.Damaged, "signature"},
		{"signature altered", func(_ *office, _ *wire.Push, s *wire.Segment) { s.Sig[7] ^= 1 }, app.Damaged, "signature"},
		{"no signature", func(_ *office, _ *wire.Push, s *wire.Segment) { s.Sig = nil }, app.Damaged, "signature"},
		{"range altered", func(_ *office, _ *wire.Push, s *wire.Segment) { s.First, s.Last = 2, 3 }, app.Damaged, "signature"},
		{"empty range", func(_ *office, _ *wire.Push, s *wire.Segment) { s.First, s.Last, s.Bodies = 2, 1, nil }, app.Damaged, "signature"},
		{"endless range", func(_ *office, _ *wire.Push, s *wire.Segment) { s.First, s.Last = 1, 1<<64-1 }, app.Damaged, "signature"},
		{"signed by another", func(o *office, _ *wire.Push, s *wire.Segment) {
			other := s.Signed()
			other.Sign(o.device("他人").Key)
			s.Sig = other.Sig
		}, app.Damaged, "signature"},
		{"another order", func(_ *office, p *wire.Push, _ *wire.Segment) { p.Epoch[0] ^= 1 }, app.Stale, "new order"},
		{"too many keys", func(_ *office, p *wire.Push, _ *wire.Segment) { p.Keys = make([]wire.Key, wire.MaxKeys+1) }, app.Invalid, "too much"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, modules.Book())
			a := o.device("青木")
			o.open(a, "一")
			o.open(a, "二")
			p := o.outgoing(a)
			p.Segments[0].Bodies = append([][]byte(nil), p.Segments[0].Bodies...)
			p.Segments[0].Sig = append([]byte(nil), p.Segments[0].Sig...)
			c.alter(o, p, &p.Segments[0])
			_, err := o.push(a, p)
			o.refused(err, c.code, c.word)
			equal(t, len(o.outcomes()), 0)
			o.sync(a) // and the device itself is none the worse
			equal(t, len(o.outcomes()), 2)
		})
	}
}

// TestOnesFaultIsNotAnothers brings good changes beside those of a stranger.
func TestOnesFaultIsNotAnothers(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, stranger := o.device("青木"), o.device("")
	o.open(a, "良")
	o.open(stranger, "知らない人")
	p := o.outgoing(a)
	p.Segments = append(o.outgoing(stranger).Segments, p.Segments...)
	out := o.pushed(a, p)
	equal(t, []any{out.Watermark(a.ID), len(out.Refused), out.Refused[0].Device}, []any{uint64(1), 1, stranger.ID})
	equal(t, len(o.outcomes()), 1)
}

func TestStrangerMayNotPush(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("")
	o.open(a, "一")
	_, err := o.push(a, o.outgoing(a))
	o.refused(err, app.Forbidden, "not enrolled")
}

// TestHeldGarbageGivesWay holds a segment whose bodies were altered, which
// cannot be told before what precedes it is there.
func TestHeldGarbageGivesWay(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	a.Cut = 1
	o.open(a, "一")
	o.open(a, "二")
	p := o.outgoing(a)
	bad := p.Segments[1]
	bad.Bodies = [][]byte{{1, 2, 3}}
	o.pushed(a, &wire.Push{Epoch: o.epoch, Segments: []wire.Segment{bad}})
	_, err := o.push(a, &wire.Push{Epoch: o.epoch, Keys: p.Keys, Segments: p.Segments[:1]})
	o.refused(err, app.Damaged, "do not continue")
	equal(t, len(o.outcomes()), 1)
	equal(t, o.pushed(a, p).Watermark(a.ID), uint64(2))
}

func TestHeldIsBounded(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	a.Cut = 1
	for range 80 {
		o.open(a, "多")
	}
	p := o.outgoing(a)
	all := p.Segments
	p.Segments = all[1:]
	o.pushed(a, p)
	o.read(func(tx server.Tx) error {
		n, err := tx.HeldCount(a.ID)
		equal(t, n, 64)
		return err
	})
	p.Segments = all
	equal(t, o.pushed(a, p).Watermark(a.ID), uint64(80))
}

func TestLargePushIsTakenInPieces(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	for range 1_500 {
		o.open(a, "大量")
	}
	equal(t, o.pushed(a, o.outgoing(a)).Watermark(a.ID), uint64(1_500))
	o.sync(a)
	equal(t, a.GSN, int64(1_500))
	equal(t, a.Acked, uint64(1_500))
}
