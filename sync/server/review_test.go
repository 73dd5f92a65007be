package server_test

import (
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/wire"
)

// waiting are the segments that wait for a person.
func (o *office) waiting() []server.Kept {
	o.Helper()
	all, err := o.Server.Impounded(o.Context())
	ok(o.T, err)
	return all
}

// TestReleaseOfARevokedDevice lets in what it brought after it was shut out,
// sealed values included.
func TestReleaseOfARevokedDevice(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	o.open(a, "前")
	o.sync(a)
	k := o.open(a, "停止の直前")
	k.Body = "090-1234-5678 の田中様"
	ok(t, a.Save(k))
	ok(t, o.Server.Revoke(t.Context(), a.ID))
	_, err := o.Sync(t.Context(), a)
	o.refused(err, app.Forbidden, "revoked")
	held := o.waiting()
	equal(t, []any{len(held), held[0].Why, held[0].Received, held[0].Segment.Device}, []any{1, server.Barred, app.StampOf(o.Now), a.ID})
	o.sync(b)
	equal(t, len(b.Refs(ticket.Kind)), 1)

	n, err := o.Server.KeepImpounded(t.Context(), a.ID)
	ok(t, err)
	equal(t, []any{n, o.waiting()[0].Kept}, []any{1, app.StampOf(o.Now)})
	r, err := o.Server.ReleaseImpounded(t.Context(), a.ID)
	ok(t, err)
	equal(t, r, server.Released{Segments: 1, Changes: 2})
	equal(t, len(o.waiting()), 0)
	o.sync(b)
	got := o.get(b, k.Ref)
	equal(t, []any{got.Title, got.Body}, []any{"停止の直前", "090-1234-5678 の田中様"})
	_, err = o.Sync(t.Context(), a)
	o.refused(err, app.Forbidden, "revoked") // it still may not speak
	r, err = o.Server.ReleaseImpounded(t.Context(), a.ID)
	ok(t, err)
	equal(t, r, server.Released{Segments: 1}) // it came again, and was there
	_, err = o.Server.ReleaseImpounded(t.Context(), app.ID{9})
	o.refused(err, app.NotFound, "no such device")
}

// TestWhatDoesNotContinueTheChainIsKept releases a fork, and a gap.
func TestWhatDoesNotContinueTheChainIsKept(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	copied := a.Clone()
	o.open(a, "本物")
	o.sync(a)
	o.open(copied, "複製")
	_, err := o.Sync(t.Context(), copied)
	o.refused(err, app.Forbidden, "copied or restored")
	r, err := o.Server.ReleaseImpounded(t.Context(), a.ID)
	ok(t, err)
	equal(t, r, server.Released{Kept: 1})
	equal(t, []any{len(o.waiting()), o.waiting()[0].Why}, []any{1, server.Forked})
	devices, err := o.Server.Devices(t.Context())
	ok(t, err)
	equal(t, devices[0].State, server.Frozen)

	b := o.device("馬場")
	b.Cut = 1
	for range 3 {
		o.open(b, "連番")
	}
	ok(t, o.Server.Revoke(t.Context(), b.ID))
	p := o.outgoing(b)
	for _, one := range []int{2, 0} { // the middle never came
		_, err = o.push(b, &wire.Push{Epoch: o.epoch, Segments: p.Segments[one : one+1], Keys: p.Keys})
		o.refused(err, app.Forbidden, "revoked")
	}
	r, err = o.Server.ReleaseImpounded(t.Context(), b.ID)
	ok(t, err)
	equal(t, r, server.Released{Segments: 1, Changes: 1, Kept: 1})
	_, err = o.push(b, &wire.Push{Epoch: o.epoch, Segments: p.Segments[1:2], Keys: p.Keys})
	o.refused(err, app.Forbidden, "revoked")
	r, err = o.Server.ReleaseImpounded(t.Context(), b.ID)
	ok(t, err)
	equal(t, r, server.Released{Segments: 2, Changes: 2})
}

// TestForkBehindAGap: a carrier brings a later change of a device; from the copy of
// its folder the server hears what comes before, and does not fit. When the copy
// has given that number, too, the device is known to have signed two changes.
func TestForkBehindAGap(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	a.Cut = 1
	copied := a.Clone()
	for range 3 {
		o.open(a, "本物")
	}
	p := o.outgoing(a)
	_, err := o.push(b, &wire.Push{Epoch: o.epoch, Segments: p.Segments[2:], Keys: p.Keys})
	ok(t, err)
	equal(t, len(o.waiting()), 0)
	state := func() any {
		d, err := o.Server.Devices(t.Context())
		ok(t, err)
		return d[0].State
	}
	o.open(copied, "複製")
	o.open(copied, "複製")
	_, err = o.Sync(t.Context(), copied)
	o.refused(err, app.Damaged, "do not continue")
	equal(t, []any{len(o.waiting()), o.waiting()[0].Why, state()}, []any{1, server.Severed, server.Active})
	o.open(copied, "複製")
	_, err = o.Sync(t.Context(), copied)
	o.refused(err, app.Forbidden, "copied or restored")
	equal(t, state(), server.Frozen)
}

// TestReleaseOfWhatAnotherCarried: device and carrier are both shut out, and the keys
// stand under the carrier's name.
func TestReleaseOfWhatAnotherCarried(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b, c := o.device("青木"), o.device("馬場"), o.device("千葉")
	k := o.open(a, "停止の直前")
	k.Body = "090-1234-5678 の田中様"
	ok(t, a.Save(k))
	p := o.outgoing(a)
	ok(t, o.Server.Revoke(t.Context(), a.ID))
	ok(t, o.Server.Revoke(t.Context(), b.ID))
	_, err := o.push(b, p)
	o.refused(err, app.Forbidden, "revoked")
	o.sync(c)
	equal(t, len(o.key(k.Ref.ID)), 0)
	r, err := o.Server.ReleaseImpounded(t.Context(), a.ID)
	ok(t, err)
	equal(t, r, server.Released{Segments: 1, Changes: 2})
	o.sync(c)
	equal(t, o.get(c, k.Ref).Body, "090-1234-5678 の田中様")
}
