package server_test

import (
	"context"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
)

// restored is an office whose server lost a ticket of one device, with its number.
func restored(t *testing.T) (o *office, late *simtest.Device) {
	t.Helper()
	o = newOffice(t, modules.Book())
	late = o.device("青木")
	o.open(late, "控えの前")
	o.sync(late)
	before := o.Log.(*logtest.Memory).Clone()
	o.open(late, "控えのあと")
	o.sync(late)
	o.Log = before
	ok(t, o.Restart())
	ok(t, o.Server.Begin(context.Background(), 5))
	return o, late
}

func (o *office) finish() (declared []server.Gap) {
	o.Helper()
	ok(o.T, o.Server.Finish(context.Background(), func(_ *server.Acting, unused []server.Gap) error {
		for _, g := range unused {
			if g.Series == "2026-{n}" {
				declared = append(declared, g)
			}
		}
		return nil
	}))
	return declared
}

// TestVoidOnce: finishing declares what nobody brought back, and that once; a
// server that was never restored declares nothing.
func TestVoidOnce(t *testing.T) {
	o, late := restored(t)
	o.sync(late)
	equal(t, o.finish(), []server.Gap{{Series: "2026-{n}", First: 3, Last: 6}})
	equal(t, o.finish(), []server.Gap(nil))
	equal(t, newOffice(t, modules.Book()).finish(), []server.Gap(nil))
}

// TestWhoComesTooLateGetsAnother: a number that was declared void is given to
// nobody, and a person hears that a change had it.
func TestWhoComesTooLateGetsAnother(t *testing.T) {
	o, late := restored(t)
	equal(t, o.finish(), []server.Gap{{Series: "2026-{n}", First: 2, Last: 6}})
	o.sync(late)
	var last app.Record
	for _, ref := range late.Refs(ticket.Kind) {
		r, err := late.Get(ref)
		ok(t, err)
		last = r
	}
	equal(t, last.Meta().Number, "2026-000007")
	r, err := o.Server.Restored(context.Background())
	ok(t, err)
	equal(t, r.Twice, []server.Twice{{Series: "2026-{n}", N: 2, Device: late.ID, Seq: 2}})
}

// TestDeclaringFails: then no number is void, and calling it again declares them.
func TestDeclaringFails(t *testing.T) {
	o, _ := restored(t)
	err := o.Server.Finish(context.Background(), func(*server.Acting, []server.Gap) error { return context.Canceled })
	equal(t, err, context.Canceled)
	equal(t, o.finish(), []server.Gap{{Series: "2026-{n}", First: 2, Last: 6}})
}

// TestSealedByWhatItsMakerDropped: who made a record and lost the right to read it
// brings it again without its key. It waits for somebody who still has that.
func TestSealedByWhatItsMakerDropped(t *testing.T) {
	rights := blindfold{}
	book := modules.Book()
	book.Access = rights
	o := strictOffice(t, book, logtest.NewMemory())
	maker, reader := o.device("青木"), o.device("馬場")
	o.sync(maker, reader)
	before := o.Log.(*logtest.Memory).Clone()
	k := o.open(maker, "見えなくなる件")
	o.sync(maker, reader)
	rights[maker.Author()] = app.ReadsNothing
	o.sync(maker)
	o.Log = before
	ok(t, o.Restart())
	ok(t, o.Server.Begin(context.Background(), 5))
	for range 2 {
		o.sync(maker)
		equal(t, maker.Acked, uint64(0))
	}
	o.sync(reader, maker, reader)
	equal(t, maker.Acked, uint64(1))
	equal(t, o.get(reader, k.Ref).Title, "見えなくなる件")
}

// blindfold are people who may read less than all; everybody may write.
type blindfold map[app.ID]app.Clearance

func (b blindfold) Clearance(_ app.View, person app.ID, _ app.Stamp) (app.Clearance, error) {
	if c, named := b[person]; named {
		return c, nil
	}
	return app.ReadsAll, nil
}

func (blindfold) May(app.View, *app.Change, app.Stamp, app.Scope, app.Scope) error { return nil }
