package server_test

import (
	"context"
	"errors"
	"testing"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
)

// twice is a log whose connection is lost at the end of each transaction: all
// are run again.
type twice struct{ server.Log }

var errAgain = errors.New("again")

func (l twice) Write(ctx context.Context, fn func(server.Tx) error) error {
	err := l.Log.Write(ctx, func(tx server.Tx) error { return errors.Join(fn(tx), errAgain) })
	if !errors.Is(err, errAgain) {
		return err
	}
	return l.Log.Write(ctx, fn)
}

func (l twice) Read(ctx context.Context, fn func(server.Tx) error) error {
	return errors.Join(l.Log.Read(ctx, fn), l.Log.Read(ctx, fn))
}

// TestTransactionsMayRunAgain tells a story over such a log: nothing is there
// twice.
func TestTransactionsMayRunAgain(t *testing.T) {
	o := officeOver(t, openBook(), twice{logtest.NewMemory()})
	a, b := o.device("青木"), o.device("馬場")
	k := o.open(a, "一度だけ")
	o.sync(a, b)
	o.edit(b, k.Ref, func(k *ticket.Ticket) { k.Department = "税務課" })
	o.edit(a, k.Ref, func(k *ticket.Ticket) { k.Department = "市民課" })
	o.sync(b, a, b)
	equal(t, o.last(a).Verdict, app.Contested)
	equal(t, o.get(b, k.Ref).Number, o.get(a, k.Ref).Number)
	o.open(a, "署名のない変更")
	forged := o.outgoing(a)
	forged.Segments[0].Sig[0] ^= 1
	equal(t, len(o.pushed(b, forged).Refused), 1)
	equal(t, len(o.outcomes()), 3)
	people, err := o.Server.Users(t.Context())
	ok(t, err)
	equal(t, len(people), 3) // and the reader
}
