package main

import (
	"context"
	"errors"
	"fmt"

	"daicho/app"
	"daicho/app/emergency"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/ui"
)

// opening is one try to open the replica.
type opening struct {
	how  keys.Opener
	note *emergency.Access // of an opening that must be noted; nil: of any other
}

func (d *door) Unlock(ctx context.Context, passphrase []byte) error {
	return d.unlock(ctx, opening{how: keys.Passphrase(passphrase)})
}

func (d *door) UnlockByKeyring(ctx context.Context) error {
	return d.unlock(ctx, opening{how: keys.Keyring{}})
}

func (d *door) UnlockByRecovery(ctx context.Context, key []byte, person, reason string) error {
	k, err := keys.ParseRecoveryKey(string(key))
	if err != nil {
		return err
	}
	return d.unlock(ctx, opening{k, &emergency.Access{Way: emergency.RecoveryKey, Reason: reason, Custodians: person}})
}

func (d *door) UnlockByPair(ctx context.Context, two ui.Pair) error {
	var pair keys.Pair
	for i, sheet := range two.Sheets {
		share, err := keys.ParseShare(string(sheet))
		if err != nil {
			return err
		}
		pair[i] = share
	}
	shares := fmt.Sprintf("%s: %d, %d", pair[0].Set(), pair[0].Number(), pair[1].Number())
	return d.unlock(ctx, opening{pair, &emergency.Access{Way: emergency.TwoPersons, Reason: two.Reason, Shares: shares, Custodians: two.People[0] + "、" + two.People[1]}})
}

func (d *door) unlock(ctx context.Context, by opening) error {
	return d.try(ctx, by, d.options, func(*store.Replica) error { return nil })
}

// Extend opens the replica, whose lease is over, for a sync, and goes in if
// that has succeeded.
func (d *door) Extend(ctx context.Context, p ui.Proof) error {
	d.mu.Lock()
	by, o := d.leased, d.options
	d.mu.Unlock()
	if by.how == nil {
		return errShut
	}
	o.ToSync = true
	return d.try(ctx, by, o, func(r *store.Replica) error {
		_, err := client.Sync(ctx, client.Of(r), client.Options{Now: o.Clock, Prove: showing(p)})
		return unproved(err)
	})
}

// try opens the replica, does what must be done first, notes what must be
// noted, and goes in. Where it is the lease alone that keeps the replica shut,
// the try is kept for Extend.
func (d *door) try(ctx context.Context, by opening, o store.Options, first func(*store.Replica) error) error {
	r, err := store.Open(ctx, o, by.how)
	d.keep(by, o.ToSync || errors.Is(err, store.ErrLeaseOver))
	if err != nil {
		return err
	}
	if err = first(r); err == nil && by.note != nil {
		by.note.At = app.StampOf(o.Clock())
		err = emergency.Note(ctx, r, *by.note)
	}
	if err != nil {
		return obeyed(ctx, d.options, errors.Join(err, r.Close()))
	}
	if err := d.enter(r, nil); err != nil {
		return err
	}
	d.keep(opening{}, false)
	if by.note != nil && by.note.Way == emergency.RecoveryKey {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.recovered, d.entered = by.how, byRecovery
	}
	return nil
}

// obeyed erases the replica, which is closed, where the server has ordered that:
// the device was reported lost. Of any other error it makes nothing.
func obeyed(ctx context.Context, o store.Options, err error) error {
	var order *client.Order
	if !errors.As(err, &order) {
		return err
	}
	return order.Obey(ctx, func() error { return store.Erase(context.WithoutCancel(ctx), o, true) })
}

// obey erases the open replica for an order. The screens in front of it find
// nothing to show any more.
func (d *door) obey(ctx context.Context, r *store.Replica, order error) error {
	d.mu.Lock()
	if d.replica == r {
		d.replica, d.erased, d.id, d.shut = nil, r, "", ui.DoorState{Shut: ui.ByErasure}
	}
	d.mu.Unlock()
	return obeyed(ctx, d.options, errors.Join(order, r.Close()))
}

// keep keeps a try, or forgets the one before.
func (d *door) keep(by opening, yes bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.leased = (opening{}); yes {
		d.leased = by
	}
}
